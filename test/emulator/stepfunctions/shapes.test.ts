import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { startDynamoDb, type DynamoDb } from '../../../emulator/dynamodb/start-dynamodb.ts';
import { RecordedCase } from '../../../emulator/stepfunctions/asl-cases/cases.ts';
import { compare } from '../../../emulator/stepfunctions/asl-cases/compare.ts';
import { isList, isObject, type Json, type JsonObject } from '../../../emulator/stepfunctions/json.ts';
import { workbench, type Execution, type Workbench } from './workbench.ts';

/**
 * The histories of task tokens and DynamoDB that AWS recorded are of JSONPath definitions, and most of SQS. Here the
 * same definitions run, said in JSONata, the messages of SQS as writes of an item. What must be the same is the form of
 * the history.
 */
const file = resolve(process.env['DOSSIER_POST_ASL_CASES'] ?? '../shared/asl/aws-recorded-cases.json');
const found = existsSync(file);
const shapes = found
  ? z.object({ shapes: z.array(RecordedCase) }).parse(JSON.parse(readFileSync(file, 'utf8'))).shapes
  : [];
if (!found)
  console.warn(`skipped: the histories that AWS recorded are not at ${file} (DOSSIER_POST_ASL_CASES names the file)`);

/** A service or a path that no definition here can have: refused at creation. */
const notHere = /INVALID_JSONPATH/u;
function isCallback({ definition }: RecordedCase): boolean {
  return JSON.stringify(definition).includes('waitForTaskToken');
}

function inJsonata(definition: JsonObject): JsonObject {
  return { ...renamed(definition), QueryLanguage: 'JSONata' };
}

function renamed(flow: JsonObject): JsonObject {
  const states = isObject(flow['States']) ? flow['States'] : {};
  return {
    ...flow,
    States: Object.fromEntries(
      Object.entries(states).map(([name, state]) => [name, isObject(state) ? stateInJsonata(state) : state]),
    ),
  };
}

function stateInJsonata({
  Parameters,
  ResultPath,
  HeartbeatSecondsPath,
  Catch,
  Branches,
  Resource,
  ...state
}: JsonObject): JsonObject {
  const result = state['Type'] === 'Task' ? '$states.result' : '$states.input';
  const list = (value: Json | undefined): JsonObject[] => (isList(value) ? value.filter((item) => isObject(item)) : []);
  return {
    ...state,
    ...(Resource === undefined
      ? {}
      : { Resource: text(Resource).replace(/(sqs|sns):\w+\./u, 'aws-sdk:dynamodb:updateItem.') }),
    ...(Parameters === undefined ? {} : { Arguments: argumentsOf(Parameters) }),
    ...(HeartbeatSecondsPath === undefined ? {} : { HeartbeatSeconds: expression(HeartbeatSecondsPath) }),
    ...(ResultPath === undefined ? {} : { Output: placed(ResultPath, result) }),
    ...(Catch === undefined
      ? {}
      : {
          Catch: list(Catch).map(({ ResultPath: path, ...catcher }) => ({
            ...catcher,
            ...(path === undefined ? {} : { Output: placed(path, '$states.errorOutput') }),
          })),
        }),
    ...(Branches === undefined ? {} : { Branches: list(Branches).map(renamed) }),
  };
}

function argumentsOf(parameters: Json): Json {
  if (!isObject(parameters)) return parameters;
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) =>
      name.endsWith('.$') ? [name.slice(0, -2), expression(value)] : [name, argumentsOf(value)],
    ),
  );
}

function expression(path: Json): string {
  return `{% ${text(path)
    .replace(/^\$\$/u, '$states.context')
    .replace(/^\$(?=\.|$)/u, '$states.input')} %}`;
}

