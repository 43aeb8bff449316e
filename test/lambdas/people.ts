import type { Answer, Operation, Refused } from '../../contract/operation.ts';
import * as z from 'zod';

/** The body of a yes. @throws when it was a no */
export function bodyOf(outcome: Answer<Operation> | Refused): Record<string, unknown> {
  if ('refusal' in outcome) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`);
  return z.record(z.string(), z.unknown()).parse(outcome.body);
}
const Actions = z.object({ allowedActions: z.array(z.object({ event: z.string(), to: z.array(z.string()) })) });
/** What may be reported next, says an answer, with the places it leads to. */
export function actionsIn(body: unknown): readonly { readonly event: string; readonly to: readonly string[] }[] {
  return Actions.parse(body).allowedActions;
}
/** The refusal of a no; `yes` and its status otherwise. */
export function noOf(outcome: Answer<Operation> | Refused): unknown {
  return 'refusal' in outcome ? outcome.refusal : `yes ${outcome.status}`;
}
export function statusOf(outcome: Answer<Operation> | Refused): unknown {
  return 'refusal' in outcome ? outcome.refusal.name : outcome.status;
}

/** The process dies here. */
export class Killed extends Error {
  override readonly name = 'Killed';
}
async function die(): Promise<never> {
  throw new Killed();
}
export type Moment = 'before' | 'after';
/** A call during which the process dies once: before anything is done, or when all is done and nobody hears of it. */
export function dyingOnce<In extends readonly unknown[], Out>(
  moment: Moment,
  call: (...input: In) => Promise<Out>,
): (...input: In) => Promise<Out> {
  let alive = true;
  return async (...input) => {
    if (!alive) return call(...input);
    alive = false;
    if (moment === 'after') await call(...input);
    return die();
  };
}
