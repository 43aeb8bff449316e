import { describe, expect, it } from '@jest/globals';
import { decide, isNote, note } from '../../../domain/journey/decide.ts';
import { allowedActions, type AllowedAction } from '../../../domain/journey/allowed-actions.ts';
import type { Dossier, Party } from '../../../domain/journey/dossier.ts';
import {
  eventFacts,
  eventTypes,
  proofs,
  type Detail,
  type Details,
  type EventType,
} from '../../../domain/journey/events.ts';
import { isSaid } from '../../../domain/journey/guards.ts';
import { isHeardAt } from '../../../domain/journey/lines.ts';
import { factsOf, isEnd, placeFacts, places, type Place } from '../../../domain/journey/places.ts';
import {
  lawEdition,
  losable,
  remarks as everyRemark,
  rules as everyRule,
  stands,
  type DossierCondition,
  type Rule,
} from '../../../domain/journey/rules.ts';
import { clerk, dossierAt, everybody, monday, only, ops, portal, proofsOf, report, truth } from './town.ts';

const rules = everyRule.filter((rule) => stands(rule, lawEdition));
const remarks = everyRemark.filter((remark) => stands(remark, lawEdition));

/** Who may say a line, saying what it says. */
function speakersOf({ by, saying }: Pick<Rule, 'by' | 'saying'>, details: Details): readonly Party[] {
  return everybody.filter(({ role }) => by.some((actor) => actor === role) && isSaid(saying, details, role));
}

/**
 * Three dossiers between which every condition of the law is true once and false once. What is true of them is said by
 * hand.
 */
const dossiers: readonly {
  readonly what: string;
  readonly facts: Partial<Dossier>;
  readonly isTrue: readonly DossierCondition[];
}[] = [
  {
    what: 'from the counter',
    facts: { frontDoor: 'counter', lostFrom: 'InTransitToAgency' },
    isTrue: [
      'sent-by-post',
      'result-by-post',
      'pickups-left',
      'deliveries-left',
      'lost-before-agency',
      'lost-from-InTransitToAgency',
    ],
  },
  {
    what: 'to be picked up, with two failed attempts behind it, whose result stays at the agency',
    facts: {
      frontDoor: 'pickup',
      returnByPost: false,
      attempts: { pickup: 2, delivery: 2 },
      lostFrom: 'ResultInTransit',
    },
    isTrue: [
      'sent-by-post',
      'pickup-asked',
      'result-at-agency',
      'pickups-spent',
      'deliveries-spent',
      'lost-after-agency',
      'lost-from-ResultInTransit',
    ],
  },
  {
    what: 'of which the post brings the result only',
    facts: { frontDoor: 'result-only', attempts: { pickup: 1, delivery: 1 }, lostFrom: 'ResultInTransit' },
    isTrue: [
      'lodged-in-person',
      'result-by-post',
      'pickups-left',
      'deliveries-left',
      'lost-after-agency',
      'lost-from-ResultInTransit',
    ],
  },
];

const now = monday;

/** The dossiers of which the condition of a line is true; what went missing anywhere else did so there. */
function dossiersFor({ when }: Pick<Rule, 'when'>): readonly { readonly facts: Partial<Dossier> }[] {
  const lostFrom = losable.find((place) => when === `lost-from-${place}`);
  return lostFrom === undefined
    ? dossiers.filter(({ isTrue }) => when === undefined || isTrue.includes(when))
    : [{ facts: { lostFrom } }];
}

