import * as z from 'zod';
import { documents } from '../../contract/documents.ts';
import { borderFaultsOf, type Operation } from '../../contract/operation.ts';
import { operations } from '../../contract/operations.ts';
import { Problem } from '../../contract/problem.ts';
import type { Answer, Sent, World } from './world.ts';

/** What the gateway says by itself, and with which status. */
const GatewayAnswer = z.strictObject({ message: z.string() });
const gatewayStatuses = [400, 401, 403, 404, 413, 429, 431];

/** What is wrong with an answer, in a line; undefined where nothing is. */
export function wrongWith(
  sent: Sent,
  answer: Answer,
  world: Pick<World, 'secretsFrom' | 'resolved'>,
): string | undefined {
  const { status, headers, body } = answer;
  if (status >= 500) return `answered ${status}: ${body.slice(0, 200)}`;
  const asked = world.resolved(decoded(`${sent.path} ${sent.body ?? ''}`));
  const leaked = world.secretsFrom(sent.caller).find((secret) => body.includes(secret) && !asked.includes(secret));
  if (leaked !== undefined) return `tells ${sent.caller} what is not theirs to know: ${leaked}`;
  const type = String(headers['content-type'] ?? '');
  if (sent.method === 'HEAD' || status === 304 || status === 204) return body === '' ? undefined : 'has a body';
  if (type === 'application/json' && GatewayAnswer.safeParse(parsed(body)).success)
    return gatewayStatuses.includes(status) ? undefined : `the gateway answers ${status}`;
  if (status === 431 || (status === 400 && body === '')) return undefined;
  if (headers['x-content-type-options'] !== 'nosniff') return 'lacks the security headers';
  const operation = operationAt(sent);
  if (type.startsWith('application/problem+json')) return wrongProblem(answer, operation);
  if (operation === undefined) {
    const [path] = sent.path.split('?');
    return documents.some((document) => document.path === path) ? undefined : `answered ${status} where nothing is`;
  }
  const statuses: readonly number[] = operation.statuses;
  if (!statuses.includes(status)) return `answered ${status}, which is none of ${statuses.join(', ')}`;
  const expected = operation.answersWith ?? 'application/json';
  if (!type.startsWith(expected)) return `is ${type} and not ${expected}`;
  const read = operation.answer.safeParse(operation.answersWith === undefined ? parsed(body) : body);
  return read.success ? undefined : `is not what the contract says: ${z.prettifyError(read.error).slice(0, 300)}`;
}

function wrongProblem({ status, headers, body }: Answer, operation: Operation | undefined): string | undefined {
  const read = Problem.safeParse(parsed(body));
  if (!read.success) return `is no problem of the contract: ${z.prettifyError(read.error).slice(0, 300)}`;
  const { code, status: said } = read.data;
  if (said !== status) return `says ${said} and is answered ${status}`;
  if (status === 429 && !(Number(headers['retry-after']) > 0)) return 'is a 429 without Retry-After';
  if (operation === undefined) return undefined;
  const known: readonly string[] = [...borderFaultsOf(operation), ...operation.refusals];
  return known.includes(code) ? undefined : `${operation.name} is not said to answer ${code}`;
}

/** Where a request arrives, whatever it was meant for. */
function operationAt({ method, path }: Sent): Operation | undefined {
  const parts = (path.split('?')[0] ?? '').split('/');
  return operations.find(({ method: theirs, path: template }) => {
    const wanted = template.split('/');
    return (
      theirs === method &&
      wanted.length === parts.length &&
      wanted.every((part, index) => part === parts[index] || (part.startsWith('{') && parts[index] !== ''))
    );
  });
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function decoded(text: string): string {
  try {
    return `${text} ${decodeURIComponent(text)}`;
  } catch {
    return text;
  }
}
