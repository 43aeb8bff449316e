import type { UseCase } from '../../contract/operation.ts';
import { roundView, type readRound as operation } from '../../contract/read-round.ts';
import type { RoundDoor } from '../../domain/people/round.ts';

/** Shows a courier what he has to do on a day, and what he has done. @param now epoch milliseconds */
export function readRound(door: RoundDoor, now: () => number): UseCase<typeof operation> {
  return async ({ path: { day } }, caller) => ({
    status: 200,
    body: roundView(day, await door(caller, day), now()),
  });
}