function text(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function placed(path: Json, value: string): string {
  return `{% $merge([$states.input, {"${text(path).slice(2)}": ${value}}]) %}`;
}

/** Numbers, types, predecessors, and the names of the details. */
function form(history: readonly JsonObject[]): Json {
  return history.map((event) => {
    const details = Object.entries(event).find(([name]) => name.endsWith('EventDetails'))?.[1];
    return [
      event['id'] ?? null,
      event['previousEventId'] ?? null,
      event['type'] ?? null,
      isObject(details) ? Object.keys(details).toSorted((one, other) => one.localeCompare(other)) : [],
    ];
  });
}

let bench: Workbench;
let database: DynamoDb;
const directory = mkdtempSync(join(tmpdir(), 'shapes-'));
beforeAll(async () => {
  database = await startDynamoDb({ dataDir: directory });
  bench = await workbench({
    dynamodb: (operation, body) =>
      JSON.stringify(body).includes('"TableName"')
        ? database.call(operation, body)
        : Promise.resolve({ status: 200, body: {} }),
  });
});
afterAll(async () => {
  await bench.sfn.close();
  await database.close();
  rmSync(directory, { recursive: true });
});

async function table(recorded: RecordedCase): Promise<void> {
  const { input } = recorded;
  const name = isObject(input) ? input['TableName'] : undefined;
  if (typeof name !== 'string') return;
  await database.call('CreateTable', {
    TableName: name,
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
  });
}

/** Answers every token as the recording was answered. */
async function answer(recorded: RecordedCase): Promise<void> {
  const ends = recorded.expected.history.filter(({ type }) =>
    /^Task(?:Succeeded|Failed|TimedOut)$/u.test(text(type ?? null)),
  );
  const [first, ...rest] = ends;
  if (!first) return;
  const details = Object.values(first).find((value) => isObject(value));
  const { output, error, cause } = isObject(details) ? details : {};
  if (first['type'] === 'TaskTimedOut') await bench.pass(700_000);
  else if (first['type'] === 'TaskFailed') await bench.call('SendTaskFailure', { taskToken: anyToken(), error, cause });
  else
    await bench.call('SendTaskSuccess', {
      taskToken: anyToken(),
      output: typeof output === 'string' ? output : JSON.stringify(output),
    });
  await bench.sfn.idle();
  await answer({ ...recorded, expected: { ...recorded.expected, history: rest } });
}

function anyToken(): string {
  const sent = JSON.stringify(bench.dynamodbCalls.at(-1)?.body);
  return /"TaskToken":"(?<token>[^"]+)"/u.exec(sent)?.groups?.['token'] ?? 'no token was sent';
}

async function run(recorded: RecordedCase, index: number): Promise<{ execution: Execution; history: JsonObject[] }> {
  await table(recorded);
  const arn = await bench.start(await bench.machine(`shape-${index}`, inJsonata(recorded.definition)), recorded.input);
  await bench.sfn.idle();
  if (isCallback(recorded)) await answer(recorded);
  const history = await bench.call('GetExecutionHistory', { executionArn: arn });
  return {
    execution: await bench.describe(arn),
    history: z.object({ events: z.array(z.record(z.string(), z.json())) }).parse(history).events,
  };
}

describe('a history of tokens or DynamoDB that AWS recorded', () => {
  if (!found)
    it.skip('a history of tokens or DynamoDB that AWS recorded has the same form here (the recordings are not here)', () =>
      undefined);
  for (const [index, recorded] of shapes.entries()) {
    if (notHere.test(recorded.id)) continue;
    it(`a history of tokens or DynamoDB that AWS recorded has the same form here: ${recorded.id} (${index})`, async () => {
      const { execution, history } = await run(recorded, index);
      expect({ status: execution.status, history: form(history) }).toEqual({
        status: recorded.expected.status,
        history: form(recorded.expected.history),
      });
      // The words of a refusal are the database's own.
      if (isCallback(recorded) || execution.status !== 'SUCCEEDED') return;
      expect(
        compare(recorded, { status: execution.status, output: execution.output ?? '', history }).differences,
      ).toEqual([]);
    });
  }
});
