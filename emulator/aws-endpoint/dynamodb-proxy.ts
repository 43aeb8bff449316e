import { Agent, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { patiently, signedForm } from '../dynamodb/aws-json-client.ts';
import { writeOperations, type DynamoDb } from '../dynamodb/start-dynamodb.ts';

/** Passes calls on to the database over kept-alive connections, and says when one of them wrote. */
export interface DynamoDbProxy {
  /** Passes one call on and its answer back, byte by byte. Rejects when the database cannot be reached. */
  readonly pass: (target: string, body: Buffer, response: ServerResponse) => Promise<void>;
  readonly close: () => void;
}

/** Whose tables the outside world sees. */
export interface Account {
  readonly region: string;
  readonly accountId: string;
}

export function dynamoDbProxy(dynamodb: Pick<DynamoDb, 'endpoint' | 'noteWrite'>, account: Account): DynamoDbProxy {
  const agent = new Agent({ keepAlive: true });
  return {
    async pass(target, body, response) {
      const answer = await patiently(() => ask(agent, dynamodb.endpoint, target, body));
      // The answer's first byte means that the write is committed: whoever reads the stream need not wait for the rest.
      const [, operation = ''] = target.split('.');
      if (answer.statusCode === 200 && writeOperations.has(operation)) dynamodb.noteWrite();
      if (namesArns.has(operation)) await passArns(answer, response, account);
      else {
        response.writeHead(answer.statusCode ?? 502, passedHeaders(answer));
        await pipeline(answer, response);
      }
    },
    close: () => agent.destroy(),
  };
}

/** The operations whose answers speak of tables and streams, and not of what lies in them. */
const namesArns: ReadonlySet<string> = new Set([
  'CreateTable',
  'DescribeTable',
  'UpdateTable',
  'DeleteTable',
  'ListStreams',
  'DescribeStream',
]);

/**
 * The database believes itself in a Region of its own; who asks for a table sees it where the template has it. It takes
 * either back.
 */
async function passArns(
  answer: IncomingMessage,
  response: ServerResponse,
  { region, accountId }: Account,
): Promise<void> {
  const said = (await readText(answer)).replaceAll(
    /arn:aws:dynamodb:[^:"]*:\d*:/g,
    `arn:aws:dynamodb:${region}:${accountId}:`,
  );
  // The checksum was of what the database said.
  const { 'x-amz-crc32': _checksum, 'transfer-encoding': _encoding, ...headers } = passedHeaders(answer);
  response.writeHead(answer.statusCode ?? 502, { ...headers, 'content-length': Buffer.byteLength(said) }).end(said);
}

function ask(agent: Agent, endpoint: string, target: string, body: Buffer): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = {
      ...signedForm(),
      'content-type': 'application/x-amz-json-1.0',
      'content-length': body.length,
      'x-amz-target': target,
    };
    const outgoing = send(endpoint, { method: 'POST', agent, headers }, resolve);
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Of the database's headers, those that speak of the content; the connection is ours. */
const contentHeaders = [
  'content-type',
  'content-length',
  'transfer-encoding',
  'x-amz-crc32',
  'x-amzn-requestid',
] as const;

function passedHeaders(answer: IncomingMessage): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const name of contentHeaders) {
    const value = answer.headers[name];
    if (typeof value === 'string') passed[name] = value;
  }
  return passed;
}
