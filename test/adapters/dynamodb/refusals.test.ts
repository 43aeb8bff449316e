import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoBook, dynamoDesk } from '../../../adapters/dynamodb/book.ts';
import { dynamoDue } from '../../../adapters/dynamodb/due.ts';
import { dynamoGenerations } from '../../../adapters/dynamodb/generations.ts';
import { dynamoPeople } from '../../../adapters/dynamodb/people.ts';
import { dynamoRegister } from '../../../adapters/dynamodb/register.ts';
import { dynamoScanBook } from '../../../adapters/dynamodb/scan-book.ts';
import { dynamoTracking } from '../../../adapters/dynamodb/tracking.ts';
import type { Scan } from '../../../domain/scans.ts';
import { monday } from '../../domain/journey/town.ts';
import { freshEntry, scanned } from '../../doubles/book.suite.ts';
import { startRefusingAws, type RefusingAws } from '../refusing-aws.ts';

let aws: RefusingAws;
let client: DynamoDBDocumentClient;
beforeAll(async () => {
  aws = await startRefusingAws();
  client = DynamoDBDocumentClient.from(new DynamoDBClient(aws.clientConfig));
});
afterAll(async () => {
  client.destroy();
  await aws.close();
});

const tables = { book: 'Book', people: 'People' };
const { dossier } = freshEntry().step;
const step = scanned(dossier);
const scan: Scan = {
  scanId: 's-1',
  dossierId: dossier.dossierId,
  kind: 'papers',
  contentType: 'application/pdf',
  size: 10,
  sha256: 'c'.repeat(64),
  status: 'verified',
  requestedAt: monday,
  decidedAt: monday,
};

/** What DynamoDB refuses a call with though nobody was faster: asked again it may do it, or somebody has to look. */
const surprises = [
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'InternalServerError',
  'ResourceNotFoundException',
  'AccessDeniedException',
  'ValidationException',
];

/** Why a transaction is cancelled though nobody was faster. */
const otherCancellations = [
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
  'ItemCollectionSizeLimitExceeded',
  'ValidationError',
];

function cancelled(...cancellations: readonly string[]) {
  return { TransactWriteItems: { name: 'TransactionCanceledException', cancellations } };
}

describe.each<[string, () => Promise<string>]>([
  ['an event', async () => dynamoBook(client, 'Book').append(step)],
  [
    'an event with its receiver',
    async () => dynamoDesk(client, tables).append(step, { receiverName: 'Trần Văn Thí Dụ' }),
  ],
])('%s that is appended', (_what, append) => {
  it.each([
    ['somebody else moved the head', ['ConditionalCheckFailed', 'None', 'None'], 'overtaken'],
    ['its number is taken', ['None', 'ConditionalCheckFailed', 'None'], 'overtaken'],
    ['its id is known', ['None', 'None', 'ConditionalCheckFailed'], 'known'],
    ['its id is known and the head has moved', ['ConditionalCheckFailed', 'None', 'ConditionalCheckFailed'], 'known'],
    ['another writes the same dossier now', ['TransactionConflict', 'None', 'None'], 'overtaken'],
  ])('whoever appends an event hears so when %s', async (_why, reasons, answer) => {
    aws.refuses(cancelled(...reasons));
    await expect(append()).resolves.toBe(answer);
  });

  it.each(otherCancellations)(
    'an event that is appended and cancelled for %s was overtaken by nobody: it fails, and is sent again',
    async (why) => {
      for (const reasons of [
        [why, 'None', 'None'],
        ['None', why, 'None'],
        ['None', 'None', why],
      ]) {
        aws.refuses(cancelled(...reasons));
        await expect(append()).rejects.toMatchObject({ name: 'TransactionCanceledException' });
      }
    },
  );

  it.each(surprises)('an event that is appended and refused with %s fails', async (name) => {
    aws.refuses({ TransactWriteItems: { name } });
    await expect(append()).rejects.toMatchObject({ name });
  });
});

describe.each([
  ['raised', { kind: 'raise', resumedAt: [], endsPause: false } as const],
  ['raised from a pause', { kind: 'raise', resumedAt: [], endsPause: true } as const],
  ['paused', { kind: 'pause' } as const],
])('a generation that is %s', (_what, change) => {
  const replace = async () => dynamoGenerations(client, 'Book').replace(dossier.dossierId, 1, change, monday);

  it('a generation is overtaken when another is in its place', async () => {
    aws.refuses(cancelled('ConditionalCheckFailed', 'None'));
    await expect(replace()).resolves.toBe('overtaken');
  });

  it.each([...otherCancellations, 'TransactionConflict'])(
    'a generation that is cancelled for %s may still be the newest one: it fails, and is tried again',
    async (why) => {
      aws.refuses(cancelled(why, 'None'));
      await expect(replace()).rejects.toMatchObject({ name: 'TransactionCanceledException' });
    },
  );
});

describe('a registration', () => {
  it.each(otherCancellations)(
    'a registration that is cancelled for %s was made by nobody before: it fails at once',
    async (why) => {
      aws.refuses(cancelled(why, 'None'));
      await expect(dynamoRegister(client, tables).open(freshEntry())).rejects.toMatchObject({
        name: 'TransactionCanceledException',
      });
      expect(aws.asked).toEqual(['TransactWriteItems']);
    },
  );

  it('a registration whose dossier cannot be written though its key is new fails at once', async () => {
    aws.refuses(cancelled('None', 'ConditionalCheckFailed', 'None', 'None', 'None', 'None'));
    await expect(dynamoRegister(client, tables).open(freshEntry())).rejects.toThrow();
    expect(aws.asked).toEqual(['TransactWriteItems']);
  });
});

