import type { UseCase } from '../../contract/operation.ts';
import { deskView, type readDesk as operation } from '../../contract/read-desk.ts';
import { countsOf, type DeskCounter } from '../../domain/people/desk-counts.ts';

export interface ReadDeskPorts {
  readonly counter: DeskCounter;
  readonly now: () => number;
  readonly pause: (tries: number) => Promise<void>;
}

/** Shows whoever works for a unit how much lies on its desk, as it was counted within the last minute. */
export function readDesk({ counter, now, pause }: ReadDeskPorts): UseCase<typeof operation> {
  return async (_request, { unit }) => ({
    status: 200,
    body: deskView(unit, await countsOf(counter, unit, now, pause)),
  });
}
