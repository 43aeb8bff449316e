import { describe, expect, it } from '@jest/globals';
import { decide } from '../../../domain/journey/decide.ts';
import type { Dossier } from '../../../domain/journey/dossier.ts';
import type { Details, EventType } from '../../../domain/journey/events.ts';
import { rules } from '../../../domain/journey/rules.ts';
import { sameReport } from '../../../domain/journey/same-report.ts';
import { clerk, courier, day, dossierAt, hour, label, monday, officer, proofsOf, report } from './town.ts';
import type { Party } from '../../../domain/journey/dossier.ts';

function told(dossier: Dossier, by: Party, type: EventType, change: Details = {}, receivedAt = monday + hour): unknown {
  const rule = rules.find(({ from, on }) => from === dossier.place && on === type);
  if (!rule) throw new Error('no such rule');
  const decision = decide(dossier, report(by, type, { ...proofsOf(rule, dossier, monday), ...change }), receivedAt);
  if (!decision.ok) return decision.refusal;
  const { event, matters } = decision.value;
  // A difference is settled by somebody: it stands on a desk until then.
  expect(matters.opened.some(({ kind }) => kind === 'dispute')).toBe(event.disputes !== undefined);
  return event.disputes ?? 'granted';
}

describe('what was counted must be what the book knows', () => {
  const registered = dossierAt('Registered');
  const onTheWay = dossierAt('InTransitToAgency');
  const atTheDoor = dossierAt('OutForDelivery', { charges: { ...registered.charges, dueOnDelivery: 26_000 } });

  it('a dossier that was collected for more or less money than was agreed is collected, with a dispute', () => {
    const due = registered.charges.dueAtCollection;
    expect(due).toBeGreaterThan(0);
    for (const amountCollected of [0, due - 1, due + 1]) {
      expect(told(registered, clerk, 'Collected', { amountCollected })).toEqual([
        {
          field: 'amountCollected',
          expected: String(due),
          said: String(amountCollected),
        },
      ]);
    }
  });

  it('a result that was delivered without the postage that was agreed is delivered, with a dispute', () => {
    expect(told(atTheDoor, courier, 'Delivered', { amountCollected: 0 })).toEqual([
      {
        field: 'amountCollected',
        expected: '26000',
        said: '0',
      },
    ]);
    expect(told(atTheDoor, courier, 'Delivered')).toBe('granted');
  });

  it('an empty envelope is not taken in', () => {
    expect(told(registered, clerk, 'Collected', { papers: { originals: 0, copies: 0 } })).toEqual({
      name: 'ProofMismatch',
      field: 'papers',
      expected: '≥ 1',
      said: '0 + 0',
    });
  });

  it('an envelope with copies alone, or with originals alone, is taken in', () => {
    for (const papers of [
      { originals: 0, copies: 3 },
      { originals: 2, copies: 0 },
    ])
      expect(told(registered, clerk, 'Collected', { papers })).toBe('granted');
  });

  it('an agency that took other papers than the post counted has them, with a dispute', () => {
    expect(told(onTheWay, officer, 'HandedToAgency', { papers: { originals: 1, copies: 2 } })).toEqual([
      {
        field: 'papers',
        expected: '2 + 1',
        said: '1 + 2',
      },
    ]);
  });

  it('an agency that took a broken seal has the papers, with a dispute', () => {
    expect(told(onTheWay, officer, 'HandedToAgency', { sealIntact: false })).toEqual([
      {
        field: 'sealIntact',
        expected: 'true',
        said: 'false',
      },
    ]);
  });

  it('an agency that was given another fee has it, with a dispute', () => {
    expect(told(onTheWay, officer, 'HandedToAgency', { feeHandedOver: 1 })).toEqual([
      {
        field: 'feeHandedOver',
        expected: '200000',
        said: '1',
      },
    ]);
  });
});

describe('an item code', () => {
  const collected = dossierAt('Collected');

  it('an item code with a mistyped digit is refused', () => {
    expect(told(collected, clerk, 'Dispatched', { itemCode: 'RA123456789VN' })).toEqual({
      name: 'ItemCodeRefused',
      why: 'check-digit',
    });
    expect(told(collected, clerk, 'Dispatched', { itemCode: 'RA123456785VN' })).toBe('granted');
  });

  it('an item code of another shape is refused', () => {
    expect(told(collected, clerk, 'Dispatched', { itemCode: 'RA12345VN' })).toEqual({
      name: 'ItemCodeRefused',
      why: 'not-s10',
    });
  });

  it('an item code that served the way there never serves the way back, however it is written', () => {
    const itemCode = label();
    const ready = dossierAt('ResultReady', { legs: [{ kind: 'inbound', itemCode, from: monday }] });
    for (const written of [itemCode, itemCode.toLowerCase(), `${itemCode.slice(0, 2)} ${itemCode.slice(2)}`]) {
      expect(told(ready, courier, 'ResultCollected', { itemCode: written })).toEqual({
        name: 'ItemCodeRefused',
        why: 'used-before',
      });
    }
  });
});

describe('a step that is somebody else’s', () => {
  it.each([
    ['HandoverDisputed', 'DisputeSettled', courier, ['officer']],
    ['OutForDelivery', 'DeliveryFailed', officer, ['courier']],
    ['InTransitToAgency', 'HandoverDisputed', clerk, ['courier', 'officer']],
  ] as const)('a step that is somebody else’s, in %s %s, names each who may take it once', (place, type, by, roles) => {
    const decision = decide(dossierAt(place), report(by, type), monday);
    const refusal = decision.ok ? undefined : decision.refusal;
    expect(refusal?.name === 'NotYourStep' && refusal.by.toSorted()).toEqual(roles);
  });
});

