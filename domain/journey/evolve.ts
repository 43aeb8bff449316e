import type { Dossier, JourneyEvent, Leg } from './dossier.ts';
import { eventFacts } from './events.ts';
import { withAdded } from '../fees/added-charges.ts';
import { asJudged, movesPaper, type AsJudged } from './judged.ts';
import { isEnd } from './places.ts';
import type { Effect } from './rules.ts';
import { termFacts, termsSince, type Term } from './terms.ts';

type Change = (dossier: Dossier, event: JourneyEvent, arrivedAt: number) => Partial<Dossier>;

/** What each effect makes of the dossier; nothing is looked up but in the event. */
const changes: Record<Effect, Change> = {
  'take-papers-in': (_dossier, { details: { papers, sealNumber } }) => ({
    ...(papers === undefined ? {} : { papers }),
    ...(sealNumber === undefined ? {} : { sealNumber }),
  }),
  'note-official-code': (_dossier, { details: { officialCode } }) =>
    officialCode === undefined ? {} : { officialCode },
  'set-result-date': (_dossier, { resultDueAt }) => (resultDueAt === undefined ? {} : { resultDueAt }),
  'open-inbound-leg': (dossier, event, from) => ({ legs: [...dossier.legs, ...legOf('inbound', event, from)] }),
  'open-result-leg': (dossier, event, from) => ({ legs: [...dossier.legs, ...legOf('result', event, from)] }),
  'count-pickup': ({ attempts }) => ({ attempts: { ...attempts, pickup: attempts.pickup + 1 } }),
  'count-delivery': ({ attempts }) => ({ attempts: { ...attempts, delivery: attempts.delivery + 1 } }),
  'redirect': (_dossier, { details: { postOfficeId } }) =>
    postOfficeId === undefined ? {} : { deliveryPostOfficeId: postOfficeId },
  'remember-where-lost': (_dossier, { from }) => ({ lostFrom: from }),
  'remind': ({ reminders }, { dueAt }) => ({ reminders: reminders + 1, ...(dueAt === undefined ? {} : { dueAt }) }),
  // What it sets aside does not stand, and so makes nothing of the dossier.
  'set-aside': () => ({}),
  'open-side-leg': (dossier, event, from) => ({ legs: [...dossier.legs, ...legOf(sideLegOf(event), event, from)] }),
  'close-side-leg': ({ legs }, event, until) => ({
    legs: legs.map((leg) => (leg.kind === sideLegOf(event) && leg.until === undefined ? { ...leg, until } : leg)),
  }),
  'open-return-leg': (dossier, event, from) => ({ legs: [...dossier.legs, ...legOf('return', event, from)] }),
  'note-invitation': ({ invitedAt = [] }, { occurredAt }) => ({ invitedAt: [...invitedAt, occurredAt] }),
  'set-return-way': (dossier, { details: { returnBy } }) => ({
    returnByPost: returnBy === undefined ? dossier.returnByPost : returnBy === 'post',
  }),
  'charge': ({ charges }, { charged = [] }) => ({ charges: withAdded(charges, charged) }),
  'reseal': (_dossier, { details: { papers, sealNumber } }) => ({
    ...(papers === undefined ? {} : { papers }),
    ...(sealNumber === undefined ? {} : { sealNumber }),
  }),
  'succeed': succeeded,
  'move-dates': (_dossier, { dueAt, details: { shutUntil } }) => ({
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(shutUntil === undefined ? {} : { isShifted: true }),
  }),
  'end-term': ({ terms = [] }, { details: { concerns } }) => ({
    terms: terms.filter(({ eventId }) => eventId !== concerns),
  }),
  'replace-tracking-code': (_dossier, { trackingCode }) =>
    trackingCode === undefined ? {} : { trackingCode: trackingCode.to },
};

function sideLegOf({ type }: JourneyEvent): Leg['kind'] {
  return type === 'SupplementSent' || type === 'SupplementReceived' ? 'supplement' : 'appointment-slip';
}

/** Everything that was one unit's is its successor's. */
function succeeded(dossier: Dossier, { details: { succession } }: JourneyEvent): Partial<Dossier> {
  if (succession === undefined) return {};
  const now = (unit: string): string => (unit === succession.unit ? succession.successor : unit);
  const { agencyId, postOfficeId, deliveryPostOfficeId, terms } = dossier;
  return {
    agencyId: now(agencyId),
    postOfficeId: now(postOfficeId),
    deliveryPostOfficeId: now(deliveryPostOfficeId),
    ...(terms === undefined ? {} : { terms: terms.map((term) => ({ ...term, owner: now(term.owner) })) }),
  };
}

/** What runs beside the place: statutory terms, and the status of the one-stop systems. */
function beside(dossier: Dossier, { opens = [], ends = [], nationalStatus }: JourneyEvent): Dossier {
  const { terms: before = [], ...rest } = dossier;
  const isSame = (one: Term, other: Term): boolean => one.kind === other.kind && one.eventId === other.eventId;
  const terms = [
    ...before.filter((term) => !ends.includes(term.kind) && !opens.some((other) => isSame(term, other))),
    ...opens,
  ].filter(({ kind }) => termFacts[kind].outlives === true || !isEnd(dossier.place));
  const legs = opens.filter(({ kind }) => kind === 'inbound-leg' || kind === 'result-leg');
  return {
    ...rest,
    ...(terms.length === 0 ? {} : { terms }),
    ...(legs.length === 0 ? {} : { wayEndsAt: Math.max(...legs.map(({ dueAt }) => dueAt)) }),
    ...(nationalStatus === undefined ? {} : { nationalStatus }),
  };
}

