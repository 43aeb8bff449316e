import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import type { JsonAnswer } from '../dynamodb/aws-json-client.ts';

/** A service without its wire: most speak AWS JSON 1.0. */
export interface JsonService {
  /**
   * @param operation as in X-Amz-Target after the dot, for example `StartExecution`
   * @param body the parsed JSON body; in the query protocol, the fields of the form
   */
  readonly handle: (operation: string, body: unknown) => Promise<JsonAnswer>;
}

/** A failure in AWS JSON's shape. */
export function jsonFailure(status: number, type: string, message: string): JsonAnswer {
  return { status, body: { __type: type, message } };
}

/** Writes an answer with the headers that AWS's SDKs look for. */
export function sendJson(response: ServerResponse, { status, body }: JsonAnswer): void {
  const text = JSON.stringify(body ?? {});
  const errorType = errorTypeOf(status, body);
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(text),
    'x-amzn-requestid': randomUUID(),
    ...(errorType !== undefined && { 'x-amzn-errortype': errorType }),
  });
  response.end(text);
}

/** `com.amazonaws.states#InvalidToken` is told in the header as `InvalidToken`. */
function errorTypeOf(status: number, body: unknown): string | undefined {
  return status < 400 ? undefined : failureIn(body)?.type.split('#').at(-1);
}

const Failure = z
  .object({ __type: z.string(), message: z.string().default('') })
  .transform(({ __type: type, message }) => ({ type, message }));

/** What an answer in the shape of `jsonFailure` says; undefined for another. */
export function failureIn(body: unknown): z.infer<typeof Failure> | undefined {
  return Failure.safeParse(body).data;
}

/** No AWS JSON service takes more than 16 MB (a DynamoDB batch); the limit keeps a mistake from filling the memory. */
const bodyLimit = 16 * 1024 * 1024;

/**
 * The request's whole body, or undefined when it is larger than any service takes. What is too much is read and thrown
 * away, so that the answer arrives.
 */
export async function readBody(request: IncomingMessage, limit = bodyLimit): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
  }
  return size > limit ? undefined : Buffer.concat(chunks);
}

/** The JSON value in `bytes`, or undefined when it is not JSON in UTF-8. An empty body counts as `{}`. */
export function parseBody(bytes: Buffer): { readonly value: unknown } | undefined {
  if (bytes.length === 0) return { value: {} };
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch {
    return undefined;
  }
}
