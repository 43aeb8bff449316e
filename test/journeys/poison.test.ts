import { afterAll, describe, expect, it } from '@jest/globals';
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as z from 'zod';
import type { Traveller } from '../../local/demo/traveller.ts';
import { open, setPlace, walkTo } from './roads.ts';
import { aTown } from './a-town.ts';
import { clerk, type Town } from './town.ts';

describe('a dossier that cannot be read', () => {
  let town: Town;
  let dynamodb: DynamoDBClient;
  let sqs: SQSClient;
  let poisoned: Traveller;
  aTown(async (booted) => {
    town = booted;
    const options = { endpoint: town.awsUrl, region: 'ap-southeast-1', credentials: town.accessKey };
    [dynamodb, sqs] = [new DynamoDBClient(options), new SQSClient(options)];
  });
  afterAll(() => {
    dynamodb.destroy();
    sqs.destroy();
  });

  it('a dossier that cannot be read is refused by name, lies by name in the dead-letter queue, and holds up no other dossier', async () => {
    poisoned = await open(town, 'counter');
    const healthy = await open(town, 'counter');
    const { dossierId } = poisoned.dossier;
    await setPlace(dynamodb, town.book, dossierId, 'Teleported');
    for (const ask of [
      async () => town.as(clerk).read(dossierId),
      async () => town.as(clerk).track(poisoned.dossier.trackingCode),
      async () =>
        town.as(clerk).record(dossierId, {
          eventId: 'scan-0001',
          type: 'Scanned',
          occurredAt: new Date(town.clock.now()).toISOString(),
          details: { postOfficeId: 'PO-BACKAN' },
        }),
    ])
      await expect(ask()).rejects.toMatchObject({ status: 503, code: 'DossierUnreadable' });

    // Whoever leads the executions has to look at its head, because none waits.
    await dynamodb.send(
      new UpdateItemCommand({
        TableName: town.book,
        Key: { pk: { S: `DOSSIER#${dossierId}` }, sk: { S: 'WAIT' } },
        UpdateExpression: 'REMOVE taskToken',
      }),
    );
    await walkTo(town, healthy, 'InTransitToAgency');
    expect((await town.execution(healthy.dossier.dossierId)).states.at(-1)).toBe('InTransitToAgency');
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: town.deadLetters, MaxNumberOfMessages: 10 }),
    );
    expect(Messages.map(({ Body = '' }): unknown => JSON.parse(Body))).toContainEqual({
      dossierId,
      reason: 'UnreadableItem',
    });
  });

  const command = async (name: string, ...flags: readonly string[]) => {
    const where = ['--endpoint', town.awsUrl, '--data', town.dataDir];
    const child = spawn(process.execPath, ['--no-warnings', `local/ops/${name}.ts`, ...where, ...flags]);
    let said = '';
    for (const output of [child.stdout, child.stderr])
      output.setEncoding('utf8').on('data', (text: string) => (said += text));
    const [code] = z.tuple([z.int(), z.unknown()]).parse(await once(child, 'exit'));
    return { code, said };
  };

  it('a dossier that cannot be read is named by the replay before a deployment, which then ends with a fault', async () => {
    const { code, said } = await command('replay');
    expect([code, said]).toEqual([1, expect.stringMatching(/1 would be stuck:\n +d-\w+ in unreadable: .*place/)]);
    expect(said).toMatch(/InTransitToAgency +1 +0 +0/);
  });

  it('a dossier that was mended is led on by one command, whatever the age of its letters', async () => {
    const { dossierId } = poisoned.dossier;
    await setPlace(dynamodb, town.book, dossierId, 'Registered');
    await town.clock.jumpTo(town.clock.now() + 2 * 86_400_000);
    const { code, said } = await command('redrive');
    expect([code, said]).toEqual([0, expect.stringMatching(/^\d+ letters; 1 dossiers are led on from the book\.$/m)]);
    await town.settled();
    const newest = await town.execution(dossierId, 2);
    expect(newest).toMatchObject({ status: 'RUNNING', states: ['Resume', 'Registered'] });
    expect((await command('redrive')).said).toMatch(/^0 letters/);
    expect(await command('replay')).toMatchObject({ code: 0, said: expect.stringContaining('Nobody would be stuck.') });
  });
});
