import { describe, expect, it } from '@jest/globals';
import type { HttpAnswer } from '../../../adapters/http/endpoint.ts';
import { keptMs, leaseMs, once, type KeptAnswers, type OncePorts } from '../../../adapters/http/once.ts';
import { refusalProblem } from '../../../contract/problem.ts';
import { memoryKeptAnswers } from '../../doubles/kept-answers.ts';
import { dyingOnce, Killed } from '../../lambdas/people.ts';
import { listenToLog } from './log-lines.ts';

const log = listenToLog();
const keyed = { key: 'key', request: 'request' };
const replayed = { 'idempotency-replayed': 'true' };

/** An operation that makes something under each key once, as a use case does by its own transaction. */
function maker(change: Partial<KeptAnswers> = {}) {
  let now = 1_000_000;
  let made = 0;
  let holders = 0;
  const waits: number[] = [];
  const answers = { ...memoryKeptAnswers(), ...change };
  const ports: OncePorts = {
    answers,
    now: () => now,
    pause: async (tries) => void waits.push(tries),
    drawHolder: () => `holder-${(holders += 1)}`,
  };
  const act = async (): Promise<HttpAnswer> => {
    made += 1;
    return { statusCode: 201, headers: { location: '/made' }, body: `"thing ${made}"` };
  };
  return {
    waits,
    made: () => made,
    later: (ms: number) => void (now += ms),
    ask: async (asked = keyed, doing: Parameters<typeof once>[2] = act) => once(ports, asked, doing),
    act,
  };
}

// Holds ADR 0034.
describe('a request under a key', () => {
  it('a request under a key is done once, and answered every time as the first time', async () => {
    const { ask, later, made } = maker();
    const first = await ask();
    later(keptMs - 1);
    const again = await ask();
    expect(again).toEqual({ ...first, headers: { location: '/made', ...replayed } });
    expect([first, made()]).toMatchObject([{ statusCode: 201, headers: { location: '/made' } }, 1]);
  });

  it('a request under a key is begun anew when its answer has expired', async () => {
    const { ask, later, made } = maker();
    await ask();
    later(keptMs);
    expect(await ask()).not.toMatchObject({ headers: replayed });
    expect(made()).toBe(2);
  });

  it('a request under a key of another request is refused, and nothing is done', async () => {
    const { ask, made } = maker();
    await ask();
    expect(await ask({ ...keyed, request: 'another' })).toMatchObject({
      code: 'IdempotencyKeyReused',
      errors: [{ pointer: '/header/idempotency-key' }],
    });
    expect(made()).toBe(1);
  });

  it('a request under a key that is refused gives the key back to a better one', async () => {
    const { ask, act } = maker();
    const no = refusalProblem({ name: 'UnknownProcedure', code: '9.999999' });
    expect(await ask(keyed, async () => no)).toBe(no);
    expect(await ask({ ...keyed, request: 'better' }, act)).toMatchObject({ statusCode: 201 });
  });

  it('a copy in flight waits for the answer of the first', async () => {
    const { ask, act, waits } = maker();
    let finish: () => void = () => {};
    const goes = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const first = ask(keyed, async () => {
      await goes;
      return act();
    });
    const copy = ask();
    while (waits.length < 3) await Promise.resolve();
    finish();
    expect([await first, await copy]).toMatchObject([{ body: '"thing 1"' }, { body: '"thing 1"', headers: replayed }]);
  });

  it('a copy in flight is told to come again when the first takes too long, and nothing is done twice', async () => {
    const { ask, act, waits, made } = maker();
    let finish: () => void = () => {};
    const goes = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const first = ask(keyed, async () => {
      await goes;
      return act();
    });
    expect(await ask()).toMatchObject({ status: 409, code: 'StillInFlight', retryable: true, retryAfter: 2 });
    expect(waits).toHaveLength(19);
    finish();
    await first;
    expect(made()).toBe(1);
  });
});

describe('a function that dies under a key', () => {
  it.each(['before', 'after'] as const)(
    'a function that dies %s it has claimed leaves a claim that runs out at most',
    async (moment) => {
      const kept = memoryKeptAnswers();
      const { ask, later, made } = maker({ ...kept, claim: dyingOnce(moment, kept.claim) });
      await expect(ask()).rejects.toThrow(Killed);
      later(leaseMs);
      expect(await ask()).toMatchObject({ statusCode: 201, body: '"thing 1"' });
      expect(made()).toBe(1);
    },
  );

  it('a function that dies when it has claimed keeps a copy away as long as it might live', async () => {
    const kept = memoryKeptAnswers();
    const { ask, later } = maker({ ...kept, claim: dyingOnce('after', kept.claim) });
    await expect(ask()).rejects.toThrow(Killed);
    later(leaseMs - 1);
    expect(await ask()).toMatchObject({ code: 'StillInFlight' });
  });

  it('a function that dies at its work, and with it the word that gives the key back, is begun anew later', async () => {
    const kept = memoryKeptAnswers();
    const { ask, later, act } = maker({ ...kept, release: async () => Promise.reject(new Killed()) });
    const doing = dyingOnce('after', act);
    await expect(ask(keyed, doing)).rejects.toThrow(Killed);
    expect(await ask(keyed, doing)).toMatchObject({ code: 'StillInFlight' });
    later(leaseMs);
    // What is done knows its own repetition: here it does not, so that the second time is seen.
    expect(await ask(keyed, doing)).toMatchObject({ body: '"thing 2"' });
  });

  it('a failure gives the key back at once', async () => {
    const { ask, act } = maker();
    const doing = dyingOnce('before', act);
    await expect(ask(keyed, doing)).rejects.toThrow(Killed);
    expect(await ask(keyed, doing)).toMatchObject({ statusCode: 201 });
  });

  it('an answer that cannot be kept is given all the same, and ops hear of it', async () => {
    const kept = memoryKeptAnswers();
    const { ask } = maker({ ...kept, keep: async () => Promise.reject(new Killed()) });
    expect(await ask()).toMatchObject({ statusCode: 201 });
    expect(log.text()).toContain('answer not kept');
    expect(await ask()).toMatchObject({ code: 'StillInFlight' });
  });
});
