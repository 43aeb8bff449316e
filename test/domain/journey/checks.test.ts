import { describe, expect, it } from '@jest/globals';
import { decide, note } from '../../../domain/journey/decide.ts';
import type { Dossier, Party } from '../../../domain/journey/dossier.ts';
import type { Details, EventType } from '../../../domain/journey/events.ts';
import { at, clerk, courier, day, dossierAt, hour, monday, ops, report } from './town.ts';

/** What becomes of a report: `granted`, or the refusal. */
function told(
  dossier: Dossier,
  by: Party,
  type: EventType,
  details: Details,
  occurredAt: number,
  receivedAt = occurredAt,
) {
  const decision = decide(dossier, report(by, type, details, occurredAt), receivedAt);
  return decision.ok ? 'granted' : decision.refusal;
}

describe('a delivery that was none', () => {
  const delivered = dossierAt('Delivered', { since: monday });
  const cancelled = (occurredAt: number, receivedAt = occurredAt) =>
    told(delivered, clerk, 'DeliveryCancelled', { reason: 'recorded-in-error' }, occurredAt, receivedAt);

  it('a delivery may be taken back within a day, to the millisecond', () => {
    expect(cancelled(monday + day)).toBe('granted');
    expect(cancelled(monday + day + 1)).toEqual({ name: 'TooLate', on: 'DeliveryCancelled', until: monday + day });
  });

  it('a delivery is taken back in time by whoever is in time, though his clock runs ahead', () => {
    expect(cancelled(monday + day + hour, monday + day - hour)).toBe('granted');
  });
});

describe('a complaint', () => {
  const complained = (dossier: Dossier, complaint: Details['complaint'], occurredAt: number) =>
    told(dossier, clerk, 'ComplaintMade', complaint === undefined ? {} : { complaint }, occurredAt);
  const far = { acceptedAt: monday, wayEndsAt: at('2026-03-10T00:00'), since: at('2026-03-06T10:00') };

  it.each(['loss', 'delay'] as const)('a complaint of %s may come six months from the end of the way', (complaint) => {
    const dossier = dossierAt('Delivered', far);
    // 10 September 2026 is a Thursday: its last moment is the last.
    const until = at('2026-09-11T00:00');
    expect(complained(dossier, complaint, until)).toBe('granted');
    expect(complained(dossier, complaint, until + 1)).toEqual({ name: 'TooLate', on: 'ComplaintMade', until });
  });

  it('a complaint of loss is counted from the acceptance where no way has begun, and from the registration before that', () => {
    const { wayEndsAt: _none, ...accepted } = dossierAt('Collected', far);
    // The second of September is a holiday: the third is the last day.
    expect(complained(accepted, 'loss', at('2026-09-05T00:00'))).toMatchObject({ until: at('2026-09-04T00:00') });
    const { acceptedAt: _neither, ...registered } = accepted;
    // The sixth of September is a Sunday: Monday is the last day.
    expect(complained(registered, 'loss', at('2026-09-09T00:00'))).toMatchObject({ until: at('2026-09-08T00:00') });
  });

  it.each(['damage', 'price'] as const)('a complaint of %s may come a month from the delivery', (complaint) => {
    const until = at('2026-04-07T00:00');
    for (const place of ['Delivered', 'ReturnedToCitizen'] as const) {
      expect(complained(dossierAt(place, far), complaint, until)).toBe('granted');
      expect(complained(dossierAt(place, far), complaint, until + 1)).toMatchObject({ name: 'TooLate', until });
    }
    // What is on its way has no such end yet.
    expect(complained(dossierAt('ResultInTransit', far), complaint, until + 300 * day)).toBe('granted');
  });
});

describe('a unit that is succeeded', () => {
  it.each([
    ['PO-BACKAN', 'PO-NARI', 'granted'],
    ['AG-PASC-BACKAN', 'AG-BHXH', 'granted'],
    ['PO-BACKAN', 'PO-NOWHERE', { name: 'UnknownPostOffice', postOfficeId: 'PO-NOWHERE', field: 'succession' }],
    ['PO-BACKAN', 'AG-BHXH', { name: 'UnknownPostOffice', postOfficeId: 'AG-BHXH', field: 'succession' }],
    ['AG-PASC-BACKAN', 'PO-NARI', { name: 'UnknownAgency', agencyId: 'PO-NARI' }],
  ])('a unit, %s, that is succeeded by %s, is told %j', (unit, successor, expected) => {
    expect(
      told(dossierAt('Collected'), ops, 'UnitSucceeded', { succession: { unit, successor } }, monday + hour),
    ).toEqual(expected);
  });
});

describe('a withdrawal', () => {
  const withdrawn = (receiptShown: boolean) =>
    told(dossierAt('Collected'), clerk, 'Withdrawn', { reason: 'citizen-asked', receiptShown }, monday + hour);

  it('a withdrawal is taken from whoever shows the receipt, and from nobody else', () => {
    expect(withdrawn(true)).toBe('granted');
    expect(withdrawn(false)).toEqual({ name: 'ProofMismatch', field: 'receiptShown', expected: 'true', said: 'false' });
  });
});

