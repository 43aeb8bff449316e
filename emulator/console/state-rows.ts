import type { Flow } from '../stepfunctions/definition/types.ts';
import type { Position } from '../stepfunctions/execution-summaries.ts';
import { edgesOf, flowsInside, statesOf, type Edge } from './graph/edges.ts';
import type { Progress, Visit } from './progress.ts';
import type { Look } from './words.ts';

/** All that is known of one state of one execution: the graph and the table both say this, and nothing else. */
export interface StateRow {
  readonly state: string;
  readonly type: string;
  readonly look: Look;
  readonly visits: readonly Visit[];
  /** Where the execution stands in this state now; several in branches side by side. */
  readonly now: readonly Position[];
  readonly ways: readonly Way[];
}

export interface Way {
  readonly edge: Edge;
  readonly taken: boolean;
}

/**
 * Every state of a definition: those that were reached in the order in which they were, then the others in the
 * definition's.
 */
export function stateRows(machine: Flow, { visits }: Progress, at: readonly Position[]): StateRow[] {
  const ways = waysOf(machine, visits);
  const rows = statesOf(machine).map(({ name, type }): StateRow => {
    const own = visits.filter(({ state }) => state === name);
    const now = at.filter(({ state, since }) => state === name && since !== undefined);
    return {
      state: name,
      type,
      look: lookOf(own, now),
      visits: own,
      now,
      ways: ways.filter(({ edge }) => edge.from === name),
    };
  });
  return rows.toSorted((one, other) => firstEntry(one) - firstEntry(other));
}

function firstEntry({ visits }: StateRow): number {
  return visits[0]?.enteredEvent ?? Number.MAX_SAFE_INTEGER;
}

/** What still goes on is what people look for, then what went wrong. */
function lookOf(visits: readonly Visit[], now: readonly Position[]): Look {
  if (visits.some(({ outcome }) => outcome === 'open'))
    return now.length > 0 && now.every(({ waitsFor }) => waitsFor !== undefined) ? 'waiting' : 'running';
  for (const outcome of ['failed', 'stopped'] as const)
    if (visits.some((visit) => visit.outcome === outcome)) return outcome;
  return visits.at(-1)?.outcome === 'caught' ? 'caught' : visits.length > 0 ? 'succeeded' : 'unreached';
}

function waysOf(machine: Flow, visits: readonly Visit[]): Way[] {
  const all = allEdges(machine);
  const taken = new Set(visits.flatMap((visit) => edgeTaken(visit, all) ?? []));
  return all.map((edge) => ({ edge, taken: taken.has(edge) }));
}

function allEdges(flow: Flow): Edge[] {
  return [
    ...edgesOf(flow),
    ...[...flow.states.values()].flatMap((state) => flowsInside(state).flatMap((inside) => allEdges(inside.flow))),
  ];
}

/**
 * The way by which a state was entered. A Catch is known by its error, or, when it has a group name such as States.ALL,
 * by being the only one.
 */
function edgeTaken({ cameFrom, state }: Visit, edges: readonly Edge[]): Edge | undefined {
  if (!cameFrom) return undefined;
  const candidates = edges.filter(
    ({ from, to, kind }) =>
      from === cameFrom.state && to === state && (kind === 'catch') === (cameFrom.outcome === 'caught'),
  );
  return (
    candidates.find(({ errors }) => cameFrom.error !== undefined && errors.includes(cameFrom.error)) ?? candidates[0]
  );
}
