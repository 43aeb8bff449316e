import { describe, expect, it } from '@jest/globals';
import { findProcedure } from '../../../domain/catalogue/procedures.ts';
import { frontDoors, type FrontDoor, type Party } from '../../../domain/journey/dossier.ts';
import { register, type Registration } from '../../../domain/journey/register.ts';
import { at, clerk, clock, courier, monday, officer, ops, portal, registration } from './town.ts';

const ids = { dossierId: 'd-1', trackingCode: '123456789012345671', personId: 'p-1', eventId: 'e-1' };
function opened(frontDoor: FrontDoor, by: Party, change: Partial<Registration> = {}) {
  return register(registration(frontDoor, change), by, ids, monday);
}
function refusalOf(frontDoor: FrontDoor, by: Party, change: Partial<Registration> = {}): unknown {
  const outcome = opened(frontDoor, by, change);
  return outcome.ok ? 'opened' : outcome.refusal;
}

describe('a registration', () => {
  it('a registration opens the book with its first event, the place and seven days in which the paper has to come', () => {
    const outcome = opened('counter', clerk);
    expect(outcome).toMatchObject({
      ok: true,
      value: {
        event: {
          eventId: 'e-1',
          number: 1,
          type: 'DossierRegistered',
          from: 'Registered',
          to: 'Registered',
          milestone: true,
          by: clerk,
          occurredAt: monday,
          receivedAt: monday,
          dueAt: at('2026-03-10T00:00'),
          details: {},
        },
        dossier: {
          dossierId: 'd-1',
          place: 'Registered',
          version: 1,
          milestone: 1,
          since: monday,
          dueAt: at('2026-03-10T00:00'),
          reminders: 0,
          legs: [],
          registeredBy: clerk,
        },
      },
    });
  });

  it('a registration freezes what is due: the fee of the state, the postage both ways, and carrying the fee', () => {
    const outcome = opened('counter', clerk);
    expect(outcome.ok && outcome.value.dossier.charges).toMatchObject({
      tariff: 'TT22-2017',
      stateFee: 200_000,
      dueAtCollection: 260_000,
      dueOnDelivery: 0,
    });
  });

  it('a registration says less postage for a poor household, and a lower fee for those whom the procedure names', () => {
    const poor = opened('counter', clerk, { exemption: 'poor-household' });
    expect(poor.ok && poor.value.dossier.charges).toMatchObject({ stateFee: 200_000, dueAtCollection: 234_000 });
    const student = opened('counter', clerk, { exemption: 'reduced' });
    expect(student.ok && student.value.dossier.charges.stateFee).toBe(100_000);
  });

  it('a registration says so where the data do not know the fee of the state, instead of calling it free', () => {
    const unknown = opened('counter', clerk, { procedureCode: '1.002759', agencyId: 'AG-BHXH' });
    expect(unknown.ok && unknown.value.dossier.charges).toMatchObject({ stateFee: 0, stateFeeUnknown: true });
    const known = opened('counter', clerk);
    expect(known.ok && known.value.dossier.charges).not.toHaveProperty('stateFeeUnknown');
  });

  it('a registration is served by the post office of the commune where none was named', () => {
    const outcome = opened('pickup', portal, { communeId: 'CM-02143' });
    expect(outcome).toMatchObject({
      ok: true,
      value: { dossier: { postOfficeId: 'PO-NARI', deliveryPostOfficeId: 'PO-NARI', remote: true } },
    });
  });

  it.each([
    ['CM-02143', 'PO-BACKAN', 'PO-NARI', { inbound: 26_000, back: 30_000 }],
    ['CM-01843', 'PO-NARI', 'PO-BACKAN', { inbound: 30_000, back: 26_000 }],
  ])(
    'a registration of somebody from %s at %s is delivered by %s, and each way is priced by its own two ends',
    (communeId, postOfficeId, deliveryPostOfficeId, { inbound, back }) => {
      const outcome = opened('counter', portal, { communeId, postOfficeId });
      if (!outcome.ok) throw new Error(outcome.refusal.name);
      const { charges, ...offices } = outcome.value.dossier;
      expect(offices).toMatchObject({ postOfficeId, deliveryPostOfficeId });
      const amountOf = (kind: string) => charges.lines.find((line) => line.kind === kind)?.amount;
      expect([amountOf('postage-inbound'), amountOf('postage-return')]).toEqual([inbound, back]);
    },
  );

  const doors: Record<string, readonly FrontDoor[]> = {
    clerk: frontDoors,
    portal: frontDoors,
    officer: ['result-only'],
    courier: [],
    clock: [],
    ops: [],
  };
  it.each([clerk, portal, officer, courier, clock, ops])(
    'a registration is taken from a $role at the front doors of a $role only',
    (party) => {
      for (const frontDoor of frontDoors) {
        expect([frontDoor, refusalOf(frontDoor, party)]).toEqual([
          frontDoor,
          doors[party.role]?.includes(frontDoor) === true ? 'opened' : { name: 'NotYourFrontDoor', frontDoor },
        ]);
      }
    },
  );

  it.each<[string, Partial<Registration>, unknown]>([
    [
      'a procedure that is not in the list',
      { procedureCode: '9.999999' },
      { name: 'UnknownProcedure', code: '9.999999' },
    ],
    ['an agency that does not exist', { agencyId: 'AG-NOWHERE' }, { name: 'UnknownAgency', agencyId: 'AG-NOWHERE' }],
    [
      'an agency that does not take the procedure',
      { agencyId: 'AG-UBND-01843' },
      { name: 'UnknownAgency', agencyId: 'AG-UBND-01843' },
    ],
    ['a commune that does not exist', { communeId: 'CM-0' }, { name: 'UnknownCommune', communeId: 'CM-0' }],
    [
      'a post office that does not exist',
      { postOfficeId: 'PO-MARS' },
      { name: 'UnknownPostOffice', postOfficeId: 'PO-MARS' },
    ],
    ['a group that no list knows', { exemption: 'friends' }, { name: 'UnknownExemption', group: 'friends' }],
    [
      'a procedure that must be lodged in person',
      { procedureCode: '1.001193' },
      { name: 'NotCarriedByPost', code: '1.001193', service: 'send' },
    ],
    [
      'a result that must be collected in person',
      { procedureCode: '2.000884' },
      { name: 'NotCarriedByPost', code: '2.000884', service: 'send' },
    ],
  ])('a registration is refused for %s', (_what, change, refusal) => {
    expect(refusalOf('counter', portal, change)).toEqual(refusal);
  });

  it('a registration is refused where the post has nothing to carry, and where the result may not be carried', () => {
    expect(refusalOf('result-only', officer, { returnByPost: false })).toEqual({
      name: 'NotCarriedByPost',
      code: '2.000488',
      service: 'receive',
    });
    expect(refusalOf('result-only', portal, { procedureCode: '2.000884' })).toEqual({
      name: 'NotCarriedByPost',
      code: '2.000884',
      service: 'receive',
    });
    expect(findProcedure('2.000884')?.postalUse.value).toEqual({ send: false, receive: false });
  });

  it('a registration is refused for another office than the clerk’s or the officer’s own', () => {
    expect(refusalOf('counter', { role: 'clerk', unit: 'PO-NARI' })).toEqual({ name: 'NotYourUnit' });
    expect(refusalOf('counter', { role: 'clerk', unit: 'PO-NARI' }, { postOfficeId: 'PO-NARI' })).toBe('opened');
    expect(refusalOf('result-only', { role: 'officer', unit: 'AG-CONG-AN-TINH' })).toEqual({ name: 'NotYourUnit' });
    expect(
      refusalOf('result-only', { role: 'officer', unit: 'AG-CONG-AN-TINH' }, { agencyId: 'AG-CONG-AN-TINH' }),
    ).toBe('opened');
  });

  it('a registration takes a name for what it is, not for something of the language’s own', () => {
    for (const name of ['constructor', '__proto__', 'toString']) {
      expect(refusalOf('counter', portal, { exemption: name })).toEqual({ name: 'UnknownExemption', group: name });
      expect(refusalOf('counter', portal, { agencyId: name })).toEqual({ name: 'UnknownAgency', agencyId: name });
    }
  });
});
