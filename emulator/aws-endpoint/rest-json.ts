import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JsonAnswer } from '../dynamodb/aws-json-client.ts';
import { failureIn } from './json-protocol.ts';

/** SES has addresses of its own. No bucket's name is as short as `v2`. */
export function isForSes({ url = '' }: IncomingMessage): boolean {
  return url.startsWith('/v2/email/');
}

/** SES's operations by method and path; https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html */
export function sesOperation({ method, url = '' }: IncomingMessage): string {
  return method === 'POST' && url === '/v2/email/outbound-emails' ? 'SendEmail' : `${method} ${url.split('?')[0]}`;
}

/** Writes an answer as services write it whose operations have addresses: a failure has its name in a header. */
export function sendRest(response: ServerResponse, { status, body }: JsonAnswer): void {
  const failure = failureIn(body);
  const text = JSON.stringify(failure === undefined ? body : { message: failure.message });
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'x-amzn-requestid': randomUUID(),
    ...(failure !== undefined && { 'x-amzn-errortype': failure.type.split('#').at(-1) }),
  });
  response.end(text);
}
