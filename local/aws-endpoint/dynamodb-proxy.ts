import { Agent, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { patiently, signedForm } from '../dynamodb/aws-json-client.ts';
import { writeOperations, type DynamoDb } from '../dynamodb/start-dynamodb.ts';

/** Passes calls on to the database over kept-alive connections, and says when one of them wrote. */
export interface DynamoDbProxy {
  /** Passes one call on and its answer back, byte by byte. Rejects when the database cannot be reached. */
  readonly pass: (target: string, body: Buffer, response: ServerResponse) => Promise<void>;
  readonly close: () => void;
}

export function dynamoDbProxy(dynamodb: Pick<DynamoDb, 'endpoint' | 'noteWrite'>): DynamoDbProxy {
  const agent = new Agent({ keepAlive: true });
  return {
    async pass(target, body, response) {
      const answer = await patiently(() => ask(agent, dynamodb.endpoint, target, body));
      // The answer's first byte means that the write is committed: whoever reads the stream need not wait for the rest.
      const [, operation = ''] = target.split('.');
      if (answer.statusCode === 200 && writeOperations.has(operation)) dynamodb.noteWrite();
      response.writeHead(answer.statusCode ?? 502, passedHeaders(answer));
      await pipeline(answer, response);
    },
    close: () => agent.destroy(),
  };
}

function ask(agent: Agent, endpoint: string, target: string, body: Buffer): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { ...signedForm(), 'content-type': 'application/x-amz-json-1.0', 'content-length': body.length, 'x-amz-target': target };
    const outgoing = send(endpoint, { method: 'POST', agent, headers }, resolve);
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Of the database's headers, those that speak of the content; the connection is ours. */
const contentHeaders = ['content-type', 'content-length', 'transfer-encoding', 'x-amz-crc32', 'x-amzn-requestid'] as const;

function passedHeaders(answer: IncomingMessage): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const name of contentHeaders) {
    const value = answer.headers[name];
    if (typeof value === 'string') passed[name] = value;
  }
  return passed;
}
