import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { waitingPlaces } from '../../domain/journey/rules.ts';

const Retry = z.object({
  ErrorEquals: z.array(z.string()),
  IntervalSeconds: z.number(),
  BackoffRate: z.number(),
  MaxAttempts: z.number(),
  MaxDelaySeconds: z.number(),
  JitterStrategy: z.literal('FULL'),
});
const State = z.looseObject({
  Retry: z.array(Retry).default([]),
  Catch: z.array(z.object({ ErrorEquals: z.array(z.string()), Next: z.string() })).default([]),
  Seconds: z.number().optional(),
});
const { States } = z
  .object({ States: z.record(z.string(), State) })
  .parse(JSON.parse(readFileSync('statemachines/dossier-journey.asl.json', 'utf8')));

function stateOf(name: string): z.infer<typeof State> {
  return State.parse(States[name]);
}

/** Seconds after which a state gives up at the latest: jitter only shortens a pause. */
function patience({ IntervalSeconds, BackoffRate, MaxAttempts, MaxDelaySeconds }: z.infer<typeof Retry>): number {
  const pauses = Array.from({ length: MaxAttempts }, (_none, attempt) =>
    Math.min(MaxDelaySeconds, IntervalSeconds * BackoffRate ** attempt),
  );
  return pauses.reduce((sum, pause) => sum + pause, 0);
}

const minutes = 60;

/** As whoever is on call sees it: hundreds of executions try again, spread over time, and none gives up too early. */
describe('what an execution does while AWS is in trouble', () => {
  it.each([...waitingPlaces, 'RecordOverdue'])(
    '%s tries again for ten minutes and more, and then looks again',
    (name) => {
      const { Retry: retries, Catch: catchers } = stateOf(name);
      expect(retries).toHaveLength(1);
      for (const retry of retries) {
        expect(patience(retry)).toBeGreaterThan(10 * minutes);
        expect(patience(retry)).toBeLessThan(180 * minutes);
        // The first tries come soon: most trouble is over within seconds.
        expect(retry.IntervalSeconds * retry.BackoffRate).toBeLessThanOrEqual(5);
      }
      expect(catchers.at(-1)).toMatchObject({ ErrorEquals: ['States.ALL'], Next: 'LookAgain' });
    },
  );

  it('a deadline that fell into an outage is told within minutes of its end', () => {
    const [{ MaxDelaySeconds } = { MaxDelaySeconds: Infinity }] = stateOf('RecordOverdue').Retry;
    expect(MaxDelaySeconds).toBeLessThanOrEqual(15 * minutes);
    expect(stateOf('LookAgain').Seconds).toBeLessThanOrEqual(10 * minutes);
    // And a province's executions do not ask all the time meanwhile.
    expect(stateOf('LookAgain').Seconds).toBeGreaterThanOrEqual(minutes);
  });

  it('an outage of a day costs an execution fewer events than a tenth of the 25,000 that it may have', () => {
    // A turn: the wait, two events for each attempt, and what comes before and after.
    const turn =
      (stateOf('LookAgain').Seconds ?? 0) +
      stateOf('RecordOverdue').Retry.reduce((sum, one) => sum + patience(one), 0) / 2;
    const events = ((24 * 60 * minutes) / turn) * (2 * 13 + 10);
    expect(events).toBeLessThan(2_500);
  });
});
