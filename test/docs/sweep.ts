/**
 * `npm run bench:sweep [-- --open 100,100000]`: what a sweep that finds nothing reads of the book with so many open
 * dossiers, and how long the local cloud takes for a jump of 30 days while the schedule runs.
 */
import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { dynamoDue } from '../../adapters/dynamodb/due.ts';
import { headKeys } from '../../adapters/dynamodb/indexes.ts';
import { headItem } from '../../adapters/dynamodb/items.ts';
import { dossierKey, head } from '../../adapters/dynamodb/keys.ts';
import { isUnreadable } from '../../adapters/dynamodb/unreadable.ts';
import first from '../../examples/first-dossier.json' with { type: 'json' };
import { sweepDue } from '../../lambdas/sweep-due/sweep-due.ts';
import { opening } from '../domain/journey/town.ts';
import { startTables } from '../adapters/dynamodb/tables.ts';
import { metered } from './metered.ts';
import { withThrowAwayCloud } from '../../local/demo/throw-away-cloud.ts';

const { values } = parseArgs({ options: { open: { type: 'string', default: '100,100000' } } });
const { dossier } = opening('counter');

/** Open dossiers, none of them due. */
async function fill(client: DynamoDBDocumentClient, from: number, end: number): Promise<void> {
  for (let start = from; start < end; start += 25) {
    const puts = Array.from({ length: Math.min(25, end - start) }, (_none, index) => {
      const one = { ...dossier, dossierId: `d-bench-${start + index}` };
      const Item = { pk: dossierKey(one.dossierId), sk: head, ...headKeys(one), ...z.encode(headItem, one) };
      return { PutRequest: { Item } };
    });
    await client.send(new BatchWriteCommand({ RequestItems: { Book: puts } }));
  }
}

const tables = await startTables();
try {
  const client = tables.another();
  const meter = metered(client);
  const sweep = sweepDue(
    dynamoDue(client, 'Book'),
    isUnreadable,
    () => dossier.since,
    async () => undefined,
  );
  let there = 0;
  for (const wanted of values.open.split(',').map(Number)) {
    await fill(tables.client, there, wanted);
    there = wanted;
    meter.read = 0;
    const { rung, renewed, standing } = await sweep();
    console.log(
      `${wanted} open dossiers: a sweep rang ${rung}, renewed ${renewed}, found ${standing}, read ${meter.read} units`,
    );
  }
} finally {
  await tables.close();
}

await withThrowAwayCloud(
  () => console.error('Building the template and the functions …'),
  async ({ as, clock, settled }) => {
    for (let n = 0; n < 5; n += 1)
      await as({ role: 'clerk', unit: 'PO-BACKAN' }).register({ ...first, frontDoor: 'counter' }, `bench-sweep-${n}`);
    await settled();
    const started = performance.now();
    await clock.jumpTo(clock.now() + 30 * 86_400_000);
    console.log(`a jump of 30 days over 5 open dossiers: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  },
);
