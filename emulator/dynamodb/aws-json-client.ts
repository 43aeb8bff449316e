import { Agent, request, type IncomingMessage } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

export interface JsonAnswer {
  readonly status: number;
  /** The parsed JSON body; of an error it carries `__type` and `message`. */
  readonly body: unknown;
}

/** Sends one AWS JSON 1.0 call; `target` is the X-Amz-Target, for example `DynamoDB_20120810.GetItem`. */
export type JsonCall = (target: string, body: unknown) => Promise<JsonAnswer>;

/**
 * DynamoDB wants a signature's form, and dynoxide does not check it. DynamoDB Local keeps one database a key, so there
 * is only this key.
 */
export function signedForm(): Record<string, string> {
  const date = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return {
    'x-amz-date': date,
    'authorization': `AWS4-HMAC-SHA256 Credential=local/${date.slice(0, 8)}/local/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=local`,
  };
}

/**
 * While the database is started again, a connection is refused for some tens of milliseconds: worth waiting, nothing
 * was sent.
 */
const refusedPatienceMs = 5000;

/** Whether a failed attempt never reached the database, so that sending it again cannot do it twice. */
function wasRefused(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ECONNREFUSED';
}

/** Repeats `attempt` while the connection is refused, for a few seconds. */
export async function patiently<T>(attempt: () => Promise<T>, patienceMs = refusedPatienceMs): Promise<T> {
  const end = performance.now() + patienceMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!wasRefused(error) || performance.now() > end) throw error;
      await sleep(25);
    }
  }
}

/** A caller with its own kept-alive connections to `endpoint` (`http://host:port`). */
export function jsonClient(endpoint: string): { readonly call: JsonCall; readonly close: () => void } {
  const agent = new Agent({ keepAlive: true });
  return {
    call: (target, body) => patiently(() => post(agent, endpoint, target, JSON.stringify(body))),
    close: () => agent.destroy(),
  };
}

async function post(agent: Agent, endpoint: string, target: string, text: string): Promise<JsonAnswer> {
  const headers = {
    ...signedForm(),
    'content-type': 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(text),
    'x-amz-target': target,
  };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = request(endpoint, { method: 'POST', agent, headers }, resolve);
    outgoing.on('error', reject);
    outgoing.end(text);
  });
  const said = await readText(answer);
  try {
    return { status: answer.statusCode ?? 0, body: said === '' ? {} : JSON.parse(said) };
  } catch (cause) {
    throw new Error(`${endpoint} answered ${target} with something that is not JSON`, { cause });
  }
}
