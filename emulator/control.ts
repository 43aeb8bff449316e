import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import type { HttpHandler } from './aws-endpoint/aws-endpoint.ts';
import type { Clock } from './clock/clock.ts';
import { FileProblem } from './data-directory/file-problem.ts';
import { ClockRefusal, moveClock, readClock } from './clock/clock-moves.ts';
import type { Console } from './console/console.ts';
import type { HostedEndpoints } from './cognito/hosted-endpoints.ts';
import { NoSuchBearer, type Issuer } from './cognito/issuer.ts';
import { NoSuchSwitch, type Faults } from './faults.ts';
import type { AppClient, SignInWords } from './cognito/sign-in.ts';

/** Where the clock is read and moved, below the AWS address. */
export const clockPath = '/_local/clock';
/** Where a token of any role and unit is handed out, below the AWS address. */
export const tokenPath = '/_local/token';
/** Where the user pool's clients are listed with their secrets, below the AWS address. */
export const clientsPath = '/_local/clients';
/** Where parts of the local cloud are taken away and given back, below the AWS address. */
export const faultsPath = '/_local/faults';

const Move = z.strictObject({ move: z.string() });
const Throw = z.strictObject({ name: z.string(), away: z.boolean() });
export interface Beside {
  readonly clock: Clock;
  readonly faults: Faults;
  /** Undefined where the template has no user pool. */
  readonly issuer: Pick<Issuer, 'mint'> | undefined;
  readonly hosted: HostedEndpoints | undefined;
  readonly appClients: readonly AppClient[];
  readonly signIn: SignInWords;
  readonly pages: Console;
}

/**
 * What the local cloud has beside S3 on the same port: what Cognito serves of a user pool, the clock, the fault
 * switches, tokens without a sign-in, and the pages for operators.
 * No bucket's name begins with an underscore, nor looks like a user pool's id; a bucket `login` is out of reach.
 */
export function besideS3(s3: HttpHandler, beside: Beside): HttpHandler {
  const { clock, faults, issuer, hosted, appClients, signIn, pages } = beside;
  const pathOf = (request: IncomingMessage) => (request.url ?? '').split('?')[0];
  const isHosted = (request: IncomingMessage) => hosted?.takes(request) === true;
  const isForS3 = (request: IncomingMessage) => !isHosted(request) && !pages.takes(request);
  return {
    hasNamesBelow: (request) => isForS3(request) && s3.hasNamesBelow?.(request) === true,
    admits: (request, origin) =>
      isForS3(request) ? s3.admits?.(request, origin) === true : hosted?.admits(request) === true,
    takesForms: (request) => !isForS3(request),
    async handle(request, response) {
      const path = pathOf(request);
      if (hosted?.takes(request)) return await hosted.handle(request, response);
      if (path === clientsPath && request.method === 'GET') return send(response, 200, { clients: appClients });
      if (path === clockPath) return await answerClock(request, response, clock);
      if (path === faultsPath) return await answerFaults(request, response, faults);
      if (path === tokenPath && request.method === 'POST') return await answerToken(request, response, issuer, signIn);
      if (pages.takes(request)) return await pages.handle(request, response);
      await s3.handle(request, response);
    },
  };
}

async function answerClock(request: IncomingMessage, response: ServerResponse, clock: Clock): Promise<void> {
  if (request.method === 'POST') {
    const wish = Move.safeParse(await readJson(request));
    if (!wish.success)
      return send(response, 400, {
        message: 'Send {"move": "+3d"}, {"move": "to-next"} or {"move": "2026-12-01T08:00+07:00"} as application/json.',
      });
    try {
      await moveClock(clock, wish.data.move);
    } catch (error) {
      if (error instanceof ClockRefusal) return send(response, 400, { message: error.message });
      // The clock could not be kept, and so was not moved.
      if (error instanceof FileProblem) return send(response, 500, { message: error.message });
      throw error;
    }
  }
  send(response, 200, readClock(clock));
}

async function answerFaults(request: IncomingMessage, response: ServerResponse, faults: Faults): Promise<void> {
  if (request.method === 'POST') {
    const wish = Throw.safeParse(await readJson(request));
    if (!wish.success)
      return send(response, 400, { message: 'Send {"name": "dynamodb", "away": true} as application/json.' });
    try {
      await faults.set(wish.data.name, wish.data.away);
    } catch (error) {
      if (error instanceof NoSuchSwitch) return send(response, 400, { message: error.message });
      throw error;
    }
  }
  send(response, 200, { switches: faults.list() });
}

async function answerToken(
  request: IncomingMessage,
  response: ServerResponse,
  issuer: Beside['issuer'],
  signIn: SignInWords,
): Promise<void> {
  if (issuer === undefined) return send(response, 404, { message: 'The template has no user pool.' });
  const wish = signIn.read(await readJson(request));
  if (wish === undefined) return send(response, 400, { message: signIn.hint });
  try {
    send(response, 200, { access_token: await issuer.mint(wish), token_type: 'Bearer' });
  } catch (error) {
    if (!(error instanceof NoSuchBearer)) throw error;
    send(response, 400, { message: error.message });
  }
}

const longestBody = 10_000;

/**
 * The JSON in the body; undefined for anything else. Only application/json, which a page of another site cannot send
 * without being asked.
 */
async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) if (text.length < longestBody) text += String(chunk);
  if (!(request.headers['content-type'] ?? '').startsWith('application/json')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response
    .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    .end(text);
}
