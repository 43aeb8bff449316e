import { inPlace } from '../../contract/item-by-item.ts';
import { noBorder, type UseCase } from '../../contract/operation.ts';
import type { Problem } from '../../contract/problem.ts';
import { saidBy } from '../../contract/recorded.ts';
import { itemAnswer, type recordEvents as operation } from '../../contract/record-events.ts';
import type { TakeInAll } from '../../domain/intake/take-in-all.ts';

/**
 * Records what somebody reports about any dossiers, each by itself.
 * @param problemOf what is said of an item at which something was thrown
 */
export function recordEvents(
  takeInAll: TakeInAll,
  problemOf: (thrown: unknown, dossierId: string) => Problem,
): UseCase<typeof operation> {
  return async ({ body: { items, sentAt } }, caller, { leftOut } = noBorder) => {
    const all = items.map((item) =>
      saidBy(item.dossierId, { ...item, sentAt: item.sentAt ?? sentAt }, caller, item.expectedVersion),
    );
    const taken = await takeInAll(all);
    const read = all.map((said, index) => itemAnswer(said, taken[index], caller, problemOf));
    return { status: 200, body: { items: inPlace(read, leftOut) } };
  };
}
