import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeExecutionCommand,
  ListStateMachinesCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import {
  Code,
  EventSourceMapping,
  Function as LambdaFunction,
  Runtime,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { DefinitionBody, QueryLanguage, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCloud, type Cloud } from '../../../emulator/cloud.ts';
import { faultsPath } from '../../../emulator/control.ts';

const hour = 3_600_000;
const directory = mkdtempSync(join(tmpdir(), 'faults-'));

/** A table whose stream feeds a function that copies each key into another table, a greeting, and an hour's wait. */
function app(): string {
  const scope = new App({ outdir: join(directory, 'cdk.out') });
  const stack = new Stack(scope, 'Copy');
  const partitionKey = { name: 'pk', type: AttributeType.STRING };
  const notes = new Table(stack, 'Notes', { partitionKey, stream: StreamViewType.KEYS_ONLY });
  const copies = new Table(stack, 'Copies', { partitionKey });
  const runtime = Runtime.NODEJS_24_X;
  const copy = new LambdaFunction(stack, 'CopyNotes', {
    runtime,
    handler: 'index.handler',
    environment: { COPIES: copies.tableName },
    code: Code.fromInline(`
      const { createRequire } = require('node:module');
      const { DynamoDBClient, PutItemCommand } = createRequire(${JSON.stringify(join(process.cwd(), 'package.json'))})('@aws-sdk/client-dynamodb');
      const client = new DynamoDBClient({});
      exports.handler = async ({ Records }) => {
        for (const { dynamodb } of Records)
          await client.send(new PutItemCommand({ TableName: process.env.COPIES, Item: dynamodb.Keys }));
      };
    `),
  });
  copies.grantWriteData(copy);
  new EventSourceMapping(stack, 'Feed', {
    target: copy,
    eventSourceArn: notes.tableStreamArn ?? '',
    startingPosition: StartingPosition.TRIM_HORIZON,
    retryAttempts: 0,
  });
  const greet = new LambdaFunction(stack, 'Greet', {
    runtime,
    handler: 'index.handler',
    code: Code.fromInline(`exports.handler = async () => 'hello';`),
  });
  new HttpApi(stack, 'Door').addRoutes({
    path: '/',
    methods: [HttpMethod.GET],
    integration: new HttpLambdaIntegration('Greeting', greet),
  });
  const definition = {
    StartAt: 'Hour',
    States: { Hour: { Type: 'Wait', Seconds: 3600, Next: 'Over' }, Over: { Type: 'Succeed' } },
  };
  new StateMachine(stack, 'Patience', {
    definitionBody: DefinitionBody.fromString(JSON.stringify({ QueryLanguage: 'JSONata', ...definition })),
    queryLanguage: QueryLanguage.JSONATA,
  });
  new CfnOutput(stack, 'NotesName', { value: notes.tableName });
  return scope.synth().directory;
}

describe('parts of the local cloud that are taken away', () => {
  let cloud: Cloud;
  let dynamodb: DynamoDBClient;
  let stepFunctions: SFNClient;
  let notes = '';
  let copies = '';
  beforeAll(async () => {
    cloud = await startCloud({ assembly: app(), dataDir: join(directory, 'data'), apiPort: 0, awsPort: 0 });
    const { accessKeyId, secretAccessKey } = cloud.accessKey;
    const at = {
      endpoint: cloud.awsUrl,
      region: cloud.stack.region,
      credentials: { accessKeyId, secretAccessKey },
      maxAttempts: 1,
    };
    dynamodb = new DynamoDBClient(at);
    stepFunctions = new SFNClient(at);
    const tables = cloud.stack.ofType('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').map(({ ref }) => ref);
    notes = tables.find((name) => name.includes('Notes')) ?? '';
    copies = tables.find((name) => name.includes('Copies')) ?? '';
  });
  afterAll(async () => {
    dynamodb.destroy();
    stepFunctions.destroy();
    await cloud.close();
    rmSync(directory, { recursive: true });
  });

  const write = async (pk: string) => {
    await dynamodb.send(new PutItemCommand({ TableName: notes, Item: { pk: { S: pk } } }));
  };
  const copied = async (pk: string) =>
    ((await dynamodb.send(new ScanCommand({ TableName: copies }))).Items ?? []).some((item) => item['pk']?.S === pk);
  const startPatience = async () => {
    const { stateMachines } = await stepFunctions.send(new ListStateMachinesCommand({}));
    const [machine] = stateMachines ?? [];
    return stepFunctions.send(new StartExecutionCommand({ stateMachineArn: machine?.stateMachineArn }));
  };
  const statusOf = async (executionArn: string | undefined) =>
    (await stepFunctions.send(new DescribeExecutionCommand({ executionArn }))).status;

  it('DynamoDB answers InternalServerError with status 500 while it is away, and keeps its data', async () => {
    await write('before');
    await cloud.faults.set('dynamodb', true);
    await expect(write('during')).rejects.toMatchObject({
      name: 'InternalServerError',
      $metadata: { httpStatusCode: 500 },
    });
    await cloud.faults.set('dynamodb', false);
    await cloud.settled();
    expect([await copied('before'), await copied('during')]).toEqual([true, false]);
  });

  it('Step Functions answers ServiceUnavailable with status 503, and its timers fire when it is back', async () => {
    const { executionArn } = await startPatience();
    await cloud.faults.set('stepfunctions', true);
    await expect(startPatience()).rejects.toMatchObject({
      name: 'ServiceUnavailable',
      $metadata: { httpStatusCode: 503 },
    });
    await cloud.clock.jumpTo(cloud.clock.now() + 2 * hour);
    const backAt = cloud.clock.now();
    await cloud.faults.set('stepfunctions', false);
    const { status, stopDate } = await stepFunctions.send(new DescribeExecutionCommand({ executionArn }));
    expect([status, Number(stopDate) >= backAt - 1]).toEqual(['SUCCEEDED', true]);
  });

  it('an execution that waits for nothing that is away goes on at its time', async () => {
    const { executionArn } = await startPatience();
    await cloud.faults.set('streams', true);
    await cloud.clock.jumpTo(cloud.clock.now() + hour);
    expect(await statusOf(executionArn)).toBe('SUCCEEDED');
    await cloud.faults.set('streams', false);
  });

  it('a function is away by its logical or its physical name, and the API before it answers 500', async () => {
    const [greet] = cloud.stack
      .ofType('AWS::Lambda::Function')
      .filter(({ logicalId }) => logicalId.startsWith('Greet'));
    const greeting = async () => {
      const answer = await fetch(cloud.apiUrl ?? '');
      return [answer.status, await answer.text()];
    };
    await cloud.faults.set(`lambda:${greet?.logicalId}`, true);
    expect(await greeting()).toEqual([500, '{"message":"Internal Server Error"}']);
    await cloud.faults.set(`lambda:${greet?.ref}`, false);
    expect(await greeting()).toEqual([200, 'hello']);
  });

  it.each(['streams', 'lambda'])('what is written while %s is away is handed over when it is back', async (part) => {
    const [copy] = cloud.stack.ofType('AWS::Lambda::Function').filter(({ logicalId }) => logicalId.startsWith('Copy'));
    const name = part === 'lambda' ? `lambda:${copy?.logicalId}` : part;
    await cloud.faults.set(name, true);
    await write(`while-${part}`);
    // Nobody waits for what cannot be done, neither here nor in a jump; and nothing is given up within the day.
    await cloud.settled();
    await cloud.clock.jumpTo(cloud.clock.now() + 20 * hour);
    expect(await copied(`while-${part}`)).toBe(false);
    await cloud.faults.set(name, false);
    expect(await copied(`while-${part}`)).toBe(true);
  });

  it('the parts of the local cloud are listed and switched on the AWS address, in JSON alone', async () => {
    const ask = async (init?: RequestInit) => {
      const answer = await fetch(`${cloud.awsUrl}${faultsPath}`, init);
      return { status: answer.status, body: await answer.json() };
    };
    const post = (type: string, body: unknown) =>
      ask({ method: 'POST', headers: { 'content-type': type }, body: JSON.stringify(body) });
    const away = { name: 'streams', away: true };
    expect(await post('application/json', away)).toMatchObject({ status: 200 });
    const { body } = await ask();
    expect(body).toMatchObject({
      switches: expect.arrayContaining([
        { name: 'dynamodb', away: false },
        { name: 'stepfunctions', away: false },
        away,
        { name: expect.stringMatching(/^lambda:Greet/), away: false },
      ]),
    });
    await post('application/json', { ...away, away: false });
    expect(await post('text/plain', away)).toMatchObject({ status: 400 });
    expect(await post('application/json', { name: 'lambda:Nobody', away: true })).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('There is no switch lambda:Nobody, but dynamodb,') },
    });
    expect(cloud.faults.any()).toBe(false);
  });
});
