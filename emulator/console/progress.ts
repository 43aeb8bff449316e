import type { HistoryEvent } from './executions.ts';

/** One stay in a state. */
export interface Visit {
  readonly state: string;
  /** Type of the state, from its event: Task, Choice, ... */
  readonly type: string;
  readonly enteredEvent: number;
  /** Epoch milliseconds, here and below. */
  readonly enteredAt: number;
  /** The stay that led here, absent for the first state of a flow. */
  readonly cameFrom?: Visit;
  /** The stay in the Parallel or Map that this one is inside of. */
  readonly inside?: Visit;
  outcome: 'open' | 'succeeded' | 'caught' | 'failed' | 'stopped';
  endedAt?: number;
  /** The error that was caught or not, or that a retry waits to forget. */
  error?: string;
}

/** What a history says about the states of its definition. */
export interface Progress {
  /** In the order in which they were entered. */
  readonly visits: readonly Visit[];
  /** To which state each event belongs, by the event's id; the execution's own events belong to none. */
  readonly stateOf: ReadonlyMap<number, string>;
}

/**
 * Reads a history, which may have branches side by side, as stays in states.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html: an event names the one it
 * follows.
 * @param events all of the history, oldest first
 */
export function progressOf(events: readonly HistoryEvent[]): Progress {
  const reader = new Reader();
  for (const event of events) reader.read(event);
  return { visits: reader.visits, stateOf: new Map([...reader.owners].map(([id, { state }]) => [id, state])) };
}

class Reader {
  readonly visits: Visit[] = [];
  readonly owners = new Map<number, Visit>();
  /** After a redrive, the stays that go on, in the order in which the engine takes them up. */
  #resumed: { readonly redrive: number; readonly visits: Visit[] } | undefined;

  read(event: HistoryEvent): void {
    const { id, type } = event;
    if (type.startsWith('Execution')) {
      this.#executionTells(event);
      return;
    }
    const visit = type.endsWith('StateEntered') ? this.#enter(event) : this.#find(event);
    if (!visit) return;
    this.owners.set(id, visit);
    if (type.endsWith('StateFailed'))
      visit.error =
        event.error ??
        this.visits.findLast((inner) => inner.inside === visit && inner.error !== undefined)?.error ??
        type;
    else note(visit, event);
    if (holds(visit) && (visit.outcome !== 'open' || type.endsWith('StateStarted'))) this.#endInside(visit, event.at);
  }

  /** What a Parallel or Map still holds is over with it, or with its attempt. */
  #endInside(holder: Visit, at: number): void {
    for (const visit of this.visits) {
      if (visit.inside !== holder || visit.outcome !== 'open') continue;
      end(visit, visit.error === undefined ? 'stopped' : 'failed', at);
      this.#endInside(visit, at);
    }
  }

  #enter({ id, previous, at, type, name = '' }: HistoryEvent): Visit {
    const before = this.owners.get(previous);
    // What follows a stay that goes on is inside of it: the first state of a branch or iteration.
    const inside = before?.outcome === 'open' ? before : before?.inside;
    const cameFrom = before?.outcome === 'open' ? undefined : before;
    const visit: Visit = {
      state: name,
      type: type.slice(0, -'StateEntered'.length),
      enteredEvent: id,
      enteredAt: at,
      outcome: 'open',
      ...(cameFrom === undefined ? {} : { cameFrom }),
      ...(inside === undefined ? {} : { inside }),
    };
    this.visits.push(visit);
    return visit;
  }

  #find({ previous, type, name }: HistoryEvent): Visit | undefined {
    const before = previous === this.#resumed?.redrive ? this.#resumed.visits.shift() : this.owners.get(previous);
    const fits =
      type.startsWith('Map') || type.startsWith('Parallel') || name !== undefined
        ? fitting(type, name)
        : (visit: Visit) => visit.outcome === 'open';
    for (let visit = before; visit; visit = visit.inside) if (fits(visit)) return visit;
    return this.visits.findLast(fits) ?? before;
  }

  #executionTells({ id, at, type }: HistoryEvent): void {
    if (type === 'ExecutionRedriven') {
      const resumed: Visit[] = [];
      for (const visit of this.visits) {
        if (
          (visit.outcome !== 'failed' && visit.outcome !== 'stopped') ||
          (visit.inside && !resumed.includes(visit.inside))
        )
          continue;
        visit.outcome = 'open';
        delete visit.error;
        delete visit.endedAt;
        resumed.push(visit);
      }
      this.#resumed = {
        redrive: id,
        visits: resumed.filter((visit) => !resumed.some(({ inside }) => inside === visit)),
      };
    }
    if (type === 'ExecutionFailed') this.#endAll('failed', at);
    if (type === 'ExecutionAborted' || type === 'ExecutionTimedOut') this.#endAll('stopped', at);
  }

  #endAll(outcome: 'failed' | 'stopped', at: number): void {
    for (const visit of this.visits) if (visit.outcome === 'open') end(visit, outcome, at);
  }
}

/** Whether a state may have others inside of it. */
function holds({ type }: Visit): boolean {
  return type === 'Map' || type === 'Parallel';
}

/** Whether a stay can be the one of which an event tells that names it, or that names a Parallel or Map by its type. */
function fitting(type: string, name: string | undefined): (visit: Visit) => boolean {
  const kind = /^(Map|Parallel)/u.exec(type)?.[0];
  return (visit) =>
    visit.outcome === 'open' &&
    (name === undefined || visit.state === name) &&
    (kind === undefined || visit.type === kind);
}

function note(visit: Visit, { type, at, error }: HistoryEvent): void {
  if (type.endsWith('StateExited')) end(visit, visit.error === undefined ? 'succeeded' : 'caught', at);
  else if (type.endsWith('StateAborted')) end(visit, visit.error === undefined ? 'stopped' : 'failed', at);
  else if (isFailure(type)) visit.error = error ?? visit.error ?? type;
  // A retry forgets the error.
  else if (type.endsWith('Scheduled') || type.endsWith('StateStarted')) delete visit.error;
}

function end(visit: Visit, outcome: Visit['outcome'], at: number): void {
  visit.outcome = outcome;
  visit.endedAt = at;
}

/** A tolerated iteration is no failure of its Map. */
function isFailure(type: string): boolean {
  return /(?:Failed|TimedOut)$/u.test(type) && type !== 'MapIterationFailed';
}
