import { S3Client, DeleteObjectCommand, ListObjectVersionsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { s3Seals } from '../../adapters/s3/seals.ts';
import { dayOf, instantAt, localDay } from '../../domain/calendar/local-time.ts';
import { daysAfter } from '../../domain/seal.ts';
import { verifyArchive } from '../../local/ops/verify-archive.ts';
import { aTown } from './a-town.ts';
import { open, walkTo } from './roads.ts';
import { clerk, officer, type Town } from './town.ts';

// Holds ADR 0041.
describe('the daily seal', () => {
  let town: Town;
  aTown((booted) => {
    town = booted;
  });

  it('the daily seal is made by itself at ten past midnight, holds each day’s arrivals, and proves them in an archive', async () => {
    const options = { endpoint: town.awsUrl, region: 'ap-southeast-1', credentials: town.accessKey };
    const s3 = new S3Client({ ...options, forcePathStyle: true });
    const seals = s3Seals(s3, town.seals);

    const [one, other] = [await open(town, 'counter'), await open(town, 'counter')];
    const { dossierId } = one.dossier;
    await walkTo(town, one, 'Collected');
    const first = localDay(town.clock.now());
    const midnight = instantAt(dayOf(town.clock.now()) + 1, 0);
    await town.clock.jumpTo(midnight - 30_000);
    await town.as(officer).record(dossierId, {
      eventId: 'told-at-midnight-1',
      type: 'CitizenTold',
      occurredAt: new Date(town.clock.now()).toISOString(),
      details: { told: 'supplement', channel: 'phone' },
    });
    await town.clock.jumpTo(midnight + 9 * 60_000);
    expect(await seals.newest()).toBeUndefined();
    await town.clock.jumpTo(midnight + 11 * 60_000);
    const sealed = await seals.newest();
    expect(sealed).toMatchObject({ day: first, dossiers: 2 });
    const client = new DynamoDBClient(options);
    const { Count } = await client.send(
      new QueryCommand({
        TableName: town.book,
        IndexName: 'arrivals',
        KeyConditionExpression: 'arrived = :day',
        ExpressionAttributeValues: { ':day': { S: first } },
      }),
    );
    const events = await town.as(clerk).timeline(dossierId);
    const arrivedFirst = 'items' in events ? events.items.length : 0;
    // Of the other dossier its registration alone.
    expect(Count).toBe(arrivedFirst + 1);
    expect((await seals.leaves(first)).find((leaf) => leaf.dossierId === dossierId)?.number).toBe(arrivedFirst);
    expect((await seals.leaves(first)).find((leaf) => leaf.dossierId === other.dossier.dossierId)?.number).toBe(1);

    // Three nights in one jump: those that the schedule does not ring for are made up for.
    await walkTo(town, one, 'InTransitToAgency');
    await town.clock.jumpTo(town.clock.now() + 3 * 24 * 3_600_000);
    const newest = await seals.newest();
    expect(newest?.day).toBe(daysAfter(first, 3));

    const { url } = await town.as(clerk).archive(dossierId);
    const zip = new Uint8Array(await (await fetch(url)).arrayBuffer());
    const { faults, told } = verifyArchive(zip, { day: first, seal: sealed?.digest });
    expect(faults).toEqual([]);
    expect(told.join('\n')).toContain(`${arrivedFirst} of the ${arrivedFirst} events of ${first} are sealed`);
    expect(verifyArchive(zip, { day: daysAfter(first) }).faults).toEqual([]);

    // Nobody takes a seal away, hides it or puts another in its place: not even the owner's own key.
    const Key = `seals/${first}.json`;
    const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: town.seals, Prefix: Key }));
    expect(Versions).toHaveLength(1);
    const denied = { name: 'AccessDenied' };
    await expect(s3.send(new DeleteObjectCommand({ Bucket: town.seals, Key }))).rejects.toMatchObject(denied);
    await expect(
      s3.send(new DeleteObjectCommand({ Bucket: town.seals, Key, VersionId: Versions[0]?.VersionId })),
    ).rejects.toMatchObject(denied);
    await expect(s3.send(new PutObjectCommand({ Bucket: town.seals, Key, Body: 'forged' }))).rejects.toMatchObject(
      denied,
    );
    s3.destroy();
    client.destroy();
  });
});
