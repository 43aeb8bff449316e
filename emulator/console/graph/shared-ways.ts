import type { Flow } from '../../stepfunctions/definition/types.ts';
import type { Edge } from './edges.ts';

/**
 * A Choice with more ways than this is a switchboard, and so is a state with so many catches; so many states catching
 * the same error into the same state have a common exit.
 */
const mostWaysOfAChoice = 6;
const mostCatches = 12;
const mostSharedCatches = 5;

/**
 * Tells the ways that make the shape of the graph from those that every state shares. A shared one is drawn all the
 * same where a state would otherwise hang in the air.
 */
export function keepApart(
  flow: Flow,
  edges: readonly Edge[],
): { readonly drawn: readonly Edge[]; readonly quiet: readonly Edge[] } {
  const drawn = edges.filter((edge) => !isShared(edge, edges));
  const reached = new Set(follow(flow.startAt, drawn));
  for (const edge of edges) {
    if (!reached.has(edge.from) || reached.has(edge.to)) continue;
    drawn.push(edge);
    for (const name of follow(edge.to, drawn)) reached.add(name);
  }
  return { drawn: edges.filter((edge) => drawn.includes(edge)), quiet: edges.filter((edge) => !drawn.includes(edge)) };
}

function isShared(edge: Edge, edges: readonly Edge[]): boolean {
  if (edge.kind === 'next' || edge.from === edge.to) return false;
  const catches = edges.filter(({ kind }) => kind === 'catch');
  if (edge.kind === 'catch')
    return (
      catches.filter((other) => other.to === edge.to && sameErrors(other, edge)).length > mostSharedCatches ||
      catches.filter((other) => other.from === edge.from).length > mostCatches
    );
  return edges.filter((other) => other.kind !== 'catch' && other.from === edge.from).length > mostWaysOfAChoice;
}

function sameErrors(one: Edge, other: Edge): boolean {
  return one.errors.join(' ') === other.errors.join(' ');
}

/** Every state that can be reached from `start`. A set hands out what is added to it while it is read. */
function follow(start: string, edges: readonly Edge[]): ReadonlySet<string> {
  const reached = new Set([start]);
  for (const name of reached) {
    for (const { from, to } of edges) if (from === name) reached.add(to);
  }
  return reached;
}
