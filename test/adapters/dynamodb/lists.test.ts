import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamoBook } from '../../../adapters/dynamodb/book.ts';
import { dynamoDue } from '../../../adapters/dynamodb/due.ts';
import { headKeys } from '../../../adapters/dynamodb/indexes.ts';
import { headItem } from '../../../adapters/dynamodb/items.ts';
import { dossierKey, head } from '../../../adapters/dynamodb/keys.ts';
import { dynamoLists } from '../../../adapters/dynamodb/lists.ts';
import { dynamoRegister } from '../../../adapters/dynamodb/register.ts';
import type { Dossier } from '../../../domain/journey/dossier.ts';
import { dossierAt, monday } from '../../domain/journey/town.ts';
import { freshEntry } from '../../doubles/book.suite.ts';
import { freshOffice, keepsTheLists } from '../../doubles/lists.suite.ts';
import { startTables, type Tables } from './tables.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(async () => tables.close());

async function lay(dossier: Dossier): Promise<void> {
  const Item = {
    pk: dossierKey(dossier.dossierId),
    sk: head,
    ...headKeys(dossier),
    ...z.encode(headItem, dossier),
  };
  await tables.client.send(new PutCommand({ TableName: 'Book', Item }));
}

keepsTheLists('on DynamoDB', async () => ({
  lists: dynamoLists(tables.client, 'Book'),
  book: dynamoBook(tables.client, 'Book'),
  register: dynamoRegister(tables.client, { book: 'Book', people: 'People' }),
  lay,
}));

describe('the lists of a book on DynamoDB', () => {
  it('a list names the dossier of a row that cannot be read, and shows the others', async () => {
    const postOfficeId = freshOffice();
    const [good, bad] = ['d-lists-good', 'd-lists-bad'].map((dossierId) =>
      dossierAt('Collected', { dossierId, postOfficeId }),
    );
    if (good === undefined || bad === undefined) throw new Error('there are two');
    await lay(good);
    const Item = { pk: dossierKey(bad.dossierId), sk: head, ...headKeys(bad), place: 'Atlantis' };
    await tables.client.send(new PutCommand({ TableName: 'Book', Item }));
    const { rows, unreadable } = await dynamoLists(tables.client, 'Book').waiting(postOfficeId, ['Collected'], {
      most: 5,
    });
    expect(rows.map(({ dossierId }) => dossierId)).toEqual([good.dossierId]);
    expect(unreadable).toEqual([bad.dossierId]);
  });

  it('a list of what ops have to look at has the findings, the oldest first, page by page', async () => {
    const keeper = dynamoDue(tables.client, 'Book');
    await keeper.find({ dossierId: 'd-lists-second', reason: 'refused', at: monday + 1 });
    await keeper.find({ dossierId: 'd-lists-first', reason: 'unreadable', at: monday });
    const lists = dynamoLists(tables.client, 'Book');
    const first = await lists.found({ most: 1 });
    expect(first.rows).toEqual([{ dossierId: 'd-lists-first', kind: 'due', since: monday }]);
    const second = await lists.found({ most: 1, ...(first.next === undefined ? {} : { after: first.next }) });
    expect(second.rows).toEqual([{ dossierId: 'd-lists-second', kind: 'due', since: monday + 1 }]);
    expect(second).not.toHaveProperty('next');
  });

  it('a list of what bears a code reads as much for what is not there as for what is there', async () => {
    const entry = freshEntry();
    await dynamoRegister(tables.client, { book: 'Book', people: 'People' }).open(entry);
    const asked: string[] = [];
    const counting = await tables.between((operation, call) => {
      asked.push(operation);
      return call;
    });
    const lists = dynamoLists(counting, 'Book');
    await lists.bearing({ trackingCode: entry.step.dossier.trackingCode });
    const there = asked.splice(0);
    expect(there).toEqual(['GetItem', 'GetItem']);
    await lists.bearing({ trackingCode: '000000000000' });
    expect(asked.splice(0)).toEqual(there);
    await lists.bearing({ itemCode: 'RA000000000VN' });
    expect(asked).toEqual(there);
  });
});
