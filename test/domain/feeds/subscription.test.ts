import { describe, expect, it } from '@jest/globals';
import { hears, isOwn, type Subscription } from '../../../domain/feeds/subscription.ts';
import type { Route } from '../../../domain/journey/dossier.ts';
import { dossierAt, monday } from '../journey/town.ts';

const route: Route = dossierAt('AtAgency', {
  registeredBy: { role: 'portal', unit: 'one-stop-portal' },
  postOfficeId: 'PO-CHORA',
  deliveryPostOfficeId: 'PO-NARI',
  // Its hall is where the central post office is.
  agencyId: 'AG-PASC-BACKAN',
});
const elsewhere: Route = { ...route, postOfficeId: 'PO-NGANSON', deliveryPostOfficeId: 'PO-NGANSON' };
const collected = { type: 'Collected', receivedAt: monday } as const;

function of(role: Subscription['party']['role'], unit: string, change: Partial<Subscription> = {}): Subscription {
  return { subscriptionId: 's-1', party: { role, unit }, filter: {}, createdAt: monday, lanes: 16, ...change };
}
function heard(subscription: Subscription, before = route, after = route): boolean {
  return hears(subscription, collected, { before, after });
}

describe('a subscription', () => {
  it.each([
    ['portal', 'one-stop-portal', true],
    ['portal', 'another-portal', false],
    ['supervisor', 'PO-CHORA', true],
    ['supervisor', 'PO-NARI', true],
    ['supervisor', 'PO-BACKAN', true],
    ['officer', 'AG-PASC-BACKAN', true],
    ['officer', 'AG-BHXH', false],
    ['supervisor', 'PO-NGANSON', false],
  ] as const)('a subscription of a %s of %s hears of a dossier: %s', (role, unit, expected) => {
    expect(heard(of(role, unit))).toBe(expected);
  });

  it('a subscription hears of what brings a dossier to its unit, and of what takes it away', () => {
    expect(heard(of('supervisor', 'PO-CHORA'), route, elsewhere)).toBe(true);
    expect(heard(of('supervisor', 'PO-CHORA'), elsewhere, route)).toBe(true);
    expect(heard(of('supervisor', 'PO-CHORA'), elsewhere, elsewhere)).toBe(false);
  });

  it('a subscription hears what was being received in the minute before it was made, and nothing earlier', () => {
    expect(heard(of('supervisor', 'PO-CHORA', { createdAt: monday + 60_000 }))).toBe(true);
    expect(heard(of('supervisor', 'PO-CHORA', { createdAt: monday + 60_001 }))).toBe(false);
  });

  it.each([
    [{ types: ['Collected'] }, true],
    [{ types: ['Delivered'] }, false],
    [{ types: [] }, false],
    [{ agencies: ['AG-PASC-BACKAN'] }, true],
    [{ agencies: ['AG-BHXH'] }, false],
    [{ offices: ['PO-CHORA'] }, true],
    [{ offices: ['PO-NARI'] }, true],
    [{ offices: ['PO-BACKAN'] }, true],
    [{ offices: ['PO-NGANSON'] }, false],
    [{ types: ['Collected'], agencies: ['AG-PASC-BACKAN'], offices: ['PO-NGANSON', 'PO-NARI'] }, true],
    [{ types: ['Collected'], agencies: ['AG-BHXH'], offices: ['PO-NARI'] }, false],
  ] as const)('a subscription that is narrowed to %j hears of it: %s', (filter, expected) => {
    expect(heard(of('portal', 'one-stop-portal', { filter }))).toBe(expected);
  });

  it('a subscription is its unit’s, and of a portal its own client’s alone', () => {
    const clerk = { role: 'clerk', unit: 'PO-CHORA' } as const;
    expect(isOwn(of('supervisor', 'PO-CHORA'), clerk)).toBe(true);
    expect(isOwn(of('supervisor', 'PO-NARI'), clerk)).toBe(false);
    expect(isOwn(of('portal', 'x'), { role: 'portal', unit: 'x' })).toBe(true);
    expect(isOwn(of('portal', 'x'), { role: 'clerk', unit: 'x' })).toBe(false);
    expect(isOwn(of('clerk', 'x'), { role: 'portal', unit: 'x' })).toBe(false);
  });
});
