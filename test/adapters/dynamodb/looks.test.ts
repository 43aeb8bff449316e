import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { dynamoLooks } from '../../../adapters/dynamodb/looks.ts';
import { keepsLooks, lookAt } from '../../doubles/looks.suite.ts';
import { startTables, type Tables } from './tables.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(async () => tables.close());

keepsLooks('in a table', () => dynamoLooks(tables.client, 'Looks'));

it('a look says who and what, goes after five years by itself, and names nobody who was looked at', async () => {
  await dynamoLooks(tables.client, 'Looks').note(lookAt('d-looks-4', 0));
  const items = await tables.everything('Looks');
  const { expiresAt, ...item } = items.find(({ dossierId }) => dossierId === 'd-looks-4') ?? {};
  expect(item).toEqual({
    pk: 'DOSSIER#d-looks-4',
    sk: 'LOOK#2026-03-02T01:00:00.000Z#request-0',
    dossierId: 'd-looks-4',
    by: { role: 'clerk', unit: 'PO-BACKAN', person: 'sub-1' },
    at: '2026-03-02T01:00:00.000Z',
    requestId: 'request-0',
    saw: { fields: ['fullName', 'phone'] },
  });
  expect(new Date(Number(expiresAt) * 1000).toISOString()).toBe('2031-03-06T01:00:00.000Z');
});
