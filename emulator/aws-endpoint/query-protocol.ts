import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import type { JsonAnswer } from '../dynamodb/aws-json-client.ts';
import { element, xmlDocument } from '../s3/xml.ts';
import { failureIn } from './json-protocol.ts';

/** STS, SNS and other old services post forms. */
export function isQueryProtocol(request: IncomingMessage): boolean {
  return (
    request.method === 'POST' && (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')
  );
}

/** A failure in the shape of the query protocol. */
export function errorXml(code: string, message: string, type: 'Sender' | 'Receiver' = 'Sender'): string {
  return element('ErrorResponse', [
    element('Error', [element('Type', type), element('Code', code), element('Message', message)]),
    element('RequestId', randomUUID()),
  ]).xml;
}

const Result = z.record(z.string(), z.string());

/** Writes what a service answers to an action: its fields become elements. */
export function sendXml(
  response: ServerResponse,
  { action, namespace }: { readonly action: string; readonly namespace: string },
  { status, body }: JsonAnswer,
): void {
  const failure = failureIn(body);
  const xml =
    failure === undefined
      ? xmlDocument(
          element(
            `${action}Response`,
            [
              element(
                `${action}Result`,
                Object.entries(Result.parse(body)).map(([name, value]) => element(name, value)),
              ),
              element('ResponseMetadata', [element('RequestId', randomUUID())]),
            ],
            ` xmlns="${namespace}"`,
          ),
        )
      : errorXml(failure.type, failure.message, status < 500 ? 'Sender' : 'Receiver');
  response.writeHead(status, { 'content-type': 'text/xml', 'content-length': Buffer.byteLength(xml) }).end(xml);
}
