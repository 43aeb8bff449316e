import { describe, expect, it } from '@jest/globals';
import { editions } from '../../domain/execution/editions.ts';
import type { Dossier } from '../../domain/journey/dossier.ts';
import { advanceJourney } from '../../lambdas/advance-journey/advance-journey.ts';
import { clerk, day, hour, monday } from '../domain/journey/town.ts';
import { freshEntry, nextStep, scanned } from '../doubles/book.suite.ts';
import { memoryBook, type Arrival } from '../doubles/book.ts';
import { memoryExecutions } from '../doubles/executions.ts';
import { dyingOnce, Killed, type Moment } from './people.ts';

/** A dossier that has just been registered, its execution, and whoever leads it on. */
async function set(roads = editions) {
  let now = monday;
  const book = memoryBook();
  const executions = memoryExecutions(() => now);
  const entry = freshEntry();
  await book.open(entry);
  const { dossier } = entry.step;
  const { dossierId } = dossier;
  const collect = async (from: Dossier = dossier): Promise<Dossier> => {
    const step = nextStep(from, clerk, 'Collected', {
      papers: { originals: 1, copies: 0 },
      sealNumber: 'BK-1',
      amountCollected: from.charges.dueAtCollection,
    });
    await book.append(step);
    return step.dossier;
  };
  const cancel = async (from: Dossier = dossier): Promise<Dossier> => {
    const step = nextStep(from, clerk, 'Cancelled', { reason: 'citizen-asked' });
    await book.append(step);
    return step.dossier;
  };
  const arrive = async (place: string, followed: number, change: Partial<Arrival> = {}): Promise<string> => {
    const taskToken = executions.arrive(dossierId, change.generation);
    await book.arrive(dossierId, { place, taskToken, followed, generation: 1, edition: 2, ...change });
    return taskToken;
  };
  const advance = advanceJourney(book, executions, roads, () => now);
  return {
    book,
    executions,
    dossier,
    dossierId,
    collect,
    cancel,
    arrive,
    advance: async () => advance(dossierId),
    line: async () => book.executionLine(dossierId),
    pass: (ms: number) => void (now += ms),
  };
}

function until(dossier: Dossier): string {
  return dossier.dueAt === undefined ? '' : ` until ${new Date(dossier.dueAt).toISOString()}`;
}

describe('the execution of a dossier', () => {
  it('the execution of a dossier is started by any news of the dossier, once, where the book says it is', async () => {
    const { executions, dossier, dossierId, advance } = await set();
    await advance();
    await advance();
    expect(executions.calls).toEqual([`start ${dossierId}-1 at Registered after 1${until(dossier)}`]);
  });

  it('the execution of a dossier is started at the book’s place with the time that is left, when the first news of it was lost', async () => {
    const { executions, dossierId, collect, advance } = await set();
    const collected = await collect();
    await advance();
    expect(executions.calls).toEqual([`start ${dossierId}-1 at Collected after 2${until(collected)}`]);
  });

  it('the execution of a dossier is not started when the journey is over', async () => {
    const { executions, cancel, advance } = await set();
    await cancel();
    await advance();
    expect(executions.calls).toEqual([]);
  });

  it('the execution of a dossier is led on when it waits and the next event is there, whichever came first', async () => {
    for (const order of ['event first', 'execution first']) {
      const { executions, dossier, collect, arrive, advance } = await set();
      await advance();
      const collected = order === 'event first' ? await collect() : undefined;
      const token = await arrive('Registered', 1);
      if (collected === undefined) {
        await advance();
        expect(executions.wentTo(token)).toBe('waits');
      }
      const last = collected ?? (await collect(dossier));
      await advance();
      expect([order, executions.wentTo(token)]).toEqual([order, `on after 2${until(last)}`]);
    }
  });

  it('the execution of a dossier is led aside by the name of the place when the paper does not go the happy way', async () => {
    const { executions, cancel, arrive, advance } = await set();
    const token = await arrive('Registered', 1);
    await cancel();
    await advance();
    expect(executions.wentTo(token)).toBe('aside to Cancelled after 2');
  });

  it('the execution of a dossier is not woken by a remark', async () => {
    const { book, executions, dossier, arrive, advance } = await set();
    const token = await arrive('Registered', 1);
    await book.append(scanned(dossier));
    await advance();
    expect([executions.calls, executions.wentTo(token)]).toEqual([[], 'waits']);
  });

  it('the execution of a dossier told out of order, of a late event while it waits at an early place, follows step by step', async () => {
    const { executions, collect, arrive, advance, book } = await set();
    const collected = await collect();
    const withdrawn = nextStep(collected, clerk, 'Withdrawn', { reason: 'citizen-asked', receiptShown: true });
    await book.append(withdrawn);
    const first = await arrive('Registered', 1);
    await advance();
    expect(executions.wentTo(first)).toBe(`on after 2${until(collected)}`);
    const second = await arrive('Collected', 2);
    await advance();
    expect(executions.wentTo(second)).toBe(`aside to ReturningToCitizen after 3${until(withdrawn.dossier)}`);
    const third = await arrive('ReturningToCitizen', 3);
    await advance();
    expect(executions.wentTo(third)).toBe('waits');
  });

  it('the execution of a dossier that nobody knows is not started', async () => {
    const { book, executions } = await set();
    await advanceJourney(book, executions, editions, () => monday)('d-nobody');
    expect(executions.calls).toEqual([]);
  });

  it.each<[string, Moment]>([
    ['before it was led on', 'before'],
    ['when it was led on and nobody was told', 'after'],
  ])(
    'the execution of a dossier whose leader is killed %s goes on once when it is told again',
    async (_when, moment) => {
      const { book, executions, dossierId, collect, arrive, advance } = await set();
      await advance();
      const token = await arrive('Registered', 1);
      const collected = await collect();
      const dying = { ...executions, leadOn: dyingOnce(moment, executions.leadOn) };
      const lead = advanceJourney(book, dying, editions, () => monday);
      await expect(lead(dossierId)).rejects.toThrow(Killed);
      await lead(dossierId);
      expect(executions.wentTo(token)).toBe(`on after 2${until(collected)}`);
      expect(await book.executionLine(dossierId)).toMatchObject({ generation: 1 });
    },
  );
});

