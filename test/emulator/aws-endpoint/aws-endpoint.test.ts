import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import {
  InvalidToken,
  ListExecutionsCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAwsEndpoint } from '../../../emulator/aws-endpoint/aws-endpoint.ts';
import { jsonFailure, type JsonService } from '../../../emulator/aws-endpoint/json-protocol.ts';
import { startDynamoDb, type DynamoDb } from '../../../emulator/dynamodb/start-dynamodb.ts';
import type { LocalServer } from '../../../emulator/local-server/local-server.ts';
import { startSns } from '../../../emulator/sns/sns.ts';
import { ensureTable } from '../../../emulator/dynamodb/tables.ts';
import { everyKey, signedPost } from '../signing.ts';

const book = {
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
};

/** Answers like Step Functions where a test asks, and notes what it was asked. */
function recordingStepFunctions(): JsonService & { readonly asked: unknown[] } {
  const asked: unknown[] = [];
  return {
    asked,
    async handle(operation, body) {
      asked.push({ operation, body });
      if (operation === 'SendTaskSuccess')
        return jsonFailure(400, 'com.amazonaws.states#InvalidToken', "Invalid Token: 'Invalid token'");
      if (operation === 'ListExecutions') throw new Error('a mistake of ours');
      return {
        status: 200,
        body: { executionArn: 'arn:aws:states:ap-southeast-1:000000000000:execution:m:e', startDate: 1.5 },
      };
    },
  };
}