function legOf(kind: Leg['kind'], { details: { itemCode } }: JourneyEvent, from: number): readonly Leg[] {
  return itemCode === undefined ? [] : [{ kind, itemCode, from }];
}

/** The dossier as its first event opens it. @throws when it is no first event */
function opened({ opened: facts, by, receivedAt, number, dueAt, nationalStatus }: JourneyEvent): Dossier {
  if (facts === undefined) throw new Error('a dossier begins with its registration');
  return {
    ...facts,
    registeredBy: by,
    place: 'Registered',
    version: number,
    milestone: number,
    since: receivedAt,
    ...(dueAt === undefined ? {} : { dueAt }),
    reminders: 0,
    legs: [],
    attempts: { pickup: 0, delivery: 0 },
    ...(nationalStatus === undefined ? {} : { nationalStatus }),
  };
}

/**
 * What one event makes of a dossier: a function of the two alone. All that was looked up when the event was decided
 * stands in it (ADR 0016).
 * @param dossier undefined before the first event
 */
export function evolve(dossier: Dossier | undefined, event: JourneyEvent): Dossier {
  if (dossier === undefined) return opened(event);
  if (event.standing !== undefined)
    return { ...dossier, version: event.number, ...idleWith(dossier, event), pending: (dossier.pending ?? 0) + 1 };
  const arrivedAt = Math.max(event.occurredAt, dossier.since);
  const moved = movesPaper(event) ? arrived(dossier, event, arrivedAt) : noted(dossier, event);
  const changed = event.effects.reduce<Dossier>(
    (after, effect) => ({ ...after, ...changes[effect](after, event, arrivedAt) }),
    moved,
  );
  return beside(changed, event);
}

/** So many events are looked at whether they moved the paper or not: an ordinary journey has no more to remember. */
export const ordinaryEvents = 40;

function idleWith({ idle = [] }: Dossier, { number }: JourneyEvent): Pick<Dossier, 'idle'> {
  return number > ordinaryEvents ? { idle: [...idle, number] } : {};
}

function noted({ ringsAt, ...dossier }: Dossier, event: JourneyEvent): Dossier {
  const { number, type, effects, occurredAt, edition } = event;
  const isHeard = ringsAt === undefined || effects.includes('remind');
  // What the clock says is never late, and the law knew no such facts before.
  const isFact = edition.law >= termsSince && eventFacts[type].kind !== 'clock' && eventFacts[type].kind !== 'remark';
  return {
    ...dossier,
    version: number,
    ...idleWith(dossier, event),
    ...(isHeard ? {} : { ringsAt }),
    ...(isFact && occurredAt > dossier.since ? { heardAt: Math.max(occurredAt, dossier.heardAt ?? 0) } : {}),
  };
}

function arrived({ dueAt: _past, ringsAt: _too, ...before }: Dossier, event: JourneyEvent, since: number): Dossier {
  const { to, number, dueAt, ringsAt, type, edition } = event;
  const { heardAt: _before, isShifted: _shut, ...here } = before;
  const { invitedAt: _asked, ...elsewhere } = here;
  const dossier = to === before.place ? here : elsewhere;
  return {
    ...dossier,
    ...(type === 'Collected' && edition.law >= termsSince ? { acceptedAt: since } : {}),
    place: to,
    version: number,
    milestone: number,
    since,
    reminders: 0,
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(ringsAt === undefined ? {} : { ringsAt }),
  };
}

/**
 * The head of a dossier from its events alone, in whatever order they arrived: the fold of what stands, in the legal
 * order.
 * @param events in the order of their numbers
 * @throws when there are none
 */
export function fold(events: readonly JourneyEvent[]): Dossier {
  const judged = asJudged(events);
  const dossier = judged.standing.reduce<Dossier | undefined>(evolve, undefined);
  if (dossier === undefined) throw new Error('a dossier begins with its registration');
  return arrivedAs(dossier, events, judged);
}

/** A fold as a head: how far the book goes is told by the order of arrival. */
export function arrivedAs(
  dossier: Dossier,
  events: readonly JourneyEvent[],
  { standing, pending }: Pick<AsJudged, 'standing' | 'pending'>,
): Dossier {
  const { ringsAt: own, pending: _counted, idle: _some, ...rest } = dossier;
  const moving = new Set(standing.filter(movesPaper).map(({ number }) => number));
  const idle = events.map(({ number }) => number).filter((number) => number > ordinaryEvents && !moving.has(number));
  const clocked = events.findLast(
    ({ milestone, effects, after }) => milestone || after !== undefined || effects.includes('remind'),
  );
  const ringsAt = clocked?.after === undefined ? own : clocked.after.ringsAt;
  const digest = events.findLast((event) => event.digest !== undefined)?.digest;
  const judgedAnewAt = events.findLast(({ judgedAnew }) => judgedAnew !== undefined)?.number;
  return {
    ...rest,
    version: Math.max(...events.map(({ number }) => number)),
    milestone: Math.max(...events.filter(({ milestone }) => milestone).map(({ number }) => number)),
    ...(ringsAt === undefined ? {} : { ringsAt }),
    ...(digest === undefined ? {} : { digest }),
    ...(idle.length === 0 ? {} : { idle }),
    ...(judgedAnewAt === undefined ? {} : { judgedAnewAt }),
    ...(pending.length === 0 ? {} : { pending: pending.length }),
  };
}
