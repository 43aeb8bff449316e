import { beforeAll, describe, expect, it } from '@jest/globals';
import type { EventBody } from '../../client/api-client.ts';
import type { Traveller } from '../../local/demo/traveller.ts';
import { nextReport, open, walkTo } from './roads.ts';
import { aTown } from './a-town.ts';
import { clerk, portal, type Town } from './town.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A phone's claim beside the server's time, what is made of it, and how it is shown. */
interface Claim {
  readonly says: string;
  /** From the server's time as it is told; `0` is 1970. */
  readonly claims: (now: number, registered: number) => number;
  /** The phone's own time when it sends, where it tells. */
  readonly sentAt?: (now: number) => number;
  readonly takes: (now: number, registered: number) => number;
  readonly shows: Readonly<Record<string, unknown>>;
}

const claims: readonly Claim[] = [
  { says: 'stands in 1970', claims: () => 0, takes: (now) => now, shows: { doubt: 'before-registration' } },
  {
    says: 'stands in 2099',
    claims: () => Date.UTC(2099, 0, 1),
    takes: (now) => now,
    shows: { doubt: 'future', aheadSeconds: expect.any(Number) },
  },
  {
    says: 'was an hour before the registration',
    claims: (_now, registered) => registered - hour,
    takes: (_now, registered) => registered,
    shows: { claimedAt: expect.any(String) },
  },
  {
    says: 'is ten minutes ahead',
    claims: (now) => now + 10 * minute,
    takes: (now) => now,
    shows: { aheadSeconds: expect.any(Number) },
  },
  {
    says: 'is three days ahead, and tells by how much',
    claims: (now) => now + 3 * day - hour,
    sentAt: (now) => now + 3 * day,
    takes: (now) => now - hour,
    shows: { aheadSeconds: expect.any(Number), skewSeconds: expect.any(Number) },
  },
  {
    says: 'is a year behind, and tells by how much',
    claims: (now) => now - 365 * day - 2 * hour,
    sentAt: (now) => now - 365 * day,
    takes: (now) => now - 2 * hour,
    shows: { skewSeconds: expect.any(Number) },
  },
  { says: 'is right, two hours ago', claims: (now) => now - 2 * hour, takes: (now) => now - 2 * hour, shows: {} },
];

describe('the time that a phone tells', () => {
  let town: Town;
  aTown((booted) => {
    town = booted;
  });
  let travellers: readonly Traveller[];
  beforeAll(async () => {
    travellers = await Promise.all(claims.map(async () => open(town, 'counter')));
    await travellers[0]?.later(5 * 60);
  });

  const flags = ['claimedAt', 'doubt', 'aheadSeconds', 'skewSeconds'] as const;

  it.each(claims.map((claim, index) => ({ ...claim, index })))(
    'the time that a phone tells when it $says is a claim: a plausible one is taken, and what was said is kept',
    async ({ index, claims: claimed, sentAt, takes, shows }) => {
      const traveller = travellers[index];
      if (traveller === undefined) throw new Error('one was opened for each');
      const { dossierId, trackingCode } = traveller.dossier;
      const registered = Date.parse((await town.as(clerk).read(dossierId)).timeline[0]?.occurredAt ?? '');
      const { type, details } = nextReport(traveller, 'Registered');
      const now = traveller.now();
      const body: EventBody = {
        eventId: `phone-says-${String(index).padStart(4, '0')}`,
        type,
        details,
        occurredAt: new Date(claimed(now, registered)).toISOString(),
        ...(sentAt === undefined ? {} : { sentAt: new Date(sentAt(now)).toISOString() }),
      };
      const { event } = await town.as(clerk).record(dossierId, body);
      await town.settled();
      // The server's clock went on for a moment, and skew is known to the second.
      expect(Math.abs(Date.parse(event.occurredAt) - takes(now, registered))).toBeLessThan(30_000);
      expect(event).toMatchObject(shows);
      const shown = flags.filter((flag) => flag in event && flag !== 'claimedAt');
      expect(shown).toEqual(flags.filter((flag) => flag in shows && flag !== 'claimedAt'));
      if (Object.keys(shows).length > 0) expect(event.claimedAt).toBe(body.occurredAt);

      const { stages } = await town.as(portal).track(trackingCode);
      expect(stages).toHaveLength(2);
      if ('doubt' in shows) expect(stages[1]).not.toHaveProperty('at');
      else expect(stages[1]?.at).toBe(event.occurredAt);

      await walkTo(town, traveller, 'InTransitToAgency');
    },
  );

  it('the time that a phone tells is corrected by what it said of its clock the last time', async () => {
    const traveller = await open(town, 'counter');
    const { dossierId } = traveller.dossier;
    const device = (sequence: number) => ({ id: 'phone-of-the-clerk', sequence });
    const scan = { type: 'Scanned', details: { postOfficeId: 'PO-BACKAN' } } as const;
    const at = (ms: number) => new Date(ms).toISOString();
    await traveller.later(60);
    const now = traveller.now();
    const ahead = { occurredAt: at(now + 2 * hour), sentAt: at(now + 2 * hour) };
    await town.as(clerk).record(dossierId, { eventId: 'clock-told-1', device: device(1), ...ahead, ...scan });
    await traveller.later(60);
    const { event } = await town
      .as(clerk)
      .record(dossierId, { eventId: 'clock-told-2', device: device(2), occurredAt: at(now + 150 * minute), ...scan });
    expect(event.skewSeconds).toBeGreaterThan(7200 - 30);
    expect(Math.abs(Date.parse(event.occurredAt) - (now + 30 * minute))).toBeLessThan(30_000);
    expect(event.claimedAt).toBe(at(now + 150 * minute));
  });

  it.each([
    'yesterday',
    '2026-02-30T08:00:00Z',
    '2026-03-02T08:00:00',
    '+012026-03-02T08:00:00Z',
    '2026-03-02T25:00:00Z',
  ])(
    'the time that a phone tells has to be one, not %s: it is refused by its field, and nothing is written',
    async (occurredAt) => {
      const traveller = await open(town, 'counter');
      const { type, details } = nextReport(traveller, 'Registered');
      const sent = town
        .as(clerk)
        .record(traveller.dossier.dossierId, { eventId: 'phone-says-nothing', type, details, occurredAt });
      await expect(sent).rejects.toMatchObject({
        status: 400,
        code: 'InvalidRequest',
        problem: { errors: [{ pointer: '/body/occurredAt' }] },
      });
      expect((await town.as(clerk).read(traveller.dossier.dossierId)).version).toBe(1);
    },
  );
});
