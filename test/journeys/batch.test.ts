import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApiClient } from '../../client/api-client.ts';
import type { EventType } from '../../domain/journey/events.ts';
import type { Speaker, Traveller } from '../../local/demo/traveller.ts';
import { nextReport, open, walkTo } from './roads.ts';
import { bootTown, clerk, courier, discard, freshDataDirectory, type Town } from './town.ts';

type Items = Parameters<ApiClient['recordAll']>[0]['items'];
const hour = 3_600_000;

describe('a batch of events', () => {
  const dataDir = freshDataDirectory();
  let town: Town;
  beforeAll(async () => {
    town = await bootTown(dataDir);
  });
  afterAll(async () => {
    await town.close();
    discard(dataDir);
  });

  let told = 0;
  const item = ({ dossier }: Traveller, type: EventType, at: number, details: Items[number]['details'] = {}) => ({
    dossierId: dossier.dossierId,
    eventId: `batch-${String((told += 1)).padStart(6, '0')}`,
    type,
    occurredAt: new Date(at).toISOString(),
    details,
  });
  const send = async (by: Speaker, items: Items) => {
    const answer = await town.as(by).recordAll({ items });
    await town.settled();
    return answer.items;
  };
  const failed = { reason: 'receiver-absent', solution: 'hold' } as const;
  const delivery = (traveller: Traveller) => nextReport(traveller, 'OutForDelivery').details;

  it('a batch of five dossiers, each in reverse and all of them mixed, is taken in as it happened', async () => {
    const travellers = await Promise.all(Array.from({ length: 5 }, async () => open(town, 'counter')));
    for (const traveller of travellers) await walkTo(town, traveller, 'ResultInTransit');
    const start = town.clock.now();
    await town.clock.jumpTo(start + 8 * hour);
    const roads = travellers.map((traveller) => [
      item(traveller, 'Delivered', start + 5 * hour, delivery(traveller)),
      item(traveller, 'Scanned', start + 4 * hour, { postOfficeId: 'PO-BACKAN' }),
      item(traveller, 'OutForDelivery', start + 3 * hour),
    ]);
    const mixed = [0, 1, 2].flatMap((step) => roads.flatMap((road) => road[step] ?? []));
    const answers = await send(courier, mixed);
    expect(answers.map(({ status }) => status)).toEqual(mixed.map(() => 201));
    expect(answers.map(({ eventId }) => eventId)).toEqual(mixed.map(({ eventId }) => eventId));
    for (const { dossier } of travellers) {
      const seen = await town.as(clerk).read(dossier.dossierId);
      expect(seen).toMatchObject({ place: { name: 'Delivered' }, matters: [] });
      expect(seen.timeline.slice(-3).map(({ type }) => type)).toEqual(['OutForDelivery', 'Scanned', 'Delivered']);
      expect((await town.execution(dossier.dossierId)).status).toBe('SUCCEEDED');
    }
    // The phone did not hear the answer, and sends all of it again.
    const again = await send(courier, mixed);
    expect(again.map(({ status }) => status)).toEqual(mixed.map(() => 200));
  });

  it('a batch has its bad items answered one by one, and the good ones stored', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'ResultInTransit');
    const now = traveller.now();
    const out = item(traveller, 'OutForDelivery', now);
    const unreadable = { ...item(traveller, 'Scanned', now), occurredAt: 'yesterday' };
    const foreign = {
      ...item(traveller, 'Scanned', now, { postOfficeId: 'PO-BACKAN' }),
      dossierId: 'd-of-nobody-at-all',
    };
    const unlisted = item(traveller, 'ResultAnnounced', now);
    const silent = item(traveller, 'DeliveryFailed', now + 1);
    const used = { ...item(traveller, 'DeliveryFailed', now + 2, failed), eventId: out.eventId };
    const answers = await send(courier, [unreadable, foreign, unlisted, silent, out, used]);
    expect(
      answers.map(({ status, recorded, problem }) => [status, problem?.code ?? recorded?.outcome, problem?.retryable]),
    ).toEqual([
      [400, 'InvalidRequest', false],
      [404, 'UnknownDossier', false],
      [409, 'NoSuchStep', false],
      [422, 'ProofMissing', false],
      [201, 'stored', undefined],
      [409, 'EventIdReused', false],
    ]);
    expect(answers[0]?.problem?.errors).toMatchObject([{ pointer: '/body/items/0/occurredAt' }]);
    expect(answers[2]?.problem).toMatchObject({ place: { name: 'OutForDelivery' } });
    expect((await town.as(clerk).read(traveller.dossier.dossierId)).place.name).toBe('OutForDelivery');
  });

  it('a batch takes five hundred items of any dossiers, and not one more', async () => {
    const travellers = await Promise.all(Array.from({ length: 10 }, async () => open(town, 'counter')));
    const scans = (count: number) =>
      Array.from({ length: count }, (_item, index) => {
        const traveller = travellers[index % travellers.length];
        if (traveller === undefined) throw new Error('nobody travels');
        return item(traveller, 'Scanned', traveller.now(), { postOfficeId: 'PO-BACKAN' });
      });
    const items = scans(500);
    const first = await send(clerk, items);
    // On a slow machine the time of the batch is over first: what was not reached is sent again, as a phone does.
    const left = items.filter((_item, index) => first[index]?.problem?.code === 'NotReached');
    const answers = [
      ...first.filter(({ problem }) => problem?.code !== 'NotReached'),
      ...(left.length > 0 ? await send(clerk, left) : []),
    ];
    expect(answers.map(({ status }) => status)).toEqual(items.map(() => 201));
    await expect(send(clerk, scans(501))).rejects.toMatchObject({ status: 400, code: 'InvalidRequest' });
  });
});
