import { inLegalOrder } from '../journey/judge.ts';
import { takeIn, type Intake, type Said, type Taken } from './take-in.ts';

/** So many dossiers are written at once. */
const atOnce = 16;

/**
 * Takes in what somebody reports about any dossiers: what was said of one dossier one after the other, in the order in
 * which it happened, dossiers beside each other. What fails for one harms no other.
 * @returns what became of each, in the order given; what was thrown stands in its place
 */
export async function takeInAll(
  intake: Intake,
  all: readonly Said[],
): Promise<readonly (Taken | { readonly thrown: unknown })[]> {
  const outcomes = new Map<Said, Taken | { readonly thrown: unknown }>();
  const dossiers = [...Map.groupBy(all, ({ dossierId }) => dossierId).values()];
  const next = dossiers.values();
  const worker = async (): Promise<void> => {
    for (const said of next)
      for (const one of said.toSorted((a, b) => inLegalOrder(a.report, b.report)))
        outcomes.set(one, await takeIn(intake, one).catch((thrown: unknown) => ({ thrown })));
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, dossiers.length) }, worker));
  return all.map((said) => outcomes.get(said) ?? { thrown: new Error('left out of the batch') });
}