describe('a list of documents', () => {
  const counted = (documents: Details['documents'] = [], papers = { originals: 2, copies: 1 }) =>
    told(
      dossierAt('Registered'),
      clerk,
      'Collected',
      { papers, documents, sealNumber: 'BK-0001', amountCollected: 260_000 },
      monday + hour,
    );
  const form = { document: 0, form: 'original', count: 2 } as const;
  const copy = { document: 1, form: 'copy', count: 1 } as const;

  it('a list of documents adds up to what was counted, what is missing left out', () => {
    expect(counted([form, copy])).toBe('granted');
    expect(counted([form, copy, { document: 0, form: 'copy', count: 5, state: 'missing' }])).toBe('granted');
    expect(counted([form, copy], { originals: 2, copies: 2 })).toEqual({
      name: 'ProofMismatch',
      field: 'papers',
      expected: '2 + 1',
      said: '2 + 2',
    });
    expect(counted([form, copy], { originals: 1, copies: 1 })).toMatchObject({ expected: '2 + 1', said: '1 + 1' });
  });

  it('a list of documents has nothing beyond the published one, and no line twice', () => {
    expect(counted([form, { ...copy, document: 2 }])).toEqual({
      name: 'ProofMismatch',
      field: 'documents',
      expected: '0-1',
      said: '2',
    });
    expect(counted([form, copy, copy], { originals: 2, copies: 2 })).toEqual({
      name: 'ProofMismatch',
      field: 'documents',
      expected: 'each line once',
      said: '1 copy',
    });
  });
});

describe('what is found out of order at a hand-over', () => {
  const disputes = (dossier: Dossier, by: Party, type: EventType, details: Details) => {
    const decision = decide(dossier, report(by, type, details, monday + hour), monday + hour);
    return decision.ok ? (decision.value.event.disputes ?? []) : decision.refusal;
  };
  const toAgency = dossierAt('InTransitToAgency', { since: monday });
  const officer: Party = { role: 'officer', unit: 'AG-PASC-BACKAN' };
  const whole: Details = {
    papers: { originals: 2, copies: 1 },
    sealIntact: true,
    feeHandedOver: 200_000,
    resultDueAt: monday + 9 * day,
  };

  it('a hand-over at which all is in order is no dispute', () => {
    expect(disputes(toAgency, officer, 'HandedToAgency', whole)).toEqual([]);
  });

  it.each<readonly [string, Details, object]>([
    ['papers', { papers: { originals: 2, copies: 0 } }, { expected: '2 + 1', said: '2 + 0' }],
    ['sealIntact', { sealIntact: false }, { expected: 'true', said: 'false' }],
    ['feeHandedOver', { feeHandedOver: 0 }, { expected: '200000', said: '0' }],
    [
      'documents',
      {
        documents: [
          { document: 0, form: 'original', count: 2, state: 'damaged' },
          { document: 0, form: 'copy', count: 1 },
        ],
      },
      { expected: 'accepted', said: '0: damaged' },
    ],
  ])('a hand-over with other %s is taken in, with a dispute about it', (field, change, about) => {
    expect(disputes(toAgency, officer, 'HandedToAgency', { ...whole, ...change })).toContainEqual(
      expect.objectContaining({ field, ...about }),
    );
  });
});

describe('a delivery', () => {
  const atTheDoor = dossierAt('OutForDelivery', { since: monday });
  const disputes = (change: Details) => {
    const said: Details = {
      receiver: { relationship: 'self' },
      identityPaper: 'citizen-card',
      evidence: [{ kind: 'signature', sha256: 'a'.repeat(64) }],
      amountCollected: 0,
      ...change,
    };
    const decision = decide(atTheDoor, report(courier, 'Delivered', said, monday + hour), monday + hour);
    return decision.ok ? (decision.value.event.disputes ?? []) : decision.refusal;
  };

  it('a delivery to the person himself, signed and paid, is no dispute', () => {
    expect(disputes({})).toEqual([]);
    expect(disputes({ receiver: { relationship: 'relative' }, authorityShown: true })).toEqual([]);
  });

  it('a delivery to somebody else without an authority, unsigned, or for another amount, is one', () => {
    expect(disputes({ receiver: { relationship: 'relative' } })).toMatchObject([
      { field: 'receiver', said: 'relative' },
    ]);
    expect(disputes({ receiver: { relationship: 'relative' }, authorityShown: false })).toHaveLength(1);
    expect(disputes({ evidence: [{ kind: 'photo', sha256: 'a'.repeat(64) }] })).toMatchObject([
      { field: 'evidence', expected: 'signature', said: 'photo' },
    ]);
    expect(disputes({ amountCollected: 26_000 })).toMatchObject([
      { field: 'amountCollected', expected: '0', said: '26000' },
    ]);
  });
});

describe('a note', () => {
  it('a note of a dossier that does not know its speaker is refused as of none', () => {
    const scanned = report({ role: 'courier', unit: 'PO-NGANSON' }, 'Scanned', { postOfficeId: 'PO-NARI' }, monday);
    expect(note(dossierAt('Collected'), scanned, monday)).toMatchObject({ refusal: { name: 'UnknownDossier' } });
  });
});