describe('the AWS port', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'aws-endpoint-'));
  const stepFunctions = recordingStepFunctions();
  const log: string[] = [];
  let dynamodb: DynamoDb;
  let endpoint: LocalServer;
  let client: {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
    maxAttempts: number;
  };

  beforeAll(async () => {
    dynamodb = await startDynamoDb({ dataDir });
    await ensureTable(dynamodb, book, 'Book');
    endpoint = await createAwsEndpoint({
      port: 0,
      dynamodb,
      stepFunctions,
      s3: { handle: async (_request, response) => void response.writeHead(204, { 'x-from': 's3' }).end() },
      sns: startSns({ add: () => {} }),
      extra: { AmazonSQS: { handle: async (operation) => ({ status: 200, body: { operation } }) } },
      gate: (accessKeyId, target) =>
        accessKeyId === 'nobody'
          ? jsonFailure(400, 'com.amazon.coral.service#AccessDeniedException', `nobody may not ${target}`)
          : undefined,
      findKey: everyKey,
      log: (line) => log.push(line),
    });
    client = {
      endpoint: endpoint.url,
      region: 'ap-southeast-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
    };
  });
  afterAll(async () => {
    await endpoint.close();
    await dynamodb.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const post = (target: string, body: string | Uint8Array<ArrayBuffer>) =>
    signedPost(endpoint.url, 'any', { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.0' }, body);

  it('the AWS port lets the DynamoDB client write, read and describe', async () => {
    const sdk = new DynamoDBClient(client);
    await sdk.send(new PutItemCommand({ TableName: 'Book', Item: { pk: { S: 'Nguyễn' } } }));
    expect((await sdk.send(new GetItemCommand({ TableName: 'Book', Key: { pk: { S: 'Nguyễn' } } }))).Item).toEqual({
      pk: { S: 'Nguyễn' },
    });
    expect((await sdk.send(new DescribeTableCommand({ TableName: 'Book' }))).Table?.TableStatus).toBe('ACTIVE');
  });

  it('the AWS port hands the reasons of a cancelled transaction to the client', async () => {
    const Put = { TableName: 'Book', Item: { pk: { S: 'twice' } }, ConditionExpression: 'attribute_not_exists(pk)' };
    const sdk = new DynamoDBClient(client);
    await sdk.send(new TransactWriteItemsCommand({ TransactItems: [{ Put }] }));
    const failure = await sdk
      .send(new TransactWriteItemsCommand({ TransactItems: [{ Put }] }))
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TransactionCanceledException);
    expect(failure).toMatchObject({ CancellationReasons: [{ Code: 'ConditionalCheckFailed' }] });
  });

  it('the AWS port lets the streams client list and describe', async () => {
    const sdk = new DynamoDBStreamsClient(client);
    const { Streams } = await sdk.send(new ListStreamsCommand({ TableName: 'Book' }));
    const described = await sdk.send(new DescribeStreamCommand({ StreamArn: Streams?.[0]?.StreamArn }));
    expect(described.StreamDescription?.Shards).toHaveLength(1);
  });

  it('the AWS port shows tables and streams under the Region of the template, and takes them back under it', async () => {
    const { Table } = await new DynamoDBClient(client).send(new DescribeTableCommand({ TableName: 'Book' }));
    expect([Table?.TableArn, Table?.LatestStreamArn]).toEqual([
      'arn:aws:dynamodb:ap-southeast-1:000000000000:table/Book',
      expect.stringMatching(/^arn:aws:dynamodb:ap-southeast-1:000000000000:table\/Book\/stream\//),
    ]);
    const described = await new DynamoDBStreamsClient(client).send(
      new DescribeStreamCommand({ StreamArn: Table?.LatestStreamArn }),
    );
    expect(described.StreamDescription?.StreamArn).toBe(Table?.LatestStreamArn);
  });

  it('the AWS port refuses a stream’s number that never was, which the database itself takes', async () => {
    const sdk = new DynamoDBStreamsClient(client);
    const { Streams } = await sdk.send(new ListStreamsCommand({ TableName: 'Book' }));
    const beyond = new GetShardIteratorCommand({
      StreamArn: Streams?.[0]?.StreamArn,
      ShardId: 'shardId-00000001-Book',
      ShardIteratorType: 'AT_SEQUENCE_NUMBER',
      SequenceNumber: '4000',
    });
    await expect(sdk.send(beyond)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('the AWS port says that something was written after a write, and nothing after a read', async () => {
    let writes = 0;
    const stop = dynamodb.onWrite(() => (writes += 1));
    const sdk = new DynamoDBClient(client);
    await sdk.send(new PutItemCommand({ TableName: 'Book', Item: { pk: { S: 'noted' } } }));
    await sdk.send(new GetItemCommand({ TableName: 'Book', Key: { pk: { S: 'noted' } } }));
    stop();
    expect(writes).toBe(1);
  });

  it('the AWS port lets the Step Functions client call, with the parsed body', async () => {
    const started = await new SFNClient(client).send(
      new StartExecutionCommand({ stateMachineArn: 'arn:m', name: 'e', input: '{"dossierId":"d"}' }),
    );
    expect(started.startDate?.getTime()).toBe(1500);
    expect(stepFunctions.asked).toContainEqual({
      operation: 'StartExecution',
      body: { stateMachineArn: 'arn:m', name: 'e', input: '{"dossierId":"d"}' },
    });
  });

  it('the AWS port tells a failure of Step Functions by its name', async () => {
    const failure = await new SFNClient(client)
      .send(new SendTaskSuccessCommand({ taskToken: 't', output: '{}' }))
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InvalidToken);
    expect((await post('AWSStepFunctions.SendTaskSuccess', '{}')).headers.get('x-amzn-errortype')).toBe('InvalidToken');
  });

  it('the AWS port answers a mistake of its own with a bare 500, and tells the log', async () => {
    const failure = await new SFNClient(client)
      .send(new ListExecutionsCommand({ stateMachineArn: 'arn:m' }))
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'InternalServerError', $metadata: { httpStatusCode: 500 } });
    expect(JSON.stringify(failure)).not.toContain('a mistake of ours');
    expect(log).toEqual(['AWSStepFunctions.ListExecutions ended in Error: a mistake of ours']);
  });

  it('the AWS port passes more services on by their prefix', async () => {
    expect(await (await post('AmazonSQS.ListQueues', '{}')).json()).toEqual({ operation: 'ListQueues' });
  });

  it('the AWS port passes everything without a target on to S3', async () => {
    expect((await fetch(`${endpoint.url}/scans/key`)).headers.get('x-from')).toBe('s3');
  });

  it('the AWS port names a call that it does not know', async () => {
    const answer = await post('AWSLambda.Invoke', '{}');
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      __type: expect.stringMatching('UnknownOperationException'),
      message: expect.stringContaining('no service for AWSLambda.Invoke'),
    });
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', ''])(
    'the AWS port knows neither a service nor a call of the name "%s"',
    async (name) => {
      for (const target of [`${name}.ListTables`, `DynamoDB_20120810.${name}`, `DynamoDBStreams_20120810.${name}`]) {
        const answer = await post(target, '{}');
        expect([answer.status, await answer.json()]).toEqual([
          400,
          expect.objectContaining({ __type: expect.stringContaining('UnknownOperationException') }),
        ]);
      }
    },
  );

  it.each(['__proto__', 'constructor', 'toString'])(
    'the AWS port has no table, index or attribute of the name %s',
    async (name) => {
      const named = (body: string) => post('DynamoDB_20120810.GetItem', body);
      const missing = await named(`{"TableName":"${name}","Key":{"pk":{"S":"a"}}}`);
      expect([missing.status, await missing.text()]).toEqual([
        400,
        expect.stringContaining('ResourceNotFoundException'),
      ]);
      const attribute = await named(`{"TableName":"Book","Key":{"pk":{"S":"a"},"${name}":{"S":"b"}}}`);
      expect([attribute.status, await attribute.text()]).toEqual([400, expect.stringContaining('ValidationException')]);
      const field = await named(`{"TableName":"Book","Key":{"pk":{"S":"a"}},"${name}":{"a":1}}`);
      expect(field.status).toBeLessThan(500);
    },
  );

  it('the AWS port says who calls, as STS does', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await signedPost(endpoint.url, 'sts', form, 'Action=GetCallerIdentity&Version=2011-06-15');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toMatch(/<Arn>arn:aws:iam::\d{12}:root<\/Arn>.*<Account>\d{12}<\/Account>/);
  });

  it.each([
    ['sts', 'GetSessionToken'],
    ['ses', 'SendEmail'],
    ['sqs', 'SendMessage'],
  ])('the AWS port names the action of %s in the query protocol that it does not know', async (service, action) => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await signedPost(endpoint.url, service, form, `Action=${action}`);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(`the action ${action} of ${service}`);
  });

  it.each(['lambda', 'apigateway', 'events', 'kms'])(
    'the AWS port has no service %s and says so, instead of taking it for S3',
    async (service) => {
      const answer = await signedPost(endpoint.url, service, {}, '{}');
      expect([answer.status, await answer.text()]).toEqual([501, expect.stringContaining(`no service ${service}`)]);
    },
  );

  it.each([
    ['malformed JSON', '{"TableName":'],
    ['broken UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
  ])('the AWS port answers %s with SerializationException', async (_what, body) => {
    const answer = await post('DynamoDB_20120810.GetItem', body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ __type: expect.stringMatching('SerializationException') });
  });

  it('the AWS port refuses a body larger than 16 MB and goes on', async () => {
    const answer = await post('DynamoDB_20120810.PutItem', `"${'x'.repeat(17 * 1024 * 1024)}"`);
    expect(answer.status).toBe(413);
  });

  it('the AWS port asks the gate who calls what', async () => {
    const sdk = new DynamoDBClient({ ...client, credentials: { accessKeyId: 'nobody', secretAccessKey: 'nobody' } });
    await expect(sdk.send(new GetItemCommand({ TableName: 'Book', Key: { pk: { S: 'a' } } }))).rejects.toThrow(
      'nobody may not DynamoDB_20120810.GetItem',
    );
  });

  it('the AWS port waits for a database that is being started again', async () => {
    const lines: string[] = [];
    const ownDir = join(dataDir, 'dying');
    const dying = await startDynamoDb({ dataDir: ownDir, log: (line) => lines.push(line) });
    const port = await createAwsEndpoint({
      port: 0,
      dynamodb: dying,
      stepFunctions,
      s3: { handle: async () => {} },
      findKey: everyKey,
    });
    const dynoxide = /"dynoxide":(\d+)/.exec(readFileSync(join(ownDir, 'dynamodb', 'dynoxide.pid'), 'utf8'))?.[1];
    process.kill(Number(dynoxide), 'SIGKILL');
    // What is asked in the very moment of death is answered 500, which every SDK tries again; this is about the time
    // after.
    while (lines.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    const answer = await signedPost(port.url, 'dynamodb', { 'x-amz-target': 'DynamoDB_20120810.ListTables' }, '{}');
    await port.close();
    await dying.close();
    expect(answer.status).toBe(200);
  });

  it('the AWS port says plainly that its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(
      createAwsEndpoint({ port, dynamodb, stepFunctions, s3: { handle: async () => {} }, findKey: everyKey }),
    ).rejects.toMatchObject({ code: 'EADDRINUSE' });
    other.close();
  });
});
