import type { Dossier, JourneyEvent, Leg } from './dossier.ts';
import type { Effect } from './rules.ts';

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
};

function legOf(kind: Leg['kind'], { details: { itemCode } }: JourneyEvent, from: number): readonly Leg[] {
  return itemCode === undefined ? [] : [{ kind, itemCode, from }];
}

/** The dossier as its first event opens it. @throws when it is no first event */
function opened({ opened: facts, by, receivedAt, number, dueAt }: JourneyEvent): Dossier {
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
  };
}

/**
 * What one event makes of a dossier: a function of the two alone. All that was looked up when the event was decided
 * stands in it (ADR 0016).
 * @param dossier undefined before the first event
 */
export function evolve(dossier: Dossier | undefined, event: JourneyEvent): Dossier {
  if (dossier === undefined) return opened(event);
  const arrivedAt = Math.max(event.occurredAt, dossier.since);
  const moved = event.milestone ? arrived(dossier, event, arrivedAt) : { ...dossier, version: event.number };
  return event.effects.reduce<Dossier>(
    (after, effect) => ({ ...after, ...changes[effect](after, event, arrivedAt) }),
    moved,
  );
}

function arrived({ dueAt: _past, ...dossier }: Dossier, { to, number, dueAt }: JourneyEvent, since: number): Dossier {
  return {
    ...dossier,
    place: to,
    version: number,
    milestone: number,
    since,
    reminders: 0,
    ...(dueAt === undefined ? {} : { dueAt }),
  };
}

/**
 * The head of a dossier from its events alone, in the order of their numbers.
 * @throws when there are none
 */
export function fold(events: readonly JourneyEvent[]): Dossier {
  const dossier = events.reduce<Dossier | undefined>(evolve, undefined);
  if (dossier === undefined) throw new Error('a dossier begins with its registration');
  return dossier;
}
