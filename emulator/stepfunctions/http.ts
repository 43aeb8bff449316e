import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { startLocalServer, type LocalServer } from '../local-server/local-server.ts';
import type { StepFunctions } from './index.ts';
import { tryParseJson, type Json } from './json.ts';

const targetPrefix = 'AWSStepFunctions.';
const largestBodyBytes = 4 * 1_048_576;

/**
 * Step Functions alone behind a port of the loopback, in the AWS JSON 1.0 protocol.
 * @param port 0 takes a free one
 */
export function listen(stepFunctions: StepFunctions, port: number): Promise<LocalServer> {
  return startLocalServer({ port, serve: (request, response) => void answer(stepFunctions, request, response) });
}

async function answer(stepFunctions: StepFunctions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const target = request.headers['x-amz-target'];
  if (typeof target !== 'string' || !target.startsWith(targetPrefix)) {
    send(response, 400, {
      __type: 'UnknownOperationException',
      message: 'The header X-Amz-Target names no call of Step Functions',
    });
    return;
  }
  const body = await read(request);
  if (body === undefined) {
    send(response, 400, { __type: 'SerializationException', message: 'The body is not JSON' });
    return;
  }
  const result = await stepFunctions.handle(target.slice(targetPrefix.length), body);
  send(response, result.status, result.body);
}

/** `undefined` for a body that is not JSON, or too long to be a call. */
async function read(request: IncomingMessage): Promise<Json | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request) {
    if (!(chunk instanceof Uint8Array)) return undefined;
    length += chunk.length;
    if (length > largestBodyBytes) return undefined;
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : tryParseJson(text);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.0', 'x-amzn-RequestId': randomUUID() });
  response.end(JSON.stringify(body));
}
