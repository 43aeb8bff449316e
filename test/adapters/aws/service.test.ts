import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import {
  BatchGetCommand,
  DynamoDBClient,
  DynamoDBDocumentClient,
  GetCommand,
  TransactWriteCommand,
} from '../../../adapters/aws/dynamodb.ts';
import { SendEmailCommand, SESv2Client } from '../../../adapters/aws/sesv2.ts';
import { PublishCommand, SNSClient } from '../../../adapters/aws/sns.ts';
import { DescribeExecutionCommand, SFNClient } from '../../../adapters/aws/stepfunctions.ts';
import { callerOf } from '../../../emulator/aws-endpoint/signed-call.ts';
import { everyKey } from '../../emulator/signing.ts';

interface Said {
  readonly request: IncomingMessage;
  readonly body: Buffer;
}

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A service that answers so, one call after the other, and hears what was said. */
async function service(...answers: readonly (readonly [number, object | string] | 'silence')[]) {
  const heard: Said[] = [];
  const left = answers.values();
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    heard.push({ request, body: await buffer(request) });
    const answer = left.next().value ?? [200, {}];
    if (answer === 'silence') return void request.socket.destroy();
    response.writeHead(answer[0]).end(typeof answer[1] === 'string' ? answer[1] : JSON.stringify(answer[1]));
  };
  const server = createServer((request, response) => void serve(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const settings = {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'ap-southeast-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const client = new DynamoDBClient(settings);
  ends.push(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });
  return { heard, settings, documents: DynamoDBDocumentClient.from(client) };
}

const get = new GetCommand({ TableName: 'Book', Key: { pk: 'a', sk: 'b' }, ConsistentRead: true });
const busy = [400, { __type: 'com.amazonaws.dynamodb.v20120810#ThrottlingException' }] as const;

// Holds ADR 0029.
describe('a client of the bundles', () => {
  it('a client of the bundles speaks to the service as the SDK does, and signs it', async () => {
    const { heard, documents } = await service([
      200,
      { Item: { pk: { S: 'a' }, n: { N: '3' }, l: { L: [{ BOOL: true }] } } },
    ]);
    expect(await documents.send(get)).toEqual({ Item: { pk: 'a', n: 3, l: [true] } });
    const [said] = heard;
    if (said === undefined) throw new Error('nothing was said');
    expect(said.request.headers['x-amz-target']).toBe('DynamoDB_20120810.GetItem');
    expect(JSON.parse(said.body.toString('utf8'))).toEqual({
      TableName: 'Book',
      Key: { pk: { S: 'a' }, sk: { S: 'b' } },
      ConsistentRead: true,
    });
    expect(callerOf(said.request, said.body, everyKey)).toBe('local');
  });

  it('a client of the bundles can ask again for the keys that a batch has left undone', async () => {
    const UnprocessedKeys = { Book: { Keys: [{ pk: { S: 'a' }, sk: { S: 'b' } }] } };
    const { heard, documents } = await service([200, { Responses: { Book: [] }, UnprocessedKeys }]);
    const keys = { Book: { Keys: [{ pk: 'a', sk: 'b' }] } };
    const first = await documents.send(new BatchGetCommand({ RequestItems: keys }));
    expect(first).toEqual({ Responses: { Book: [] }, UnprocessedKeys: keys });
    await documents.send(new BatchGetCommand({ RequestItems: keys }));
    expect(JSON.parse(heard[1]?.body.toString('utf8') ?? '')).toEqual({ RequestItems: UnprocessedKeys });
  });

  it('a client of the bundles is refused by whoever checks its signature against another key', async () => {
    const { heard, documents } = await service();
    await documents.send(get);
    const [said] = heard;
    if (said === undefined) throw new Error('nothing was said');
    const other = (accessKeyId: string) => ({ accessKeyId, secretAccessKey: 'other' });
    expect(() => callerOf(said.request, said.body, other)).toThrow('mismatch');
  });

  it.each<[string, readonly [number, object] | 'silence']>([
    ['is busy', busy],
    ['meets an error of its own', [500, { __type: 'InternalServerError' }]],
    ['has gone', 'silence'],
  ])('a client of the bundles asks again, three times in all, when the service %s', async (_what, answer) => {
    const patient = await service(answer, answer);
    await expect(patient.documents.send(get)).resolves.toEqual({});
    expect(patient.heard).toHaveLength(3);
    const { documents, heard } = await service(answer, answer, answer);
    // Whoever reads the stream tells by it that the cloud failed, and not a dossier.
    await expect(documents.send(get)).rejects.toHaveProperty('$metadata');
    expect(heard).toHaveLength(3);
  });

  it('a client of the bundles stops asking again when a hundred times were in vain', async () => {
    const gone = Array.from({ length: 300 }, () => 'silence' as const);
    const { documents, heard } = await service(...gone);
    const calls = Array.from({ length: 100 }, async () => documents.send(get).catch(() => undefined));
    await Promise.all(calls);
    expect(heard).toHaveLength(200);
  });

  it('a client of the bundles does not ask again what was refused', async () => {
    const { documents, heard } = await service([
      400,
      { __type: 'com.amazon.coral.validate#ValidationException', message: 'no' },
    ]);
    await expect(documents.send(get)).rejects.toMatchObject({ name: 'ValidationException', message: 'no' });
    expect(heard).toHaveLength(1);
  });

  it('a client of the bundles names a transaction, so that it is done once however often it is sent', async () => {
    const { documents, heard } = await service('silence');
    await documents.send(new TransactWriteCommand({ TransactItems: [] }));
    await documents.send(new TransactWriteCommand({ TransactItems: [] }));
    const tokens = heard.map(({ body }) =>
      z.object({ ClientRequestToken: z.uuid() }).parse(JSON.parse(body.toString('utf8'))),
    );
    expect(tokens).toHaveLength(3);
    expect(new Set(tokens.map(({ ClientRequestToken }) => ClientRequestToken)).size).toBe(2);
  });

  it.each([
    ['SNS', SNSClient, new PublishCommand({ PhoneNumber: '+84912345678', Message: 'x' })],
    ['SES', SESv2Client, new SendEmailCommand({})],
  ] as const)(
    'a client of the bundles hears a failure of %s in a page that is none of its own',
    async (_name, Client, command) => {
      const { settings } = await service([502, '<html><body>Bad Gateway</body></html>']);
      const client = new Client({ ...settings, maxAttempts: 1 });
      ends.push(() => client.destroy());
      await expect(client.send(command)).rejects.toMatchObject({
        name: 'UnknownError',
        $metadata: { httpStatusCode: 502 },
      });
    },
  );

  it('a client of the bundles reads the times of Step Functions, which come as seconds', async () => {
    const { settings } = await service([200, { status: 'RUNNING', startDate: 1_772_416_800.5 }]);
    const client = new SFNClient(settings);
    ends.push(() => client.destroy());
    expect(await client.send(new DescribeExecutionCommand({ executionArn: 'arn' }))).toEqual({
      status: 'RUNNING',
      startDate: new Date(1_772_416_800_500),
    });
  });
});
