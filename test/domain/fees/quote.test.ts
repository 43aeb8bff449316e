import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  findProcedure,
  findReducedFee,
  procedures,
  type Procedure,
  type ReducedFee,
} from '../../../domain/catalogue/procedures.ts';
import { findExemption, tariffOn, zones, type Exemption } from '../../../domain/catalogue/tariff.ts';
import { messageChannels } from '../../../domain/telling/wish.ts';
import { quote, type QuoteQuestion } from '../../../domain/fees/quote.ts';

const today = Date.UTC(2026, 10, 25, 3);

function procedure(code: string): Procedure {
  const found = findProcedure(code);
  if (!found) throw new Error(`No procedure ${code} in the catalogue.`);
  return found;
}
function exemption(id: string): Exemption {
  const tariff = tariffOn('2026-11-25');
  const found = tariff && findExemption(tariff, id);
  if (!found) throw new Error(`No exemption ${id} in the tariff.`);
  return found;
}
function reduced(code: string, group: string): ReducedFee {
  const found = findReducedFee(procedure(code), group);
  if (!found) throw new Error(`No reduced fee ${group} for ${code}.`);
  return found;
}

const criminalRecord = '2.000488';
const adoption = '2.001263';
const residence = '1.004222';
function question(changes: Partial<QuoteQuestion> & { code?: string } = {}): QuoteQuestion {
  return {
    procedure: procedure(changes.code ?? criminalRecord),
    frontDoor: 'counter',
    returnByPost: true,
    inboundZone: 'within-district',
    returnZone: 'within-district',
    exemption: null,
    reducedFee: null,
    messages: null,
    at: today,
    ...changes,
  };
}
function amounts(asked: QuoteQuestion): Record<string, number> {
  return Object.fromEntries(quote(asked).lines.map(({ kind, amount }) => [kind, amount]));
}

