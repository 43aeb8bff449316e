import { describe, expect, it } from '@jest/globals';
import { addedCharges, withAdded } from '../../../domain/fees/added-charges.ts';
import type { Charges, Dossier, JourneyEvent } from '../../../domain/journey/dossier.ts';
import type { Details, EventType } from '../../../domain/journey/events.ts';
import { at, dossierAt, monday, opening } from '../journey/town.ts';

const agreed: Charges = {
  tariff: 'TT22-2017',
  stateFee: 0,
  stateFeeUnknown: true,
  dueAtCollection: 26_000,
  dueOnDelivery: 1_000,
  lines: [{ kind: 'postage-inbound', amount: 26_000, due: 'at-collection' }],
};
/** From Chợ Rã in by the agency in Bắc Kạn, home to Na Rì: two ways between former districts. */
const dossier = dossierAt('AtAgency', {
  postOfficeId: 'PO-BACKAN',
  deliveryPostOfficeId: 'PO-NARI',
  charges: agreed,
});

function added(type: EventType, details: Details, change: Partial<Dossier> = {}, occurredAt = monday) {
  const event: JourneyEvent = { ...opening('counter').event, type, details, occurredAt };
  return addedCharges({ ...dossier, ...change }, event);
}

describe('what an event adds to what is to be paid', () => {
  it('a fee that the agency named is paid with the papers, and carrying it is too', () => {
    expect(added('ChargesConfirmed', { amountDue: 50_000 })).toEqual([
      { kind: 'state-fee', amount: 50_000, due: 'at-collection' },
      { kind: 'remittance', amount: 8_000, due: 'at-collection' },
    ]);
  });

  it('a fee of nothing is not carried', () => {
    const free = [{ kind: 'state-fee', amount: 0, due: 'at-collection' }];
    expect(added('ChargesConfirmed', { amountDue: 0 })).toEqual(free);
    expect(added('ChargesConfirmed', {})).toEqual(free);
  });

  it('a fee that comes with the result is paid at the door, and none where none was named', () => {
    expect(added('ResultAnnounced', { amountDue: 50_000 })).toEqual([
      { kind: 'state-fee', amount: 50_000, due: 'on-delivery' },
    ]);
    expect(added('ResultAnnounced', {})).toEqual([]);
  });

  it('a result that is sent after all costs its way from the agency, once', () => {
    const way = [{ kind: 'postage-return', amount: 30_000, due: 'on-delivery' }];
    expect(added('ReturnWayChanged', { returnBy: 'post' })).toEqual(way);
    expect(added('ReturnWayChanged', { returnBy: 'agency' })).toEqual([]);
    const paid = { ...agreed, lines: [{ kind: 'postage-return', amount: 26_000, due: 'at-collection' } as const] };
    expect(added('ReturnWayChanged', { returnBy: 'post' }, { charges: paid })).toEqual([]);
  });

  it('a forwarding costs the way between the two offices, and none to an office that nobody knows', () => {
    expect(added('Redirected', { postOfficeId: 'PO-BACKAN' })).toEqual([
      { kind: 'postage-forwarding', amount: 30_000, due: 'on-delivery' },
    ]);
    expect(added('Redirected', { postOfficeId: 'PO-NARI' })).toEqual([
      { kind: 'postage-forwarding', amount: 26_000, due: 'on-delivery' },
    ]);
    expect(added('Redirected', { postOfficeId: 'PO-NOWHERE' })).toEqual([]);
    expect(added('Redirected', {})).toEqual([]);
  });

  it('a withdrawal costs the way from the agency to the office that took the papers in', () => {
    expect(added('Withdrawn', {})).toEqual([{ kind: 'postage-withdrawal', amount: 26_000, due: 'on-delivery' }]);
    expect(added('Withdrawn', {}, { postOfficeId: 'PO-NARI' })).toEqual([
      { kind: 'postage-withdrawal', amount: 30_000, due: 'on-delivery' },
    ]);
    expect(added('Withdrawn', {}, { agencyId: 'AG-NOWHERE' })).toEqual([]);
  });

  it('a way costs nothing before the first tariff, and whatever else happens costs nothing', () => {
    expect(added('Withdrawn', {}, {}, at('2017-12-31T12:00'))).toEqual([]);
    expect(added('ChargesConfirmed', { amountDue: 50_000 }, {}, at('2017-12-31T12:00'))).toHaveLength(1);
    expect(added('Delivered', { amountDue: 50_000 })).toEqual([]);
  });
});

describe('what is to be paid with what was added', () => {
  it('what is to be paid stays as it was where nothing is added', () => {
    expect(withAdded(agreed, [])).toBe(agreed);
  });

  it('what is to be paid has the confirmed fee and its carriage in it, with the papers', () => {
    expect(withAdded(agreed, added('ChargesConfirmed', { amountDue: 50_000 }))).toEqual({
      tariff: 'TT22-2017',
      stateFee: 50_000,
      dueAtCollection: 84_000,
      dueOnDelivery: 1_000,
      lines: [
        { kind: 'postage-inbound', amount: 26_000, due: 'at-collection' },
        { kind: 'state-fee', amount: 50_000, due: 'at-collection' },
        { kind: 'remittance', amount: 8_000, due: 'at-collection' },
      ],
    });
  });

  it('what is to be paid at the door is not carried with the papers: it goes back to the agency by itself', () => {
    const after = withAdded(agreed, added('ResultAnnounced', { amountDue: 50_000 }));
    expect(after).toMatchObject({ stateFee: 0, stateFeeUnknown: true, dueAtCollection: 26_000, dueOnDelivery: 51_000 });
  });

  it('what is to be paid for a second forwarding is one line that is longer, and for everything else two lines', () => {
    const forwarding = added('Redirected', { postOfficeId: 'PO-BACKAN' });
    const twice = withAdded(withAdded(agreed, forwarding), forwarding);
    expect(twice.lines.slice(1)).toEqual([{ kind: 'postage-forwarding', amount: 60_000, due: 'on-delivery' }]);
    expect(twice.dueOnDelivery).toBe(61_000);
    const withdrawal = added('Withdrawn', {});
    expect(withAdded(withAdded(agreed, withdrawal), withdrawal).lines.slice(1)).toEqual([...withdrawal, ...withdrawal]);
  });
});
