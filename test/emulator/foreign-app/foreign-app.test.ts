import { DynamoDBClient, GetItemCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';

const directory = mkdtempSync(join(tmpdir(), 'foreign-app-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/**
 * Somebody else's app of three resources: a table, a function that counts visitors in it, and an HTTP API before both.
 */
function visitors(scope: App): Stack {
  const stack = new Stack(scope, 'Visitors', { env: { account: '111122223333', region: 'eu-central-1' } });
  const table = new Table(stack, 'Guests', { partitionKey: { name: 'guest', type: AttributeType.STRING } });
  const handler = new LambdaFunction(stack, 'Count', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    environment: { GUESTS: table.tableName },
    code: Code.fromInline(`
      const { createRequire } = require('node:module');
      const { DynamoDBClient, UpdateItemCommand } = createRequire(${JSON.stringify(join(process.cwd(), 'package.json'))})('@aws-sdk/client-dynamodb');
      const client = new DynamoDBClient({});
      exports.handler = async ({ pathParameters }) => {
        const { Attributes } = await client.send(new UpdateItemCommand({
          TableName: process.env.GUESTS, Key: { guest: { S: pathParameters.guest } },
          UpdateExpression: 'ADD visits :one', ExpressionAttributeValues: { ':one': { N: '1' } }, ReturnValues: 'ALL_NEW',
        }));
        return { guest: pathParameters.guest, visits: Number(Attributes.visits.N), region: process.env.AWS_REGION };
      };
    `),
  });
  table.grantWriteData(handler);
  new HttpApi(stack, 'Door').addRoutes({
    path: '/guests/{guest}',
    methods: [HttpMethod.POST],
    integration: new HttpLambdaIntegration('Counting', handler),
  });
  return stack;
}

let running: ChildProcess | undefined;
afterEach(async () => {
  if (running === undefined || running.exitCode !== null) return;
  const ended = once(running, 'exit');
  running.kill('SIGTERM');
  await ended;
});

/** `npm run emulate` of an assembly. @returns what it printed, up to its keys, or to its end */
async function emulate(assembly: string): Promise<string> {
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      'emulator/emulate.ts',
      '--assembly',
      assembly,
      '--port',
      '0',
      '--aws-port',
      '0',
      '--data',
      join(directory, 'data'),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  running = child;
  let said = '';
  return new Promise((resolve) => {
    const hear = (chunk: unknown) => {
      said += String(chunk);
      if (said.includes('Keys  export')) resolve(said);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', () => resolve(said));
  });
}

describe('somebody else’s CDK app on the emulator', () => {
  it('somebody else’s CDK app on the emulator runs as it is: its API calls its function, which writes into its table, in its own account and Region', async () => {
    const app = new App({ outdir: join(directory, 'visitors') });
    visitors(app);
    const said = await emulate(app.synth().directory);
    const api = /API\s+(http:\S+)/.exec(said)?.[1] ?? '';
    const answer = async () => (await fetch(`${api}/guests/ana`, { method: 'POST' })).json();
    expect(await answer()).toEqual({ guest: 'ana', visits: 1, region: 'eu-central-1' });
    expect(await answer()).toEqual({ guest: 'ana', visits: 2, region: 'eu-central-1' });
    const [, accessKeyId = '', secretAccessKey = ''] =
      /AWS_ACCESS_KEY_ID=(\S+) AWS_SECRET_ACCESS_KEY=(\S+)/.exec(said) ?? [];
    const endpoint = /AWS_ENDPOINT_URL=(\S+)/.exec(said)?.[1] ?? '';
    const client = new DynamoDBClient({
      endpoint,
      region: 'eu-central-1',
      credentials: { accessKeyId, secretAccessKey },
    });
    const table = /Visitors-Guests\w*/.exec(JSON.stringify(await tablesOf(client)))?.[0] ?? '';
    const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: { guest: { S: 'ana' } } }));
    client.destroy();
    expect(Item?.['visits']).toEqual({ N: '2' });
  });

  it('somebody else’s CDK app on the emulator is told at once of everything in it that is not known here, by name and type, and is not started', async () => {
    const app = new App({ outdir: join(directory, 'unknown') });
    const stack = visitors(app);
    new CfnResource(stack, 'Pump', { type: 'AWS::Oil::Pump' });
    new CfnResource(stack, 'Lake', { type: 'AWS::Water::Lake' });
    const said = await emulate(app.synth().directory);
    expect(said).toContain('Pump of type AWS::Oil::Pump');
    expect(said).toContain('Lake of type AWS::Water::Lake');
    expect(said).not.toContain('API ');
  });
});

async function tablesOf(client: DynamoDBClient) {
  return (await client.send(new ListTablesCommand({}))).TableNames;
}
