import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, paginateScan, PutCommand } from '@aws-sdk/lib-dynamodb';
import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import type { Place } from '../../domain/journey/places.ts';
import type { Traveller } from '../../local/demo/traveller.ts';
import { open, placeOf, walkTo } from './roads.ts';
import { bootTown, discard, freshDataDirectory, type Town } from './town.ts';

/** An item of a table, by its keys. */
const Item = z.looseObject({ pk: z.string(), sk: z.string() });

// Holds what docs/restore.md says.
describe('a book that was lost and restored', () => {
  const dataDir = freshDataDirectory();
  let town: Town;
  let client: DynamoDBClient;
  beforeAll(async () => {
    town = await bootTown(dataDir);
    client = new DynamoDBClient({ endpoint: town.awsUrl, region: 'ap-southeast-1', credentials: town.accessKey });
  });
  afterAll(async () => {
    client.destroy();
    await town.close();
    discard(dataDir);
  });

  const itemsOf = async (book: DynamoDBDocumentClient, TableName = town.book) => {
    const pages = await Array.fromAsync(paginateScan({ client: book }, { TableName }), ({ Items = [] }) => Items);
    return pages.flat().map((item) => Item.parse(item));
  };
  const command = async (name: string, ...more: string[]) => {
    const flags = ['--endpoint', town.awsUrl, '--data', dataDir, '--table', town.book];
    const child = spawn(process.execPath, ['--no-warnings', `local/ops/${name}.ts`, ...more, ...flags]);
    const [said] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    await town.settled();
    return said;
  };
  const runningOf = async (stateMachine: string, { dossier }: Traveller) => {
    const { executions = [] } = await town.stepFunctions.send(
      new ListExecutionsCommand({ stateMachineArn: stateMachine, statusFilter: 'RUNNING', maxResults: 1000 }),
    );
    return executions.filter(({ name }) => name?.startsWith(`${dossier.dossierId}-`)).length;
  };

  it('a book that was lost and restored to an earlier hour has every open dossier go on, with one execution each', async () => {
    const book = DynamoDBDocumentClient.from(client);
    const places: readonly Place[] = ['Registered', 'Collected', 'AtAgency', 'ResultInTransit', 'Delivered'];
    const travellers: Traveller[] = [];
    for (const place of places) {
      const traveller = await open(town, 'counter');
      await walkTo(town, traveller, place);
      travellers.push(traveller);
    }
    // As a recovery to a point in time gives it back: under another name, without indexes and stream.
    const restored = `${town.book}-restored`;
    await client.send(
      new CreateTableCommand({
        TableName: restored,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      }),
    );
    for (const item of await itemsOf(book)) await book.send(new PutCommand({ TableName: restored, Item: item }));
    // What happens after the copy is lost with the table; the executions have gone on.
    const further: readonly Place[] = ['Collected', 'InTransitToAgency', 'ResultReady', 'OutForDelivery', 'Delivered'];
    for (const [index, traveller] of travellers.entries()) await walkTo(town, traveller, further[index] ?? 'Delivered');
    for (const { pk, sk } of await itemsOf(book))
      await book.send(new DeleteCommand({ TableName: town.book, Key: { pk, sk } }));
    for (const item of await itemsOf(book, restored))
      await book.send(new PutCommand({ TableName: town.book, Item: item }));
    await town.settled();

    expect(await command('resume', '--every-open')).toBe('The next execution takes over for 4 open dossiers.\n');
    const [first] = travellers;
    const { arn } = await town.execution(first?.dossier.dossierId ?? '');
    const machine = arn.replace(':execution:', ':stateMachine:').replace(/:[^:]+$/, '');
    for (const [index, traveller] of travellers.entries()) {
      expect([await placeOf(town, traveller), await runningOf(machine, traveller)]).toEqual([
        places[index],
        places[index] === 'Delivered' ? 0 : 1,
      ]);
    }
    for (const traveller of travellers) await walkTo(town, traveller, 'Delivered');
    for (const traveller of travellers) expect(await runningOf(machine, traveller)).toBe(0);
    expect(await command('findings')).toBe('Nothing stands on the desk of ops.\n');
  });

  it('a dossier that is unknown, or over, is told so by whoever would resume it', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'Delivered');
    expect(await command('resume', traveller.dossier.dossierId)).toMatch(/its journey is over/);
    expect(await command('resume', 'd-of-nobody')).toBe('');
  });
});
