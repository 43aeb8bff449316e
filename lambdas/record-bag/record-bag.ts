import type { UseCase } from '../../contract/operation.ts';
import type { Problem } from '../../contract/problem.ts';
import { bagFactOf, isHeard, type recordBag as operation } from '../../contract/record-bag.ts';
import { itemAnswer } from '../../contract/record-events.ts';
import { isDone, type Bags, type TakeInBag } from '../../domain/custody/bag.ts';

/** So long this process has to finish a bag before the sweep does. */
const graceMs = 60_000;

/**
 * Records one fact about a bag and all dossiers in it: the fact first, then each dossier, idempotently.
 * @param problemOf what is said of a dossier at which something was thrown
 */
export function recordBag(
  takeInBag: TakeInBag,
  bags: Pick<Bags, 'fact' | 'manifest' | 'keep'>,
  now: () => number,
  problemOf: (thrown: unknown, dossierId: string) => Problem,
): UseCase<typeof operation> {
  return async ({ body }, caller) => {
    const { bagCode, eventId, items, whole } = body;
    const before = await bags.fact(bagCode, eventId);
    if (before !== undefined && (before.by.unit !== caller.unit || before.by.role !== caller.role))
      return { refusal: { name: 'EventIdReused' } };
    const manifest = before === undefined && whole ? await bags.manifest(bagCode) : [];
    const fact = before ?? bagFactOf(body, manifest ?? [], caller, now());
    if (manifest === undefined || fact.lines.length === 0) return { refusal: { name: 'UnknownBag' } };
    if (before === undefined) await bags.keep(fact, fact.keptAt + graceMs);
    const outcomes = await takeInBag(fact);
    const listed = new Set(items.map(({ dossierId }) => dossierId));
    const heard = outcomes.filter((outcome) => isHeard(outcome, listed.has(outcome.said.dossierId)));
    if (heard.length === 0) return { refusal: { name: 'UnknownBag' } };
    return {
      status: 200,
      body: {
        bagCode,
        finished: isDone(outcomes),
        items: heard.map(({ said, taken }) => itemAnswer(said, taken, caller, problemOf)),
      },
    };
  };
}