// Holds ADR 0018.
describe('an execution that cannot be led on', () => {
  it('an execution that cannot be led on because it has moved on already is left alone: it will arrive', async () => {
    const { executions, collect, arrive, advance, line } = await set();
    await advance();
    await arrive('Registered', 1);
    await collect();
    await advance();
    await advance();
    expect(executions.calls.filter((call) => call.includes('on after'))).toHaveLength(2);
    expect(await line()).toMatchObject({ generation: 1, wait: { place: 'Registered' } });
  });

  it('an execution that cannot be led on because it is over is replaced by the next generation, at the book’s place', async () => {
    const { executions, dossierId, collect, arrive, advance, line } = await set();
    await advance();
    const token = await arrive('Registered', 1);
    executions.stop(dossierId, 1);
    const collected = await collect();
    await advance();
    expect(await line()).toMatchObject({ generation: 2, formerToken: token, resumedAt: [monday] });
    expect(await line()).not.toHaveProperty('wait');
    await advance();
    expect(executions.calls).toContain(`start ${dossierId}-2 at Collected after 2${until(collected)}`);
    await advance();
    expect(executions.calls.filter((call) => call.startsWith('start'))).toHaveLength(2);
  });

  it('an execution that cannot be led on because it was led to the end of the journey is not replaced, however often it is told', async () => {
    const { executions, dossierId, cancel, arrive, advance, line } = await set();
    await advance();
    await arrive('Registered', 1);
    await cancel();
    await advance();
    executions.stop(dossierId, 1);
    const { length } = executions.calls;
    await advance();
    expect(await line()).toMatchObject({ generation: 1 });
    // What has ended need not be ended.
    expect(executions.calls.slice(length).filter((call) => /stop|to its end/.test(call))).toEqual([]);
  });

  it.each([
    ['lacks the road', { 2: { Registered: { next: 'AtAgency', aside: ['Cancelled'] } } }],
    ['lacks the place', { 2: {} }],
    ['is known no more', {}],
  ])(
    'an execution that cannot be led on because its edition %s is replaced: the next one starts, then it is ended',
    async (_what, roads) => {
      const { executions, dossierId, collect, arrive, advance, line } = await set(roads);
      await advance();
      const token = await arrive('Registered', 1);
      const collected = await collect();
      await advance();
      expect(executions.wentTo(token)).toBe('waits');
      expect(await line()).toMatchObject({ generation: 2, resumedAt: [] });
      await advance();
      expect(executions.calls.slice(-2)).toEqual([
        `start ${dossierId}-2 at Collected after 2${until(collected)}`,
        `${token} to its end`,
      ]);
    },
  );

  it('an execution is led along the happy way of its own edition, whatever the law calls happy today', async () => {
    const { executions, cancel, arrive, advance } = await set({ 2: { Registered: { next: 'Cancelled', aside: [] } } });
    const token = await arrive('Registered', 1);
    await cancel();
    await advance();
    expect(executions.wentTo(token)).toBe('on after 2');
  });

  it('an execution that cannot be led on because it ended before it arrived anywhere is replaced', async () => {
    const { executions, dossier, dossierId, advance, line } = await set();
    await advance();
    executions.stop(dossierId, 1);
    await advance();
    expect(await line()).toMatchObject({ generation: 2, resumedAt: [monday] });
    await advance();
    expect(executions.calls).toEqual([
      `start ${dossierId}-1 at Registered after 1${until(dossier)}`,
      `start ${dossierId}-2 at Registered after 1${until(dossier)}`,
      'stop 1',
    ]);
  });

  it('an execution is renewed on its day, whether or not there is news of the dossier', async () => {
    const { executions, dossierId, arrive, advance, line, pass } = await set();
    await advance();
    await arrive('Registered', 1, { renewAt: monday + 290 * day });
    pass(290 * day - 1);
    await advance();
    expect(await line()).toMatchObject({ generation: 1 });
    pass(1);
    await advance();
    expect(await line()).toMatchObject({ generation: 2, resumedAt: [] });
    await advance();
    expect(executions.calls.at(-2)).toMatch(`start ${dossierId}-2 at Registered`);
  });

  it('an execution is replaced again when the name of the next one was taken long ago, as after a restore', async () => {
    const { executions, dossierId, collect, arrive, advance, line, pass } = await set();
    await arrive('Registered', 1);
    executions.lay(dossierId, 1, { isRunning: false, startedAt: monday });
    executions.lay(dossierId, 2, { isRunning: true, startedAt: monday });
    await collect();
    pass(hour);
    await advance();
    await advance();
    expect(await line()).toMatchObject({ generation: 3, resumedAt: [monday + hour] });
    await advance();
    expect(executions.calls.at(-2)).toMatch(`start ${dossierId}-3 at Collected`);
    expect(await executions.status(dossierId, 2)).toMatchObject({ isRunning: false });
  });

  it('an execution that runs, and of which nobody knows where it waits, is replaced when somebody asks for it after an hour', async () => {
    const { book, executions, dossierId, advance, line, pass } = await set();
    executions.lay(dossierId, 1, { isRunning: true, startedAt: monday });
    await book.nudge(dossierId, monday);
    pass(hour);
    await advance();
    expect(await line()).toMatchObject({ generation: 1 });
    pass(1);
    await advance();
    expect(await line()).toMatchObject({ generation: 2, resumedAt: [] });
    await advance();
    expect(await executions.status(dossierId, 1)).toMatchObject({ isRunning: false });
  });

  it('an execution that somebody asked for is looked after, and let be when it is well', async () => {
    const { book, executions, dossierId, advance, arrive, line } = await set();
    await advance();
    await arrive('Registered', 1);
    await book.nudge(dossierId, monday + 1);
    await advance();
    expect(await line()).toMatchObject({ generation: 1 });
    executions.stop(dossierId, 1);
    await advance();
    expect(await line()).toMatchObject({ generation: 2 });
  });

  it('an execution that ended three times within an hour is paused at the next end, and started no more', async () => {
    const { executions, dossierId, advance, line, pass } = await set();
    await advance();
    for (const generation of [1, 2, 3]) {
      executions.stop(dossierId, generation);
      await advance();
      pass(19 * 60_000);
      await advance();
    }
    expect(await line()).toMatchObject({ generation: 4 });
    executions.stop(dossierId, 4);
    await advance();
    expect(await line()).toMatchObject({ generation: 4, pausedAt: monday + 57 * 60_000 });
    pass(day);
    await advance();
    expect(executions.calls.filter((call) => call.startsWith('start'))).toHaveLength(4);
  });

  it('an execution that ends now and then goes on for ever: only an hour’s ends are counted', async () => {
    const { executions, dossierId, advance, line, pass } = await set();
    await advance();
    for (const generation of [1, 2, 3, 4, 5, 6]) {
      executions.stop(dossierId, generation);
      await advance();
      pass(20 * 60_000);
      await advance();
    }
    expect(await line()).toMatchObject({ generation: 7 });
  });

  it.each<[string, Moment]>([
    ['before the next one is started', 'before'],
    ['when it is started and nobody was told', 'after'],
  ])('an execution that cannot be led on and whose leader is killed %s is replaced once', async (_when, moment) => {
    const { book, executions, dossierId, collect, arrive, advance } = await set();
    await advance();
    await arrive('Registered', 1);
    executions.stop(dossierId, 1);
    await collect();
    await advance();
    const lead = advanceJourney(
      book,
      { ...executions, start: dyingOnce(moment, executions.start) },
      editions,
      () => monday,
    );
    await expect(lead(dossierId)).rejects.toThrow(Killed);
    await lead(dossierId);
    expect(executions.calls.filter((call) => call.startsWith('start'))).toHaveLength(2);
    expect(await book.executionLine(dossierId)).toMatchObject({ generation: 2 });
  });
});
