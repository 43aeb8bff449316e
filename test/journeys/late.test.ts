import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventBody } from '../../client/api-client.ts';
import type { EventType } from '../../domain/journey/events.ts';
import type { Place } from '../../domain/journey/places.ts';
import type { Speaker, Traveller } from '../../local/demo/traveller.ts';
import { dueOf, nextReport, open, placeOf, walkTo } from './roads.ts';
import {
  bootTown,
  clerk,
  courier,
  discard,
  freshDataDirectory,
  officer,
  portal,
  supervisor,
  type Town,
} from './town.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

// Holds ADR 0020.
describe('what couriers tell days late', () => {
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
  /** Something that happened then, as it will be sent. */
  const saying = (type: EventType, occurredAt: number, details: EventBody['details'] = {}): EventBody => ({
    eventId: `told-late-${String((told += 1)).padStart(4, '0')}`,
    type,
    occurredAt: new Date(occurredAt).toISOString(),
    details,
  });
  const send = async (by: Speaker, { dossier: { dossierId } }: Traveller, body: EventBody) => {
    const answer = await town.as(by).record(dossierId, body);
    await town.settled();
    return answer;
  };
  /** What somebody has to settle, but for the terms that run. */
  const toSettle = async (traveller: Traveller) =>
    (await read(traveller)).matters.filter(({ kind }) => !kind.endsWith('-leg'));
  const read = async ({ dossier: { dossierId } }: Traveller) => town.as(clerk).read(dossierId);
  const typesOf = async (traveller: Traveller) =>
    (await read(traveller)).timeline.filter(({ standing }) => standing === 'stands').map(({ type }) => type);
  const stateOf = async ({ dossier: { dossierId } }: Traveller, generation: number) => {
    const { status, states } = await town.execution(dossierId, generation);
    return [status, states.at(-1)];
  };
  /** Everything that the next step demands, as it happened then. */
  const happened = (traveller: Traveller, from: Place, occurredAt: number): EventBody => {
    const { type, details } = nextReport(traveller, from);
    return saying(type, occurredAt, details);
  };

  it('the papers that were collected a day before a registration lapsed are collected, however late that is told: the lapse is lifted, and the execution waits where they are', async () => {
    const traveller = await open(town, 'counter');
    const registered = traveller.now();
    await traveller.until((await dueOf(town, traveller)) + minute);
    expect(await placeOf(town, traveller)).toBe('Cancelled');
    const answer = await send(clerk, traveller, happened(traveller, 'Registered', registered + 6 * day));
    expect(answer).toMatchObject({
      outcome: 'stored',
      place: { name: 'Collected' },
      event: { number: 3, placeAfter: 'Collected', judgedAnew: [{ number: 2, standing: 'lifted' }] },
    });
    expect(await typesOf(traveller)).toEqual(['DossierRegistered', 'Collected']);
    expect((await read(traveller)).timeline.find(({ type }) => type === 'RegistrationLapsed')).toMatchObject({
      standing: 'lifted',
      number: 2,
    });
    expect(await stateOf(traveller, 2)).toEqual(['RUNNING', 'Collected']);
    await walkTo(town, traveller, 'Delivered');
    expect(await stateOf(traveller, 2)).toEqual(['SUCCEEDED', 'Delivered']);
  });

  it('a result that was handed out ten minutes before its hold ended is delivered, though that is told five minutes after', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'OutForDelivery');
    await send(
      courier,
      traveller,
      saying('DeliveryFailed', traveller.now(), { reason: 'receiver-absent', solution: 'hold' }),
    );
    await traveller.report(clerk, 'Invited', { channel: 'phone' });
    await traveller.later((6 * day) / minute);
    await traveller.report(clerk, 'Invited', { channel: 'letter' });
    const ends = Date.parse((await read(traveller)).dueAt ?? '');
    await traveller.until(ends + 5 * minute);
    expect(await placeOf(town, traveller)).toBe('ReturningToAgency');
    const answer = await send(clerk, traveller, happened(traveller, 'HeldAtPostOffice', ends - 10 * minute));
    expect(answer).toMatchObject({ outcome: 'stored', place: { name: 'Delivered' } });
    expect(await typesOf(traveller)).not.toContain('HoldExpired');
  });

  it('five events of two days that are uploaded in reverse end as if they had come in order', async () => {
    const [inOrder, reversed] = [await open(town, 'counter'), await open(town, 'counter')];
    const start = inOrder.now();
    await walkTo(town, inOrder, 'ResultInTransit');
    await walkTo(town, reversed, 'ResultInTransit');
    const day1 = Math.max(inOrder.now(), start + day);
    await inOrder.until(day1 + 2 * day);
    const road: EventBody[] = [
      saying('OutForDelivery', day1 + hour),
      saying('DeliveryFailed', day1 + 2 * hour, {
        reason: 'receiver-absent',
        solution: 'redeliver',
        nextAttemptAt: new Date(day1 + day).toISOString(),
      }),
      saying('OutForDelivery', day1 + day),
      saying('DeliveryFailed', day1 + day + hour, {
        reason: 'receiver-absent',
        solution: 'redeliver',
        nextAttemptAt: new Date(day1 + 2 * day).toISOString(),
      }),
      saying('OutForDelivery', day1 + day + 3 * hour),
    ];
    for (const body of road) await send(courier, inOrder, body);
    const outcomes: string[] = [];
    for (const body of road.toReversed()) outcomes.push((await send(courier, reversed, body)).outcome);
    expect(outcomes).toEqual(['stored', 'parked', 'stored', 'parked', 'stored']);
    const [one, other] = [await read(inOrder), await read(reversed)];
    expect(other).toMatchObject({ place: { name: 'OutForDelivery' }, attempts: one.attempts });
    expect(await toSettle(reversed)).toEqual([]);
    const moves = ({ timeline }: typeof one) =>
      timeline
        .filter(({ standing, type }) => standing === 'stands' && road.some((body) => body.type === type))
        .map(({ type, occurredAt, from, to }) => ({ type, occurredAt, from, to }));
    expect(moves(other)).toEqual(moves(one));
    await walkTo(town, reversed, 'Delivered');
  });

  it('five events that arrive in parallel are all stored', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'ResultReady');
    const now = traveller.now();
    await traveller.later(6 * 60);
    const road: [Speaker, EventBody][] = [
      [clerk, happened(traveller, 'ResultReady', now + hour)],
      [courier, saying('OutForDelivery', now + 2 * hour)],
      [courier, saying('DeliveryFailed', now + 3 * hour, { reason: 'receiver-absent', solution: 'hold' })],
      [clerk, happened(traveller, 'HeldAtPostOffice', now + 4 * hour)],
      [courier, saying('Scanned', now + 90 * minute, { postOfficeId: 'PO-BACKAN' })],
    ];
    await Promise.all(road.map(async ([by, body]) => town.as(by).record(traveller.dossier.dossierId, body)));
    await town.settled();
    expect((await typesOf(traveller)).slice(-5)).toEqual([
      'ResultCollected',
      'Scanned',
      'OutForDelivery',
      'DeliveryFailed',
      'Delivered',
    ]);
    expect(await read(traveller)).toMatchObject({ place: { name: 'Delivered' } });
    expect(await toSettle(traveller)).toEqual([]);
  });

  it('the scans of one dossier, twenty-five at once, are all stored, and none of them moves its version', async () => {
    const traveller = await open(town, 'counter');
    const { dossierId } = traveller.dossier;
    const scan = () => saying('Scanned', traveller.now(), { postOfficeId: 'PO-BACKAN' });
    const answers = await Promise.all(Array.from({ length: 25 }, async () => town.as(clerk).record(dossierId, scan())));
    expect(answers.map(({ outcome }) => outcome)).toEqual(answers.map(() => 'noted'));
    const { timeline, version } = await read(traveller);
    expect([timeline.filter(({ type }) => type === 'Scanned').length, version]).toEqual([25, 1]);
  });

  it('what was out for delivery and delivered yesterday leaves no breach in between when both are told today', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'ResultInTransit');
    const then = traveller.now() + hour;
    await traveller.until(then + day);
    await send(courier, traveller, saying('OutForDelivery', then));
    await traveller.later(10);
    await send(courier, traveller, happened(traveller, 'OutForDelivery', then + hour));
    const { timeline, place } = await read(traveller);
    expect(place.name).toBe('Delivered');
    expect(timeline.map(({ type }) => type)).not.toContain('DeadlinePassed');
  });

  it.each([clerk, supervisor])(
    'another amount at the door than was agreed is a delivery with a dispute, which a second person, a $role, settles',
    async (second) => {
      const traveller = await open(town, 'counter');
      await walkTo(town, traveller, 'OutForDelivery');
      const { type, details } = nextReport(traveller, 'OutForDelivery');
      const body = saying(type, traveller.now(), { ...details, amountCollected: 50_000 });
      expect(await send(courier, traveller, body)).toMatchObject({
        outcome: 'disputed',
        place: { name: 'Delivered' },
        event: { disputes: [{ field: 'amountCollected', said: '50000' }] },
      });
      const matters = await toSettle(traveller);
      expect(matters).toMatchObject([{ kind: 'dispute', eventId: body.eventId, owner: 'PO-BACKAN' }]);
      const settled = saying('MatterSettled', traveller.now(), { concerns: body.eventId, reason: 'confirmed-by-both' });
      expect(await send(second, traveller, settled)).toMatchObject({ outcome: 'stored', place: { name: 'Delivered' } });
      expect(await toSettle(traveller)).toEqual([]);
      await expect(send(clerk, traveller, { ...settled, eventId: 'settled-again-1' })).rejects.toMatchObject({
        code: 'UnknownMatter',
      });
    },
  );

  it('a delivery whose photo is still to come stands, and the photo closes what is pending', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'OutForDelivery');
    const { type, details } = nextReport(traveller, 'OutForDelivery');
    const { evidence, ...rest } = details ?? {};
    const body = saying(type, traveller.now(), rest);
    expect(await send(courier, traveller, body)).toMatchObject({
      outcome: 'stored',
      event: { proofPending: ['evidence'] },
    });
    expect(await toSettle(traveller)).toMatchObject([{ kind: 'proof-pending' }]);
    const proof = saying('ProofSupplied', traveller.now(), {
      concerns: body.eventId,
      ...(evidence ? { evidence } : {}),
    });
    await send(courier, traveller, proof);
    expect(await toSettle(traveller)).toEqual([]);
  });

  it('an event that is early is parked with what it waits for, and stands as soon as that is told', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'Collected');
    const now = traveller.now();
    await traveller.later(3 * 60);
    const handed = happened(traveller, 'InTransitToAgency', now + 2 * hour);
    expect(await send(officer, traveller, handed)).toMatchObject({
      outcome: 'parked',
      place: { name: 'Collected' },
      waitsFor: [{ name: 'InTransitToAgency' }],
    });
    expect(await toSettle(traveller)).toMatchObject([{ kind: 'parked', owner: 'PO-BACKAN' }]);
    expect(await send(clerk, traveller, happened(traveller, 'Collected', now + hour))).toMatchObject({
      place: { name: 'AtAgency' },
    });
    expect(await toSettle(traveller)).toEqual([]);
    expect(await send(officer, traveller, handed)).toMatchObject({ outcome: 'stored', firstOutcome: 'parked' });
    await walkTo(town, traveller, 'Delivered');
  });

  it('what a unit has told it may ask about again when it has lost its right meanwhile: nobody else may, and nothing new is taken', async () => {
    const traveller = await open(town, 'pickup');
    await walkTo(town, traveller, 'ResultInTransit');
    const there: Speaker = { role: 'courier', unit: 'PO-NARI' };
    await traveller.report(portal, 'Redirected', { postOfficeId: there.unit ?? '', reason: 'citizen-moved' });
    const now = traveller.now();
    await traveller.later(60);
    const seen = saying('Scanned', now, { postOfficeId: 'PO-NARI' });
    const early = happened(traveller, 'OutForDelivery', now + 30 * minute);
    expect(await send(there, traveller, seen)).toMatchObject({ outcome: 'noted' });
    expect(await send(there, traveller, early)).toMatchObject({ outcome: 'parked' });
    await traveller.report(portal, 'Redirected', { postOfficeId: 'PO-CHORA', reason: 'citizen-moved' });

    const version = (await read(traveller)).version;
    expect(await send(there, traveller, seen)).toMatchObject({ outcome: 'noted', firstOutcome: 'noted' });
    expect(await send(there, traveller, early)).toMatchObject({ outcome: 'parked', firstOutcome: 'parked' });
    await expect(send(there, traveller, { ...early, type: 'DeliveryFailed' })).rejects.toMatchObject({
      status: 409,
      code: 'EventIdReused',
    });
    for (const stranger of [
      { role: 'courier', unit: 'PO-NAPHAC' },
      { role: 'clerk', unit: 'PO-NARI' },
      { role: 'officer', unit: 'AG-PASC-BACKAN-NONE' },
    ] as const)
      for (const body of [seen, early])
        await expect(send(stranger, traveller, body)).rejects.toMatchObject({ status: 404, code: 'UnknownDossier' });
    await expect(send(there, traveller, saying('OutForDelivery', traveller.now()))).rejects.toMatchObject({
      status: 404,
      code: 'UnknownDossier',
    });
    expect((await read(traveller)).version).toBe(version);
  });

  it('an event that contradicts what is known is kept for a person, and set aside when a second one says so', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'AtAgency');
    const missing = saying('ReportedMissing', traveller.now() + minute, { reason: 'not-found-in-bag' });
    await traveller.later(5);
    expect(await send(courier, traveller, missing)).toMatchObject({ outcome: 'parked', place: { name: 'AtAgency' } });
    await send(
      clerk,
      traveller,
      saying('MatterSettled', traveller.now(), { concerns: missing.eventId, reason: 'recorded-in-error' }),
    );
    expect(await send(courier, traveller, missing)).toMatchObject({ outcome: 'set-aside', firstOutcome: 'parked' });
    await walkTo(town, traveller, 'Delivered');
  });

  it('the timeline as of an instant tells what was known then, and what was true then', async () => {
    const traveller = await open(town, 'counter');
    const { dossierId } = traveller.dossier;
    await walkTo(town, traveller, 'ResultInTransit');
    const then = traveller.now() + hour;
    await traveller.until(then + day);
    await send(courier, traveller, saying('Scanned', then, { postOfficeId: 'PO-BACKAN' }));
    await send(courier, traveller, saying('OutForDelivery', then));
    const client = town.as(clerk);
    const tellings = await client.timeline(dossierId, { asOf: new Date(then + hour).toISOString() });
    expect(tellings).toMatchObject({
      knownThen: { place: { name: 'ResultInTransit' } },
      trueThen: { place: { name: 'OutForDelivery' } },
    });
    expect(await client.timeline(dossierId, { asOf: '1999-12-31T00:00:00Z' })).toMatchObject({
      knownThen: { timeline: [] },
      trueThen: { timeline: [] },
    });
    // Page by page, nothing is there twice and nothing is missing.
    const items = new Set<string>();
    let cursor: string | undefined;
    do {
      const page = await client.timeline(dossierId, { limit: '2', cursor });
      if (!('items' in page)) throw new Error('asked for a page');
      expect(page.items.length).toBeLessThanOrEqual(2);
      for (const { eventId } of page.items) expect(items.size).toBeLessThan(items.add(eventId).size);
      cursor = page.next;
    } while (cursor !== undefined);
    const { timeline } = await client.read(dossierId);
    expect(items).toEqual(new Set(timeline.map(({ eventId }) => eventId)));
    for (const query of [{ asOf: 'yesterday' }, { limit: '0' }, { cursor: 'x' }])
      await expect(client.timeline(dossierId, query)).rejects.toMatchObject({ status: 400, code: 'InvalidRequest' });
  });

  it('what was asked for or decided and the law does not list is refused by name', async () => {
    const traveller = await open(town, 'counter');
    for (const [by, type] of [
      [clerk, 'Withdrawn'],
      [officer, 'ResultAnnounced'],
    ] as const)
      await expect(send(by, traveller, saying(type, traveller.now(), {}))).rejects.toMatchObject({
        status: 409,
        code: 'NoSuchStep',
      });
  });
});
