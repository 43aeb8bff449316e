import { describe, expect, it } from '@jest/globals';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ApiClient } from '../../client/api-client.ts';
import { dynamoBags } from '../../adapters/dynamodb/bags.ts';
import { label, registrationAt } from './roads.ts';
import { aTown } from './a-town.ts';
import { clerk, courier, officer, type Town } from './town.ts';

type BagBody = Parameters<ApiClient['recordBag']>[0];

// Holds ADR 0024.
describe('a bag', () => {
  let town: Town;
  aTown((booted) => {
    town = booted;
  });
  const now = () => new Date(town.clock.now()).toISOString();
  const packed = async (bagCode: string, count: number) => {
    const client = town.as(clerk);
    const ids = await Promise.all(
      Array.from({ length: count }, async (_one, index) => {
        const { dossierId, charges } = await client.register(registrationAt('counter'));
        await client.record(dossierId, {
          eventId: `collected-${bagCode}-${index}`,
          type: 'Collected',
          occurredAt: now(),
          details: {
            papers: { originals: 2, copies: 1 },
            sealNumber: 'BK-0001',
            amountCollected: charges.dueAtCollection,
          },
        });
        return dossierId;
      }),
    );
    await town.settled();
    await town.clock.jumpTo(town.clock.now() + 60_000);
    const body: BagBody = {
      bagCode,
      eventId: `packed-${bagCode}`,
      type: 'Dispatched',
      occurredAt: now(),
      items: ids.map((dossierId) => ({ dossierId, details: { itemCode: label() } })),
    };
    const answer = await town.as(clerk).recordBag(body);
    await town.settled();
    return { ids, body, answer };
  };
  const placeOf = async (dossierId: string) => (await town.as(clerk).read(dossierId)).place.name;

  it('a bag of fifty is handed over with one scan: offered by the courier, confirmed by the officer, but for what was not in it', async () => {
    const { ids, answer } = await packed('TUI-BK-0001', 50);
    expect(answer).toMatchObject({ finished: true });
    expect(new Set(answer.items.map(({ status }) => status))).toEqual(new Set([201]));
    const offer = await town.as(courier).recordBag({
      bagCode: 'TUI-BK-0001',
      eventId: 'offered-0001',
      type: 'HandoverOffered',
      occurredAt: now(),
      whole: true,
    });
    expect(offer.items).toHaveLength(50);
    const [missing = '', damaged = ''] = ids;
    const handed: BagBody = {
      bagCode: 'TUI-BK-0001',
      eventId: 'handed-0001',
      type: 'HandedToAgency',
      occurredAt: now(),
      whole: true,
      details: { resultDueAt: new Date(town.clock.now() + 9 * 86_400_000).toISOString() },
      items: [
        { dossierId: missing, type: 'HandoverDisputed', details: { reason: 'not-found-in-bag' } },
        { dossierId: damaged, details: { sealIntact: false } },
      ],
    };
    const confirmed = await town.as(officer).recordBag(handed);
    await town.settled();
    const outcomes = confirmed.items.map(({ recorded, problem }) => recorded?.outcome ?? problem?.code);
    expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(49);
    expect(outcomes.filter((outcome) => outcome === 'disputed')).toHaveLength(1);
    expect(await placeOf(missing)).toBe('HandoverDisputed');
    const [, , third = ''] = ids;
    expect(await placeOf(third)).toBe('AtAgency');
    const { chain } = await town.as(officer).custody(third);
    expect(chain.at(-1)).toMatchObject({ type: 'HandedToAgency', signed: 'both' });
    // Said again, every dossier counts once.
    const again = await town.as(officer).recordBag(handed);
    expect(new Set(again.items.map(({ status }) => status))).toEqual(new Set([200]));
  });

  it('a bag whose fact was kept when the process died is finished by the sweep', async () => {
    const { ids } = await packed('TUI-BK-0002', 3);
    const client = new DynamoDBClient({ endpoint: town.awsUrl, region: 'ap-southeast-1', credentials: town.accessKey });
    const bags = dynamoBags(DynamoDBDocumentClient.from(client), town.book);
    const at = town.clock.now();
    const fact = {
      bagCode: 'TUI-BK-0002',
      eventId: 'handed-0002',
      type: 'HandedToAgency',
      occurredAt: at,
      keptAt: at,
      by: { ...officer, unit: officer.unit ?? '', person: 'chị-một-cửa' },
      details: { resultDueAt: at + 9 * 86_400_000 },
      lines: ids.map((dossierId) => ({ dossierId })),
    } as const;
    expect(await bags.keep(fact, at + 60_000)).toBe('kept');
    expect(await bags.keep(fact, at + 60_000)).toBe('known');
    await town.clock.jumpTo(at + 20 * 60_000);
    await town.settled();
    expect(await Promise.all(ids.map(placeOf))).toEqual(['AtAgency', 'AtAgency', 'AtAgency']);
    // It is due no more: another sweep finds nothing to do.
    const timelines = async () =>
      Promise.all(ids.map(async (id) => (await town.as(clerk).read(id)).timeline.map(({ type }) => type)));
    const before = await timelines();
    await town.clock.jumpTo(at + 60 * 60_000);
    await town.settled();
    expect(await timelines()).toEqual(before);
    client.destroy();
  });

  it('a bag tells a stranger nothing, not even that there is one', async () => {
    await packed('TUI-BK-0003', 2);
    const stranger = { role: 'courier', unit: 'PO-CHORA' } as const;
    const ask = (bagCode: string) => ({
      bagCode,
      eventId: `stranger-${bagCode}`,
      type: 'Scanned' as const,
      occurredAt: now(),
      details: { postOfficeId: 'PO-CHORA' },
      whole: true,
    });
    for (const bagCode of ['TUI-BK-0003', 'TUI-NOBODY'])
      await expect(town.as(stranger).recordBag(ask(bagCode))).rejects.toMatchObject({
        status: 404,
        code: 'UnknownBag',
      });
    // Nor does he take out of it what is in it by saying that something else is.
    await town.as(stranger).recordBag({
      bagCode: 'TUI-BK-0003',
      eventId: 'stranger-packs',
      type: 'Dispatched',
      occurredAt: now(),
      items: [{ dossierId: 'd-00000000', details: { itemCode: label() } }],
    });
    const whole = { ...ask('TUI-BK-0003'), eventId: 'courier-scans', details: { postOfficeId: 'PO-BACKAN' } };
    expect((await town.as(courier).recordBag(whole)).items).toHaveLength(2);
  });
});