describe('what a dossier costs', () => {
  it('a quote is the fee, two postages and the remittance, all at collection, at the counter and within the district', () => {
    const answer = quote(question());
    expect(amounts(question())).toEqual({
      'state-fee': 200_000,
      'postage-inbound': 26_000,
      'postage-return': 26_000,
      'remittance': 8_000,
    });
    expect(answer.dueAtCollection).toBe(260_000);
    expect(answer.dueOnDelivery).toBe(0);
    expect(answer.tariffVersion).toBe('TT22-2017');
  });

  it('a quote is the same when the postman collects the dossier at home', () => {
    expect(quote(question({ frontDoor: 'pickup' }))).toEqual(quote(question()));
  });

  it('a quote leaves the way back out when the citizen fetches the result', () => {
    expect(amounts(question({ returnByPost: false }))).toEqual({
      'state-fee': 200_000,
      'postage-inbound': 26_000,
      'remittance': 8_000,
    });
  });

  it('a quote is counted for each direction by its own zone', () => {
    expect(amounts(question({ inboundZone: 'between-districts', returnZone: 'distant-region' }))).toMatchObject({
      'postage-inbound': 30_000,
      'postage-return': 31_500,
    });
  });

  it('a quote is only the postage back, on delivery, when the dossier was lodged in person', () => {
    const answer = quote(question({ frontDoor: 'result-only', returnZone: 'between-districts' }));
    expect(answer.lines).toEqual([
      { kind: 'postage-return', amount: 30_000, payer: 'recipient', due: 'on-delivery', standing: 'verified' },
    ]);
    expect(answer.dueAtCollection).toBe(0);
    expect(answer.dueOnDelivery).toBe(30_000);
    expect(answer.stateFeeUnknown).toBe(false);
  });

  it('a quote carries no remittance when there is no fee to hand over', () => {
    expect(amounts(question({ code: '2.000908' }))).toEqual({
      'state-fee': 0,
      'postage-inbound': 26_000,
      'postage-return': 26_000,
    });
    expect(amounts(question({ reducedFee: reduced(criminalRecord, 'exempt') }))).not.toHaveProperty('remittance');
  });

  it('a quote says so when the state fee is not known, and collects nothing for it', () => {
    const answer = quote(question({ code: residence }));
    expect(answer.stateFeeUnknown).toBe(true);
    expect(answer.lines.map(({ kind }) => kind)).toEqual(['postage-inbound', 'postage-return']);
  });

  it('a quote leaves the unknown fee to the agency when the dossier was lodged there in person', () => {
    expect(quote(question({ code: residence, frontDoor: 'result-only' })).stateFeeUnknown).toBe(false);
  });

  it('a quote takes the reduced state fee of a group, without touching the postage', () => {
    expect(amounts(question({ reducedFee: reduced(criminalRecord, 'reduced') }))).toMatchObject({
      'state-fee': 100_000,
      'postage-inbound': 26_000,
    });
    expect(amounts(question({ code: adoption, reducedFee: reduced(adoption, 'exempt') }))).toMatchObject({
      'state-fee': 0,
    });
  });

  it('a quote is no postage for a Heroic Mother, but the state fee and the remittance all the same', () => {
    expect(amounts(question({ exemption: exemption('heroic-mother') }))).toEqual({
      'state-fee': 200_000,
      'postage-inbound': 0,
      'postage-return': 0,
      'remittance': 8_000,
    });
  });

  it('a quote is half the postage for a war invalid, on delivery too', () => {
    expect(amounts(question({ exemption: exemption('war-invalid') }))).toMatchObject({
      'postage-inbound': 13_000,
      'postage-return': 13_000,
    });
    expect(
      quote(question({ frontDoor: 'result-only', returnZone: 'same-region', exemption: exemption('war-invalid') }))
        .dueOnDelivery,
    ).toBe(15_250);
  });

  it('a quote passes on how far each price may be trusted', () => {
    const standing = Object.fromEntries(
      quote(question({ returnZone: 'adjacent-region' })).lines.map((line) => [line.kind, line.standing]),
    );
    expect(standing).toEqual({
      'state-fee': 'secondary',
      'postage-inbound': 'verified',
      'postage-return': 'judged',
      'remittance': 'verified',
    });
  });

  it('a quote has no price before the first tariff', () => {
    expect(() => quote(question({ at: Date.UTC(2017, 11, 31, 16, 59) }))).toThrow(
      'No tariff is in force on 2017-12-31.',
    );
    expect(quote(question({ at: Date.UTC(2017, 11, 31, 17) })).tariffVersion).toBe('TT22-2017');
  });

  it('a quote adds up to whole đồng, whatever is asked', () => {
    const anything = fc.record({
      procedure: fc.constantFrom(...procedures),
      frontDoor: fc.constantFrom('counter', 'pickup', 'result-only'),
      returnByPost: fc.boolean(),
      inboundZone: fc.constantFrom(...zones),
      returnZone: fc.constantFrom(...zones),
      exemption: fc.constantFrom(null, exemption('heroic-mother'), exemption('poor-household')),
      reducedFee: fc.constant(null),
      messages: fc.constantFrom(null, ...messageChannels),
      at: fc.constant(today),
    });
    fc.assert(
      fc.property(anything, (asked) => {
        const answer = quote(asked);
        const total = answer.lines.reduce((sum, { amount }) => sum + amount, 0);
        expect(answer.dueAtCollection + answer.dueOnDelivery).toBe(total);
        expect(answer.lines.every(({ amount }) => Number.isSafeInteger(amount) && amount >= 0)).toBe(true);
        expect(new Set(answer.lines.map(({ kind }) => kind)).size).toBe(answer.lines.length);
      }),
    );
  });

  it('a quote has the messages with the postage for whoever asks for them, and not where they cost nothing', () => {
    expect(amounts(question({ messages: 'sms' }))).toMatchObject({ messages: 3_000 });
    expect(amounts(question({ messages: 'email' }))).not.toHaveProperty('messages');
    expect(amounts(question())).not.toHaveProperty('messages');
    const paid = (asked: QuoteQuestion) => quote(asked).lines.find(({ kind }) => kind === 'messages');
    expect(paid(question({ messages: 'zalo' }))).toMatchObject({ payer: 'sender', due: 'at-collection' });
    expect(paid(question({ messages: 'zalo', frontDoor: 'result-only' }))).toMatchObject({
      payer: 'recipient',
      due: 'on-delivery',
    });
  });
});