// Holds ADR 0003.
describe('every line of the law', () => {
  it.each(rules.map((rule) => ({ ...rule, who: rule.by.join(' or '), whenTrue: rule.when ?? 'always' })))(
    'a line of the law from $from, $on by $who leads to $to ($whenTrue)',
    (rule) => {
      const such = dossiersFor(rule);
      expect(such.length).toBeGreaterThan(0);
      for (const { facts } of such) {
        const dossier = dossierAt(rule.from, facts);
        const details = proofsOf(rule, dossier, now);
        expect(speakersOf(rule, details)).not.toEqual([]);
        for (const party of speakersOf(rule, details)) {
          const decision = decide(dossier, report(party, rule.on, details), now);
          expect(decision).toMatchObject({
            ok: true,
            value: { event: { from: rule.from, to: rule.to, milestone: true }, dossier: { place: rule.to } },
          });
        }
      }
    },
  );

  it.each(rules.filter(({ requires }) => requires.length > 0))(
    'a line of the law from $from, $on to $to names each proof that is missing',
    (rule) => {
      const [such] = dossiersFor(rule);
      const dossier = dossierAt(rule.from, such?.facts);
      const [party] = speakersOf(rule, proofsOf(rule, dossier, now));
      for (const missing of rule.requires) {
        const rest = rule.requires.filter((proof) => proof !== missing);
        if (isPhysical(rule.on) && proofs.includes(missing)) continue;
        const decision = decide(
          dossier,
          report(party ?? clerk, rule.on, only(proofsOf(rule, dossier, now), rest)),
          now,
        );
        expect(decision).toMatchObject({ ok: false, refusal: { name: 'ProofMissing', on: rule.on } });
        expect(!decision.ok && decision.refusal.name === 'ProofMissing' && decision.refusal.missing).toContain(missing);
      }
    },
  );

  it.each(rules.filter(({ on, requires }) => isPhysical(on) && requires.some((name) => proofs.includes(name))))(
    'a line of the law from $from, $on to $to takes the fact without its proofs, and lists which are still to come',
    (rule) => {
      const [such] = dossiersFor(rule);
      const dossier = dossierAt(rule.from, such?.facts);
      const [party = clerk] = speakersOf(rule, proofsOf(rule, dossier, now));
      const rest = rule.requires.filter((name) => !proofs.includes(name));
      const decision = decide(dossier, report(party, rule.on, only(proofsOf(rule, dossier, now), rest)), now);
      const proofPending = rule.requires.filter((name) => proofs.includes(name));
      expect(decision).toMatchObject({
        ok: true,
        value: { event: { to: rule.to, proofPending } },
      });
      expect(decision.ok && decision.value.matters.opened.map(({ kind }) => kind)).toContain('proof-pending');
    },
  );

  it.each(rules)('a line of the law from $from, $on to $to keeps nothing that nobody asked for', (rule) => {
    const [such] = dossiersFor(rule);
    const dossier = dossierAt(rule.from, such?.facts);
    const [party] = speakersOf(rule, proofsOf(rule, dossier, now));
    const given = proofsOf(rule, dossier, now);
    const welcome: readonly Detail[] = [...rule.requires, ...(rule.allows ?? [])];
    const said = truth(dossier, rule.on, now);
    for (const name of detailNames.filter((one) => !welcome.includes(one))) {
      expect(decide(dossier, report(party ?? clerk, rule.on, { ...given, ...only(said, [name]) }), now)).toEqual({
        ok: false,
        refusal: { name: 'UnneededDetails', on: rule.on, unneeded: [name] },
      });
    }
  });
});

function isPhysical(type: EventType): boolean {
  return eventFacts[type].kind === 'physical-fact';
}

/** What speaks of an earlier event has its own tests. */
const ofThePaper = eventTypes.filter((type) => type !== 'ProofSupplied' && type !== 'MatterSettled');
/** What ops say of many dossiers at once. */
const ofOps: readonly EventType[] = ['UnitSucceeded', 'DatesMoved'];

function isDetail(name: string, details: Required<Details>): name is Detail {
  return Object.hasOwn(details, name);
}
const everything = truth(dossierAt('Registered'), 'Collected', now);
const detailNames: readonly Detail[] = Object.keys(everything).filter((name): name is Detail =>
  isDetail(name, everything),
);

