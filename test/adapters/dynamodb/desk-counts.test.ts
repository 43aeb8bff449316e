import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { dynamoDeskCounter } from '../../../adapters/dynamodb/desk-counts.ts';
import { matterKinds } from '../../../domain/journey/matters.ts';
import { deskPlaces } from '../../../domain/journey/acting-unit.ts';
import { hour, monday } from '../../domain/journey/town.ts';
import { freshOffice } from '../../doubles/lists.suite.ts';
import { startTables, type Tables } from './tables.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(async () => tables.close());

let rows = 0;
/** A row of the index, with as many bytes more as wanted. */
function row(desk: string, urgentAt: number, officialCode = 'H15'): Record<string, unknown> {
  const pk = `DOSSIER#d-counts-${(rows += 1)}`;
  return { pk, sk: 'HEAD', desk, urgentAt: new Date(urgentAt).toISOString(), officialCode };
}
async function put(Item: Record<string, unknown>): Promise<void> {
  await tables.client.send(new PutCommand({ TableName: 'Book', Item }));
}

// Holds ADR 0035.
describe('the counts of a desk on DynamoDB', () => {
  const counter = () => dynamoDeskCounter(tables.client, 'Book');
  const count = async (unit: string) => counter().count(unit, deskPlaces(unit), matterKinds, monday);

  it('the counts of a desk on DynamoDB are of each place and kind, and of what is overdue', async () => {
    const unit = freshOffice();
    for (const [what, hours] of [
      ['Collected', -1],
      ['Collected', 0],
      ['Collected', 1],
      ['OutForDelivery', 1],
      ['dispute', -1],
    ] as const)
      await put(row(`${unit}#${what}`, monday + hours * hour));
    expect(await count(unit)).toEqual({
      countedAt: monday,
      waiting: [
        { what: 'Collected', total: 3, overdue: 1 },
        { what: 'OutForDelivery', total: 1, overdue: 0 },
      ],
      unsettled: [{ what: 'dispute', total: 1, overdue: 1 }],
    });
    expect(await count(freshOffice())).toEqual({ countedAt: monday, waiting: [], unsettled: [] });
  });

  it('the counts of a desk on DynamoDB go over the megabyte that a page holds', async () => {
    const unit = freshOffice();
    const large = Array.from({ length: 150 }, () => row(`${unit}#Collected`, monday, 'H'.repeat(10_000)));
    await Promise.all(large.map(put));
    expect((await count(unit)).waiting).toEqual([{ what: 'Collected', total: 150, overdue: 0 }]);
  });

  it('the counts of a desk on DynamoDB are kept as they were, until they are counted anew', async () => {
    const unit = freshOffice();
    expect(await counter().kept(unit)).toBeUndefined();
    const counts = { countedAt: monday, waiting: [], unsettled: [{ what: 'dispute', total: 2, overdue: 1 }] } as const;
    expect(await counter().claim(unit, monday)).toBe(true);
    expect(await counter().kept(unit)).toBeUndefined();
    await counter().keep(unit, counts);
    expect(await counter().kept(unit)).toEqual(counts);
    const later = {
      countedAt: monday + 1,
      waiting: [{ what: 'Collected', total: 40_000, overdue: 0, isMore: true }],
      unsettled: [],
    } as const;
    await counter().keep(unit, later);
    expect(await counter().kept(unit)).toEqual(later);
  });

  it('the counts of a desk on DynamoDB are claimed by one of many, and by the next once the claim is old', async () => {
    const unit = freshOffice();
    const claims = async (now: number) =>
      (await Promise.all(Array.from({ length: 8 }, async () => counter().claim(unit, now)))).filter(Boolean).length;
    expect(await claims(monday)).toBe(1);
    expect(await claims(monday + 10_000)).toBe(0);
    expect(await claims(monday + 10_001)).toBe(1);
    expect(await counter().claim(freshOffice(), monday)).toBe(true);
  });
});
