import { inLegalOrder } from '../journey/judge.ts';
import { remembering } from './remembering.ts';
import { takeIn, type Intake, type Said, type Taken } from './take-in.ts';

/** So many dossiers are written at once; more make a batch no faster (`npm run bench:batch`). */
const atOnce = 16;

/** After so long nothing more is begun: whoever waits is answered within half of the gateway's 30 seconds. */
const mostMs = 12_000;

/** What became of one of many: taken in or refused, thrown at, or not reached in time. */
export type TakenOfMany = Taken | { readonly thrown: unknown } | { readonly isNotReached: true };

/** `takeInAll` with its book. */
export type TakeInAll = (all: readonly Said[]) => Promise<readonly TakenOfMany[]>;

/**
 * Takes in what somebody reports about any dossiers: what was said of one dossier one after the other, in the order in
 * which it happened, dossiers beside each other. What fails for one harms no other.
 * @returns what became of each, in the order given
 */
export async function takeInAll(intake: Intake, all: readonly Said[]): Promise<readonly TakenOfMany[]> {
  const until = intake.now() + mostMs;
  const outcomes = new Map<Said, TakenOfMany>();
  const dossiers = [...Map.groupBy(all, ({ dossierId }) => dossierId).values()];
  const next = dossiers.values();
  const reading = { ...intake, book: remembering(intake.book) };
  const worker = async (): Promise<void> => {
    for (const said of next)
      for (const one of said.toSorted((a, b) => inLegalOrder(a.report, b.report)))
        if (intake.now() < until)
          outcomes.set(one, await takeIn(reading, one).catch((thrown: unknown) => ({ thrown })));
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, dossiers.length) }, worker));
  return all.map((said) => outcomes.get(said) ?? { isNotReached: true });
}