describe('the whole table: every place, every event, every speaker', () => {
  for (const { what, facts, isTrue } of dossiers) {
    it.each(places)(
      `a dossier ${what}, in %s, takes what the law names, keeps what happened all the same, and refuses all else by name`,
      (place) => {
        const dossier = dossierAt(place, facts);
        for (const type of ofThePaper) {
          for (const party of everybody)
            expect([type, party.role, answerOf(dossier, type, party)]).toEqual([
              type,
              party.role,
              expected(place, type, party, isTrue),
            ]);
        }
      },
    );
  }

  it.each(places)('a stranger is told nothing of a dossier in %s', (place) => {
    const dossier = dossierAt(place);
    const strangers: readonly Party[] = [
      { role: 'clerk', unit: 'PO-NARI' },
      { role: 'courier', unit: 'PO-CHORA' },
      { role: 'officer', unit: 'AG-UBND-01843' },
      { role: 'portal', unit: 'another-portal' },
      ops,
    ];
    for (const type of eventTypes) {
      for (const party of strangers.filter(({ role }) => role !== 'ops' || !ofOps.includes(type)))
        expect(decide(dossier, report(party, type), now)).toEqual({ ok: false, refusal: { name: 'UnknownDossier' } });
    }
    expect(strangers.flatMap((party) => allowedActions(dossier, party))).toEqual([]);
  });

  it('a portal that did not register the dossier is a stranger, whatever its role may do', () => {
    const dossier = dossierAt('Registered', { registeredBy: clerk });
    expect(decide(dossier, report(portal, 'Cancelled', { reason: 'citizen-asked' }), now)).toMatchObject({
      ok: false,
      refusal: { name: 'UnknownDossier' },
    });
  });
});

/** The law's answer, the proofs given as far as one line of the table asks for them. */
function answerOf(dossier: Dossier, type: EventType, party: Party): string {
  const line = [...rules.filter((rule) => rule.from === dossier.place), ...remarks, ...rules].find(
    (one) => one.on === type && one.by.some((actor) => actor === party.role),
  );
  const said = report(party, type, line ? proofsOf(line, dossier, now) : {}, now + 1);
  const decision = isNote(said) ? note(dossier, said, now + 1) : decide(dossier, said, now + 1);
  if (decision.ok) return 'event' in decision.value && decision.value.event.standing ? 'kept' : 'granted';
  // With several lines for one event the proofs may be another line's: asked for more, or for less, it is still this
  // step.
  return ['ProofMissing', 'UnneededDetails'].includes(decision.refusal.name) ? 'granted' : decision.refusal.name;
}

function expected(place: Place, type: EventType, { role }: Party, isTrue: readonly DossierCondition[]): string {
  const lines = rules.filter(
    (rule) => rule.from === place && rule.on === type && (rule.when === undefined || isTrue.includes(rule.when)),
  );
  // The portal has registered all of the tests' dossiers.
  const noted = remarks.filter(
    (remark) =>
      remark.on === type &&
      // What is only noted may be early: it is taken wherever the paper is.
      (eventFacts[type].kind === 'remark' ? !isEnd(place) : isHeardAt(remark, place)) &&
      (remark.when === undefined || isTrue.includes(remark.when)),
  );
  const speakers = [...lines, ...noted].flatMap((line) =>
    line.only === undefined ? line.by : line.by.filter((actor) => actor === 'portal'),
  );
  if (speakers.some((actor) => actor === role)) return 'granted';
  const mayElsewhere = [...rules, ...remarks].some(({ on, by }) => on === type && by.some((actor) => actor === role));
  if (isPhysical(type)) return mayElsewhere ? 'kept' : 'NotYourStep';
  return speakers.length === 0 ? 'NoSuchStep' : 'NotYourStep';
}

