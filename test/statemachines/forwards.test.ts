import { beforeAll, afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { startDynamoDb, type DynamoDb } from '../../emulator/dynamodb/start-dynamodb.ts';

const source = readFileSync(new URL('../../statemachines/dossier-journey.asl.json', import.meta.url), 'utf8');
const { States } = z
  .object({
    States: z.object({
      Collected: z.object({ Arguments: z.object({ UpdateExpression: z.string(), ConditionExpression: z.string() }) }),
    }),
  })
  .parse(JSON.parse(source));
const { UpdateExpression, ConditionExpression } = States.Collected.Arguments;

const directory = mkdtempSync(join(tmpdir(), 'forwards-'));
let dynamodb: DynamoDb;
beforeAll(async () => {
  dynamodb = await startDynamoDb({ dataDir: directory, log: () => undefined });
  await dynamodb.call('CreateTable', {
    TableName: 'Book',
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
    ],
    BillingMode: 'PAY_PER_REQUEST',
  });
});
afterAll(async () => {
  await dynamodb.close();
  rmSync(directory, { recursive: true });
});

interface Arrival {
  readonly generation: number;
  readonly followed: number;
  readonly since: string;
  readonly attempt: number;
}

let dossiers = 0;
function nextKey() {
  dossiers += 1;
  return { pk: { S: `DOSSIER#${dossiers}` }, sk: { S: 'WAIT' } };
}

/** Writes a wait with the definition's own expressions. */
async function write(Key: unknown, { generation, followed, since, attempt }: Arrival, token: string) {
  return dynamodb.call('UpdateItem', {
    TableName: 'Book',
    Key,
    UpdateExpression,
    ConditionExpression,
    ExpressionAttributeValues: {
      ':place': { S: 'Collected' },
      ':token': { S: token },
      ':followed': { N: String(followed) },
      ':generation': { N: String(generation) },
      ':since': { S: since },
      ':attempt': { N: String(attempt) },
      ':edition': { N: '3' },
      ':due': { S: 'DUE' },
      ':renewal': { S: '2027-09-09T08:00:00.000Z' },
    },
  });
}

/** Writes two waits of one dossier. @returns whether the second was taken */
async function takes(first: Arrival, second: Arrival): Promise<boolean> {
  const key = nextKey();
  expect((await write(key, first, 'first')).status).toBe(200);
  const { status } = await write(key, second, 'second');
  const { body } = await dynamodb.call('GetItem', { TableName: 'Book', Key: key, ConsistentRead: true });
  expect(body).toMatchObject({ Item: { taskToken: { S: status === 200 ? 'second' : 'first' } } });
  return status === 200;
}

const stands: Arrival = { generation: 2, followed: 10, since: '2026-11-23T08:00:00.500Z', attempt: 1 };

/** Writes a wait over a line that says this. @returns whether it was taken */
async function takesOver(
  line: Readonly<Record<string, { readonly N: string } | { readonly S: string }>>,
  second: Arrival,
) {
  const key = nextKey();
  await dynamodb.call('PutItem', { TableName: 'Book', Item: { ...key, ...line } });
  return (await write(key, second, 'second')).status === 200;
}

// Holds ADR 0017.
describe('the wait in the book goes forwards only', () => {
  it.each<[string, Partial<Arrival>]>([
    [
      'a newer generation, whatever it has followed',
      { generation: 3, followed: 4, since: '2026-11-23T07:00:00.000Z', attempt: 0 },
    ],
    ['the next place of the same generation', { followed: 11, since: '2026-11-23T09:00:00.000Z', attempt: 0 }],
    ['the same place, entered again later', { since: '2026-11-23T09:00:00.000Z', attempt: 0 }],
    ['another attempt of the same arrival', { attempt: 2 }],
    ['the very same write, whose answer was lost', {}],
  ])('the wait in the book goes forwards only and takes %s', async (_what, change) => {
    expect(await takes(stands, { ...stands, ...change })).toBe(true);
  });

  it.each<[string, Partial<Arrival>]>([
    [
      'an older generation, however far it has followed',
      { generation: 1, followed: 99, since: '2026-11-24T08:00:00.000Z', attempt: 9 },
    ],
    ['an earlier place of the same generation', { followed: 9, since: '2026-11-23T07:00:00.000Z' }],
    [
      'an earlier place, though it was entered by a clock that ran ahead',
      { followed: 9, since: '2026-11-24T08:00:00.000Z' },
    ],
    ['an earlier arrival at the same place', { since: '2026-11-23T07:59:59.500Z', attempt: 5 }],
    ['the attempt before, which was given up on and comes late', { attempt: 0 }],
  ])('the wait in the book goes forwards only and ignores %s', async (_what, change) => {
    expect(await takes(stands, { ...stands, ...change })).toBe(false);
  });

  it('the wait in the book goes forwards only and takes the same arrival again over a wait of an edition that counted no attempts', async () => {
    const { generation, followed, since } = stands;
    const line = {
      generation: { N: String(generation) },
      followed: { N: String(followed) },
      waitingSince: { S: since },
    };
    expect(await takesOver(line, stands)).toBe(true);
    expect(await takesOver(line, { ...stands, since: '2026-11-23T07:00:00.000Z' })).toBe(false);
  });

  it('the wait in the book goes forwards only and takes the generation that the book has raised, whatever it follows, and no older one', async () => {
    const raised = { generation: { N: '3' }, followed: { N: '0' } };
    expect(await takesOver(raised, { ...stands, generation: 3, followed: 1 })).toBe(true);
    expect(await takesOver(raised, { ...stands, generation: 2, followed: 11 })).toBe(false);
  });
});
