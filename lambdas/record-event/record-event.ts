import type { UseCase } from '../../contract/operation.ts';
import { recordedView, saidBy } from '../../contract/recorded.ts';
import type { recordEvent as operation } from '../../contract/record-event.ts';
import type { TakeIn } from '../../domain/intake/take-in.ts';

/** Records what somebody reports. A duplicate is answered with what became of the first. */
export function recordEvent(takeIn: TakeIn): UseCase<typeof operation> {
  return async ({ path: { dossierId }, ifMatch, body }, caller) => {
    const taken = await takeIn(saidBy(dossierId, body, caller, ifMatch));
    return 'refusal' in taken ? taken : recordedView(taken, caller);
  };
}