describe('what a client is told it may do', () => {
  const cases = places.flatMap((place) => dossiers.map(({ what, facts }) => ({ place, what, facts })));

  it.each(cases)(
    'in $place, a dossier $what: each listed action is granted with its proofs, and leads where it says',
    ({ place, facts }) => {
      const dossier = dossierAt(place, facts);
      for (const party of everybody) {
        for (const action of allowedActions(dossier, party)) {
          expect([action.event, waysOf(dossier, party, action).toSorted()]).toEqual([
            action.event,
            [...action.to].toSorted(),
          ]);
        }
      }
    },
  );

  it.each(cases)(
    'in $place, a dossier $what: what is not listed moves nothing, whatever proofs come with it',
    ({ place, facts }) => {
      const dossier = dossierAt(place, facts);
      for (const party of everybody) {
        const listed = allowedActions(dossier, party).map(({ event }) => event);
        for (const type of ofThePaper.filter((one) => !listed.includes(one) && eventFacts[one].kind !== 'remark')) {
          for (const details of [{}, truth(dossier, type, now)]) {
            const decision = decide(dossier, report(party, type, details, now + 1), now + 1);
            if (decision.ok) expect([type, decision.value.dossier.place]).toEqual([type, place]);
            if (decision.ok) expect([type, decision.value.event.standing]).not.toContain(undefined);
            if (!decision.ok && !isPhysical(type)) expect(decision.refusal.name).toMatch(/^(NoSuchStep|NotYourStep)$/);
          }
        }
      }
    },
  );

  it('what a client is told it may do once the journey has ended moves nothing, but for a delivery that was none', () => {
    for (const place of places.filter(isEnd)) {
      const moving = everybody
        .flatMap((party) => allowedActions(dossierAt(place), party))
        .filter(({ to }) => to.some((next) => next !== place));
      expect([place, [...new Set(moving.map(({ event }) => event))]]).toEqual([
        place,
        place === 'Delivered' ? ['DeliveryCancelled'] : [],
      ]);
    }
  });
});

const choices: readonly Details[] = [
  { outcome: 'accepted' },
  { outcome: 'returned' },
  { solution: 'redeliver' },
  { solution: 'hold' },
  { solution: 'return', reason: 'receiver-absent' },
  { solution: 'return', reason: 'receiver-refused' },
  { returnBy: 'post' },
  { returnBy: 'agency' },
];
/** Whether it was reached at all decides where what is returned goes. */
const ofReturns: readonly Details[] = [{ reason: 'receiver-absent' }, { reason: 'citizen-moved' }];

/**
 * Where an action can lead: reported as a client would that only knows the list, adding a welcome detail when told that
 * it is missing.
 */
function waysOf(dossier: Dossier, party: Party, { event, requires, allows }: AllowedAction): Place[] {
  const facts = truth(dossier, event, now);
  const chosen =
    event === 'ReturnFailed'
      ? ofReturns
      : choices.filter(({ reason, ...choice }) => requires.some((detail) => Object.hasOwn(choice, detail)));
  const reached = (chosen.length === 0 ? [{}] : chosen).map((choice) => {
    const said = { ...only(facts, requires), ...choice };
    const first = decide(dossier, report(party, event, said), now);
    const missing = !first.ok && first.refusal.name === 'ProofMissing' ? first.refusal.missing : [];
    expect(missing.every((detail) => allows.includes(detail))).toBe(true);
    const second = decide(dossier, report(party, event, { ...said, ...only(facts, missing) }), now);
    return second.ok ? second.value.dossier.place : undefined;
  });
  expect(reached).not.toContain(undefined);
  return [...new Set(reached)].filter((place) => place !== undefined);
}

describe('every place', () => {
  it('every place has exactly one holder, a name in both languages and a national status', () => {
    for (const place of places) {
      expect(['citizen', 'post', 'agency', 'nobody-knows']).toContain(placeFacts[place].holder);
      expect(placeFacts[place].vi).toBe(placeFacts[place].vi.normalize('NFC'));
      expect(placeFacts[place].en).not.toBe('');
    }
    expect(places.filter((place) => factsOf(place).holder === 'nobody-knows')).toEqual(['Missing', 'Lost']);
  });

  it('every place has one happy way out, unless it is an end, which has none', () => {
    for (const place of places)
      expect([
        place,
        new Set(rules.filter(({ from, happy }) => from === place && happy).map(({ to }) => to)).size,
      ]).toEqual([place, isEnd(place) ? 0 : 1]);
  });

  it('every place can be reached, and an end can be reached from it', () => {
    const reach = (from: Place, seen: ReadonlySet<Place> = new Set()): ReadonlySet<Place> =>
      rules
        .filter((rule) => rule.from === from && !seen.has(rule.to))
        .reduce((all, { to }) => new Set([...all, ...reach(to, new Set([...all, to]))]), seen);
    expect([...reach('Registered', new Set(['Registered']))].toSorted()).toEqual([...places].toSorted());
    for (const place of places.filter((one) => !isEnd(one)))
      expect([place, [...reach(place)].some(isEnd)]).toEqual([place, true]);
  });
});
