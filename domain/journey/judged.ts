import type { JourneyEvent, Judgement, Note } from './dossier.ts';

/** The events of a dossier as they are judged now. */
export interface AsJudged {
  /** What stands, in legal order. */
  readonly standing: readonly JourneyEvent[];
  /** What is parked or contradicts, in the order of arrival: it waits for another fact, or for a person. */
  readonly pending: readonly JourneyEvent[];
  /** Every event, in the order of arrival. */
  readonly all: readonly JourneyEvent[];
}

/**
 * Each event with the newest judgement on it, and the legal order: both stand in the events themselves.
 * @param events in the order of their numbers
 */
export function asJudged(events: readonly JourneyEvent[]): AsJudged {
  const now = new Map<number, JourneyEvent>();
  let order: readonly number[] = [];
  for (const event of events) {
    now.set(event.number, event);
    for (const { number, ...judgement } of event.judgedAnew ?? []) {
      const earlier = now.get(number);
      if (earlier !== undefined) now.set(number, { ...withoutJudgement(earlier), ...judgement });
    }
    order = event.order ?? (event.standing === undefined ? [...order, event.number] : order);
  }
  const all = [...now.values()];
  return {
    all,
    standing: order.flatMap((number) => now.get(number) ?? []),
    pending: all.filter(({ standing }) => standing === 'parked' || standing === 'contradicts'),
  };
}

/**
 * Everything that was said of a dossier as it happened: what stands in legal order, and between it, at its own time,
 * what does not, and what was only noted.
 */
export function asItHappened({ standing, all }: AsJudged, notes: readonly Note[]): readonly (JourneyEvent | Note)[] {
  const told: (JourneyEvent | Note)[] = [...standing];
  const beside = [...all.filter((event) => event.standing !== undefined), ...notes];
  for (const one of beside.toSorted((a, b) => a.occurredAt - b.occurredAt)) {
    const next = told.findIndex(({ occurredAt }) => occurredAt > one.occurredAt);
    told.splice(next === -1 ? told.length : next, 0, one);
  }
  return told;
}

/** Whether an event moves the paper, or the clock of its place, as it is judged now. */
export function movesPaper({ moves, milestone }: Pick<JourneyEvent, 'moves' | 'milestone'>): boolean {
  return moves ?? milestone;
}

/** An event as it arrived, before anybody judged it. */
export function withoutJudgement(event: JourneyEvent): Omit<JourneyEvent, 'from' | 'to' | 'effects'> {
  const {
    standing,
    from,
    to,
    moves,
    dueAt,
    resultDueAt,
    effects,
    disputes,
    proofPending,
    opens,
    ends,
    charged,
    nationalStatus,
    ...arrived
  } = event;
  return arrived;
}

/** The judgement that an event bears. */
export function judgementOf(event: JourneyEvent): Judgement {
  const { standing, from, to, dueAt, resultDueAt, effects, disputes, proofPending } = event;
  const { opens, ends, charged, nationalStatus } = event;
  return {
    ...(standing === undefined ? {} : { standing }),
    from,
    to,
    moves: movesPaper(event),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(resultDueAt === undefined ? {} : { resultDueAt }),
    effects,
    ...(disputes === undefined ? {} : { disputes }),
    ...(proofPending === undefined ? {} : { proofPending }),
    ...(opens === undefined ? {} : { opens }),
    ...(ends === undefined ? {} : { ends }),
    ...(charged === undefined ? {} : { charged }),
    ...(nationalStatus === undefined ? {} : { nationalStatus }),
  };
}