describe('a date that was agreed', () => {
  const dates: readonly [string, Party, Dossier, EventType, (date: number) => Details][] = [
    [
      'appointment',
      clerk,
      dossierAt('Registered', { frontDoor: 'pickup' }),
      'PickupAgreed',
      (date) => ({ appointment: { from: date - hour, until: date } }),
    ],
    ['resultDueAt', officer, dossierAt('InTransitToAgency'), 'HandedToAgency', (date) => ({ resultDueAt: date })],
    ['nextAttemptAt', courier, dossierAt('OutForDelivery'), 'DeliveryFailed', (date) => ({ nextAttemptAt: date })],
  ];

  it.each(dates)(
    '%s may lie 300 days ahead and no further: an execution lives for a year',
    (field, by, dossier, type, details) => {
      const receivedAt = monday + hour;
      expect(told(dossier, by, type, details(receivedAt + 300 * day), receivedAt)).toBe('granted');
      expect(told(dossier, by, type, details(receivedAt + 300 * day + 1), receivedAt)).toEqual({
        name: 'DateRefused',
        field,
        why: 'too-far',
      });
    },
  );

  it.each(dates)('%s lies ahead of the day on which it was agreed', (field, by, dossier, type, details) => {
    expect(told(dossier, by, type, details(monday + hour - 1))).toEqual({
      name: 'DateRefused',
      field,
      why: 'in-the-past',
    });
  });

  it('a date that was agreed may have passed by the time its report arrives from the road', () => {
    expect(
      told(dossierAt('OutForDelivery'), courier, 'DeliveryFailed', { nextAttemptAt: monday + day }, monday + 3 * day),
    ).toBe('granted');
  });

  it('a date that was agreed is no appointment when it ends before it begins', () => {
    const from = monday + day;
    for (const until of [from, from - 1]) {
      expect(
        told(dossierAt('Registered', { frontDoor: 'pickup' }), clerk, 'PickupAgreed', { appointment: { from, until } }),
      ).toEqual({ name: 'DateRefused', field: 'appointment', why: 'ends-before-it-begins' });
    }
  });
});

describe('two times on every event', () => {
  const dossier = dossierAt('ResultInTransit');
  // A round takes ten hours in which the post is open: from 8 to 17, and one of the next morning.
  const tenHoursOn = monday + day;

  it('a device whose clock runs ahead is believed up to the server’s time, and how far it ran ahead is kept', () => {
    const decision = decide(dossier, report(courier, 'OutForDelivery', {}, monday + 90_000), monday);
    expect(decision).toMatchObject({
      ok: true,
      value: {
        event: { occurredAt: monday, receivedAt: monday, aheadSeconds: 90 },
        dossier: { since: monday, dueAt: tenHoursOn },
      },
    });
  });

  it.each([0, 1_000, 90_000, 50 * day])(
    'a device that lags %i ms behind, or not at all, leaves no word of it',
    (lag) => {
      const decision = decide(dossier, report(courier, 'OutForDelivery', {}, monday - lag), monday);
      expect(decision.ok && Object.keys(decision.value.event)).toContain('occurredAt');
      expect(decision.ok && decision.value.event).not.toHaveProperty('aheadSeconds');
    },
  );

  it('a report that comes late is reckoned from when it happened', () => {
    const since = monday - 8 * hour;
    const decision = decide({ ...dossier, since }, report(courier, 'OutForDelivery', {}, monday - 5 * hour), monday);
    expect(decision).toMatchObject({
      ok: true,
      value: {
        event: { occurredAt: monday - 5 * hour, receivedAt: monday },
        dossier: { since: monday - 5 * hour, dueAt: monday + 9 * hour },
      },
    });
  });

  it('a phone whose clock lags is quoted, but the paper arrives no earlier than where it came from', () => {
    const decision = decide(dossier, report(courier, 'OutForDelivery', {}, monday - 50 * day), monday);
    expect(decision).toMatchObject({
      ok: true,
      value: { event: { occurredAt: monday - 50 * day }, dossier: { since: monday, dueAt: tenHoursOn } },
    });
  });
});

describe('the same report', () => {
  const dossier = dossierAt('OutForDelivery');
  const details: Details = { reason: 'receiver-absent', solution: 'redeliver', nextAttemptAt: monday + day };
  const first = report(courier, 'DeliveryFailed', details, monday);
  const decision = decide(dossier, first, monday + hour);
  if (!decision.ok) throw new Error('the first report was refused');
  const { event } = decision.value;

  it('a report is known again, in whatever order its fields come', () => {
    expect(sameReport(event, first)).toBe(true);
    expect(
      sameReport(event, {
        ...first,
        details: { nextAttemptAt: monday + day, solution: 'redeliver', reason: 'receiver-absent' },
      }),
    ).toBe(true);
  });

  it('a report is known again when its device’s clock ran ahead', () => {
    const ahead = { ...first, occurredAt: monday + 2 * hour };
    const clamped = decide(dossier, ahead, monday + hour);
    expect(clamped.ok && sameReport(clamped.value.event, ahead)).toBe(true);
  });

  it.each([
    ['another type', { ...first, type: 'Delivered' as const }],
    ['another role', { ...first, by: { ...courier, role: 'clerk' as const } }],
    ['another unit', { ...first, by: { ...courier, unit: 'PO-NARI' } }],
    ['another time', { ...first, occurredAt: monday + 1 }],
    ['another detail', { ...first, details: { ...details, reason: 'citizen-moved' as const } }],
    ['one detail more', { ...first, details: { ...details, sealIntact: true } }],
    ['one detail less', { ...first, details: { reason: 'receiver-absent' as const, solution: 'redeliver' as const } }],
  ])('a report is another with %s', (_what, other) => {
    expect(sameReport(event, other)).toBe(false);
  });
});
