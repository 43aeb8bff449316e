import type { LeftOut, UseCase } from '../../contract/operation.ts';
import { borderProblem, type Problem } from '../../contract/problem.ts';
import { saidBy } from '../../contract/recorded.ts';
import { itemAnswer, type ItemAnswer, type recordEvents as operation } from '../../contract/record-events.ts';
import type { TakeInAll } from '../../domain/intake/take-in-all.ts';

/**
 * Records what somebody reports about any dossiers, each by itself.
 * @param problemOf what is said of an item at which something was thrown
 */
export function recordEvents(
  takeInAll: TakeInAll,
  problemOf: (thrown: unknown, dossierId: string) => Problem,
): UseCase<typeof operation> {
  return async ({ body: { items, sentAt } }, caller, leftOut = new Map()) => {
    const all = items.map((item) =>
      saidBy(item.dossierId, { ...item, sentAt: item.sentAt ?? sentAt }, caller, item.expectedVersion),
    );
    const taken = await takeInAll(all);
    const read = all.map((said, index) => itemAnswer(said, taken[index], caller, problemOf));
    return { status: 200, body: { items: inPlace(read, leftOut) } };
  };
}

/** What was read and what was left out, each where it stood in the request. */
function inPlace(read: readonly ItemAnswer[], leftOut: LeftOut): readonly ItemAnswer[] {
  const next = read.values();
  return Array.from({ length: read.length + leftOut.size }, (_item, index): ItemAnswer => {
    const errors = leftOut.get(index);
    const answer = errors === undefined ? next.next().value : undefined;
    return answer ?? { status: 400, problem: borderProblem('InvalidRequest', errors) };
  });
}