describe('a verdict on a scan', () => {
  it('a verdict on a scan comes second when the scan was judged before', async () => {
    aws.refuses({ UpdateItem: { name: 'ConditionalCheckFailedException' } });
    await expect(dynamoScanBook(client, 'Book').judge(scan)).resolves.toBe(false);
  });

  it.each<[string, readonly string[], unknown]>([
    ['its line was written meanwhile', ['ConditionalCheckFailed', 'None'], 'overtaken'],
    [
      'its line was written meanwhile, and there is no room',
      ['ConditionalCheckFailed', 'ConditionalCheckFailed'],
      'overtaken',
    ],
    ['there is no room', ['None', 'ConditionalCheckFailed'], 'full'],
  ])('a scan that is asked for is refused when %s', async (_why, codes, answer) => {
    aws.refuses(cancelled(...codes));
    expect(await dynamoScanBook(client, 'Book').request(scan)).toBe(answer);
  });

  it.each(otherCancellations)('a scan that is asked for and cancelled for %s is a fault', async (code) => {
    aws.refuses(cancelled('None', code));
    await expect(dynamoScanBook(client, 'Book').request(scan)).rejects.toThrow();
  });

  it.each(surprises)('a verdict on a scan that is refused with %s was no second one: it fails', async (name) => {
    aws.refuses({ UpdateItem: { name } });
    await expect(dynamoScanBook(client, 'Book').judge(scan)).rejects.toMatchObject({ name });
  });
});

describe.each<[string, string, () => Promise<unknown>]>([
  ['the head of a dossier', 'GetItem', async () => dynamoBook(client, 'Book').head('d-1')],
  ['the line on its execution', 'GetItem', async () => dynamoBook(client, 'Book').executionLine('d-1')],
  ['an event by its id', 'GetItem', async () => dynamoBook(client, 'Book').eventById('d-1', 'e-1')],
  ['its timeline', 'Query', async () => dynamoBook(client, 'Book').timeline('d-1')],
  ['its next milestone', 'Query', async () => dynamoBook(client, 'Book').nextMilestone('d-1', 1)],
  ['a dossier by its slip', 'GetItem', async () => dynamoTracking(client, 'Book').dossierIdOf('123456789012')],
  ['a person', 'GetItem', async () => dynamoPeople(client, 'People').person('p-1')],
  ['a scan', 'GetItem', async () => dynamoScanBook(client, 'Book').scan('d-1', 's-1')],
  ['the scans of a dossier', 'Query', async () => dynamoScanBook(client, 'Book').scans('d-1')],
  ['a scan that is asked for', 'TransactWriteItems', async () => dynamoScanBook(client, 'Book').request(scan)],
  ['what is due', 'Query', async () => Array.fromAsync(dynamoDue(client, 'Book').dueBefore(monday))],
  ['a renewal that is forgotten', 'UpdateItem', async () => dynamoDue(client, 'Book').forgetRenewal('d-1')],
  ['an execution that is looked after', 'UpdateItem', async () => dynamoDue(client, 'Book').nudge('d-1', monday)],
  [
    'a finding',
    'UpdateItem',
    async () => dynamoDue(client, 'Book').find({ dossierId: 'd-1', reason: 'refused', at: monday }),
  ],
  ['a finding that is settled', 'UpdateItem', async () => dynamoDue(client, 'Book').settle('d-1', 'due')],
])('%s', (_what, operation, ask) => {
  it.each(surprises)('what is asked is a fault, and not nothing, when DynamoDB refuses with %s', async (name) => {
    aws.refuses({ [operation]: { name } });
    await expect(ask()).rejects.toMatchObject({ name });
  });
});

describe('what people and executions decide on', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['the head of a dossier', async () => dynamoBook(client, 'Book').head('d-1')],
    ['the line on its execution', async () => dynamoBook(client, 'Book').executionLine('d-1')],
    ['an event by its id', async () => dynamoBook(client, 'Book').eventById('d-1', 'e-1')],
    ['its timeline', async () => dynamoBook(client, 'Book').timeline('d-1')],
    ['its next milestone', async () => dynamoBook(client, 'Book').nextMilestone('d-1', 1)],
    ['a scan', async () => dynamoScanBook(client, 'Book').scan('d-1', 's-1')],
    ['the scans of a dossier', async () => dynamoScanBook(client, 'Book').scans('d-1')],
  ])('%s is read as it was written last, not as some replica still has it', async (_what, read) => {
    aws.refuses({});
    await read();
    expect(aws.said.length).toBeGreaterThan(0);
    for (const said of aws.said) expect(said).toMatchObject({ ConsistentRead: true });
  });

  it('a registration of the same key is read as it was written last, and is looked for five times at most', async () => {
    aws.refuses(cancelled('TransactionConflict'));
    await expect(dynamoRegister(client, tables).open(freshEntry())).rejects.toThrow();
    expect(aws.asked).toEqual(Array.from({ length: 5 }, () => ['TransactWriteItems', 'GetItem']).flat());
    for (const said of aws.said.filter((_said, index) => aws.asked[index] === 'GetItem'))
      expect(said).toMatchObject({ ConsistentRead: true });
  });
});

describe('a renewal that is forgotten', () => {
  it('a renewal that is forgotten and was never written is none', async () => {
    aws.refuses({ UpdateItem: { name: 'ConditionalCheckFailedException' } });
    await expect(dynamoDue(client, 'Book').forgetRenewal('d-1')).resolves.toBeUndefined();
  });
});
