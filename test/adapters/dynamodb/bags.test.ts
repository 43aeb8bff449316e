import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamoBags } from '../../../adapters/dynamodb/bags.ts';
import { bagFactKey, bagKey } from '../../../adapters/dynamodb/keys.ts';
import type { BagFact, Bags } from '../../../domain/custody/bag.ts';
import { courier, hour, monday } from '../../domain/journey/town.ts';
import { startTables, type Tables } from './tables.ts';

const fact: BagFact = {
  bagCode: 'TUI-1',
  eventId: 'bag-event-1',
  type: 'HandedToAgency',
  occurredAt: monday,
  keptAt: monday + hour,
  by: courier,
  device: { id: 'phone-1', sequence: 7 },
  details: { sealIntact: true },
  lines: [
    { dossierId: 'd-1' },
    { dossierId: 'd-2', type: 'HandoverDisputed', details: { reason: 'papers-incomplete' } },
  ],
};

const Due = z.object({ due: z.string().optional(), dueAt: z.string().optional() });

describe('bags on DynamoDB', () => {
  let tables: Tables;
  let bags: Bags;
  beforeAll(async () => {
    tables = await startTables();
    bags = dynamoBags(tables.client, 'Book');
  });
  afterAll(async () => tables.close());

  /** What the sweep would find of a fact. */
  async function dueOf(eventId: string): Promise<unknown> {
    const Key = { pk: bagKey('TUI-1'), sk: bagFactKey(eventId) };
    const { Item = {} } = await tables.client.send(new GetCommand({ TableName: 'Book', Key, ConsistentRead: true }));
    const { due, dueAt } = Due.parse(Item);
    return [due, dueAt];
  }

  it('a bag has in it what was put into it last', async () => {
    expect(await bags.manifest('TUI-9')).toBeUndefined();
    await bags.pack('TUI-9', ['d-1', 'd-2']);
    await bags.pack('TUI-9', ['d-3']);
    expect(await bags.manifest('TUI-9')).toEqual(['d-3']);
    expect(await bags.manifest('TUI-8')).toBeUndefined();
  });

  it('a bag’s fact is kept once, as it was first, and is due until it is finished', async () => {
    expect(await bags.fact('TUI-1', 'bag-event-1')).toBeUndefined();
    expect(await bags.keep(fact, monday + 2 * hour)).toBe('kept');
    expect(await bags.keep({ ...fact, lines: [] }, monday + 9 * hour)).toBe('known');
    expect(await bags.fact('TUI-1', 'bag-event-1')).toEqual(fact);
    expect(await dueOf('bag-event-1')).toEqual(['DUE', new Date(monday + 2 * hour).toISOString()]);
    await bags.finish('TUI-1', 'bag-event-1');
    expect(await dueOf('bag-event-1')).toEqual([undefined, undefined]);
    expect(await bags.fact('TUI-1', 'bag-event-1')).toEqual(fact);
  });

  it('a bag’s fact that was never kept is not finished, and none is kept where the table is not', async () => {
    await expect(bags.finish('TUI-1', 'bag-event-9')).rejects.toThrow('conditional request failed');
    await expect(dynamoBags(tables.client, 'Nowhere').keep(fact, monday)).rejects.toThrow();
  });
});
