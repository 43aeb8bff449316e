import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { headsOf } from '../../../adapters/dynamodb/heads.ts';
import { headItem } from '../../../adapters/dynamodb/items.ts';
import { dossierKey, head } from '../../../adapters/dynamodb/keys.ts';
import { dossierAt } from '../../domain/journey/town.ts';
import { startTables, type Tables } from './tables.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(async () => tables.close());

describe('a list of heads', () => {
  it('a list of heads asks again for what DynamoDB has left undone, and gives up in the end', async () => {
    const dossier = dossierAt('Collected', { dossierId: 'd-lists-undone' });
    const key = { pk: dossierKey(dossier.dossierId), sk: head };
    await tables.client.send(new PutCommand({ TableName: 'Book', Item: { ...key, ...z.encode(headItem, dossier) } }));
    const pauses: number[] = [];
    const pause = async (tries: number) => void pauses.push(tries);
    const undone = { $metadata: {}, Responses: {}, UnprocessedKeys: { Book: { Keys: [key] } } };
    const busy = (often: number) => {
      const client = tables.another();
      let left = often;
      client.middlewareStack.add(
        (send) => async (args) => {
          left -= 1;
          return left < 0 ? send(args) : { output: undone, response: {} };
        },
        { step: 'initialize', priority: 'high' },
      );
      return client;
    };
    expect(await headsOf(busy(3), 'Book', [dossier.dossierId], pause)).toEqual({ dossiers: [dossier], unreadable: [] });
    expect(pauses).toEqual([2, 3, 4]);
    await expect(headsOf(busy(99), 'Book', [dossier.dossierId], pause)).rejects.toThrow('left unread');
  });
});
