import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamoDesk } from '../../../adapters/dynamodb/book.ts';
import { dynamoRegister } from '../../../adapters/dynamodb/register.ts';
import { readingTogether } from '../../../adapters/dynamodb/together.ts';
import { takeIn } from '../../../domain/intake/take-in.ts';
import { clerk, report } from '../../domain/journey/town.ts';
import { freshEntry } from '../../doubles/book.suite.ts';
import type { Call } from './between.ts';
import { startTables, type Tables } from './tables.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startTables();
  for (const sk of ['A', 'B'])
    await tables.client.send(new PutCommand({ TableName: 'Book', Item: { pk: 'P', sk, is: sk } }));
});
afterAll(async () => tables.close());

/** A client that tells what is asked of the database. */
async function listened() {
  const asked: string[] = [];
  const client = await tables.between((operation, call) => (asked.push(operation), call));
  return { asked, client };
}

function keys(...sks: readonly string[]) {
  return sks.map((sk) => ({ pk: 'P', sk }));
}
const Wanted = z.object({ RequestItems: z.object({ Book: z.object({ Keys: z.array(z.unknown()) }) }) });

describe('a read of several items at one moment', () => {
  it('a read of several items at one moment is one request, each item once, and those that are not there too', async () => {
    const { asked, client } = await listened();
    const get = readingTogether(client, 'Book');
    const found = await Promise.all(keys('A', 'B', 'C', 'A').map(get));
    expect(found).toEqual([
      { pk: 'P', sk: 'A', is: 'A' },
      { pk: 'P', sk: 'B', is: 'B' },
      undefined,
      { pk: 'P', sk: 'A', is: 'A' },
    ]);
    expect(asked).toEqual(['BatchGetItem']);
    expect(await Promise.all(keys('B').map(get))).toEqual([{ pk: 'P', sk: 'B', is: 'B' }]);
    expect(asked).toEqual(['BatchGetItem', 'GetItem']);
  });

  it('a read of several items at one moment asks for a hundred of them in a request', async () => {
    const seen: number[] = [];
    const counting = (operation: string, call: Call): Call => {
      if (operation === 'BatchGetItem') seen.push(Wanted.parse(call).RequestItems.Book.Keys.length);
      return call;
    };
    const get = readingTogether(await tables.between(counting), 'Book');
    const many = Array.from({ length: 150 }, (_none, index) => `MANY#${index}`);
    expect(await Promise.all(keys('A', ...many, 'B').map(get))).toHaveLength(152);
    expect(seen).toEqual([100, 52]);
  });

  it('a read of several items at one moment asks again for what a busy table has left unread', async () => {
    let isBusy = true;
    const client = await tables.between(
      (_operation, call) => call,
      (operation, answer) => {
        if (operation !== 'BatchGetItem' || !isBusy) return answer;
        isBusy = false;
        return { Responses: {}, UnprocessedKeys: { Book: { Keys: keys('A', 'B').map(inAttributes) } } };
      },
    );
    const get = readingTogether(client, 'Book');
    expect(await Promise.all(keys('A', 'B').map(get))).toMatchObject([{ is: 'A' }, { is: 'B' }]);
    expect(isBusy).toBe(false);
  });
});

function inAttributes({ pk, sk }: { readonly pk: string; readonly sk: string }) {
  return { pk: { S: pk }, sk: { S: sk } };
}

describe('a report', () => {
  it('a report is decided on with one request that reads, and answered with one when it comes again', async () => {
    const { asked, client } = await listened();
    const entry = freshEntry();
    await dynamoRegister(client, { book: 'Book', people: 'People' }).open(entry);
    const { dossierId, since, charges } = entry.step.dossier;
    const details = {
      papers: { originals: 2, copies: 1 },
      sealNumber: 'BK-0001',
      amountCollected: charges.dueAtCollection,
    };
    const said = { dossierId, report: report(clerk, 'Collected', details, since + 60_000), personal: {} };
    const intake = {
      book: dynamoDesk(client, { book: 'Book', people: 'People' }),
      now: () => since + 120_000,
      pause: () => Promise.reject(new Error('nobody else writes')),
    };
    asked.length = 0;
    expect(await takeIn(intake, said)).toMatchObject({ isNew: true, event: { type: 'Collected' } });
    expect(asked).toEqual(['BatchGetItem', 'TransactWriteItems']);
    asked.length = 0;
    expect(await takeIn(intake, said)).toMatchObject({ isNew: false, event: { type: 'Collected' } });
    expect(asked).toEqual(['BatchGetItem']);
  });
});
