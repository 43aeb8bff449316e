import { describe, expect, it } from '@jest/globals';
import { decide } from '../../../domain/journey/decide.ts';
import type { Dossier } from '../../../domain/journey/dossier.ts';
import type { Detail } from '../../../domain/journey/events.ts';
import { isSaid } from '../../../domain/journey/guards.ts';
import { lawEdition, losable, rules, stands, type Rule } from '../../../domain/journey/rules.ts';
import { dossierAt, everybody, monday, only, proofsOf, report, truth } from './town.ts';

/** A dossier of which a rule's condition is true, said by hand. */
const such: Readonly<Record<string, Partial<Dossier>>> = {
  'pickup-asked': { frontDoor: 'pickup' },
  'lodged-in-person': { frontDoor: 'result-only' },
  'result-at-agency': { returnByPost: false },
  'pickups-spent': { attempts: { pickup: 2, delivery: 0 } },
  'deliveries-spent': { attempts: { pickup: 0, delivery: 2 } },
  'lost-before-agency': { lostFrom: 'InTransitToAgency' },
  'lost-after-agency': { lostFrom: 'ResultInTransit' },
};

/** What is said with everything that the rule lets be said, and what it makes of the dossier. */
function told(rule: Rule) {
  const lostFrom = losable.find((place) => rule.when === `lost-from-${place}`);
  const dossier = dossierAt(rule.from, lostFrom ? { lostFrom } : (such[rule.when ?? ''] ?? {}));
  const welcome: readonly Detail[] = [...rule.requires, ...(rule.allows ?? [])];
  const details = { ...only(truth(dossier, rule.on, monday), welcome), ...proofsOf(rule, dossier, monday) };
  const party = everybody.find(
    ({ role }) => rule.by.some((actor) => actor === role) && isSaid(rule.saying, details, role),
  );
  if (party === undefined) throw new Error('nobody may report it');
  const decision = decide(dossier, report(party, rule.on, details), monday);
  if (!decision.ok) throw new Error(`${rule.on} was refused: ${decision.refusal.name}`);
  return { dossier, details, after: decision.value.dossier };
}

const legsOpened: Readonly<Record<string, string>> = {
  Dispatched: 'inbound',
  ResultCollected: 'result',
  ReturnCollected: 'return',
};
const countedIn = ['Collected', 'LodgedAtAgency', 'DisputeSettled'];

const standing = rules.filter((rule) => stands(rule, lawEdition));

describe('what a step changes beside the place, said by hand', () => {
  it.each(standing)('a step from $from, $on to $to counts attempts, opens legs and notes what was said', (rule) => {
    const { dossier, details, after } = told(rule);
    expect({
      pickups: after.attempts.pickup - dossier.attempts.pickup,
      deliveries: after.attempts.delivery - dossier.attempts.delivery,
      legs: after.legs.slice(dossier.legs.length).map(({ kind, itemCode }) => [kind, itemCode]),
      officialCode: after.officialCode,
      resultDueAt: after.resultDueAt,
      lostFrom: after.lostFrom,
      delivery: after.deliveryPostOfficeId,
      papers: after.papers,
      seal: after.sealNumber,
    }).toEqual({
      pickups: rule.on === 'PickupFailed' ? 1 : 0,
      deliveries: rule.on === 'DeliveryFailed' ? 1 : 0,
      legs: details.itemCode === undefined ? [] : [[legsOpened[rule.on], details.itemCode]],
      officialCode: details.officialCode,
      resultDueAt: details.resultDueAt,
      lostFrom: rule.on === 'ReportedMissing' ? rule.from : dossier.lostFrom,
      delivery: rule.on === 'Redirected' ? details.postOfficeId : dossier.deliveryPostOfficeId,
      papers: countedIn.includes(rule.on) ? details.papers : dossier.papers,
      seal: rule.on === 'Collected' ? details.sealNumber : dossier.sealNumber,
    });
  });
});
