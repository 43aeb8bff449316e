import { describe, expect, it } from '@jest/globals';
import type { Dossier } from '../../domain/journey/dossier.ts';
import { advanceJourney } from '../../lambdas/advance-journey/advance-journey.ts';
import { clerk } from '../domain/journey/town.ts';
import { freshEntry, nextStep, scanned } from '../doubles/book.suite.ts';
import { memoryBook } from '../doubles/book.ts';
import { memoryExecutions } from '../doubles/executions.ts';
import { dyingOnce, Killed, type Moment } from './people.ts';

/** A dossier that has just been registered, its execution, and whoever leads it on. */
async function set() {
  const book = memoryBook();
  const executions = memoryExecutions();
  const entry = freshEntry();
  await book.open(entry);
  const { dossier, event } = entry.step;
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
  const arrive = async (place: string, followed: number): Promise<string> => {
    const taskToken = executions.arrive(dossierId);
    await book.arrive(dossierId, { place, taskToken, followed, generation: 1, edition: 2 });
    return taskToken;
  };
  return {
    book,
    executions,
    dossier,
    dossierId,
    opening: event,
    collect,
    cancel,
    arrive,
    advance: advanceJourney(book, executions),
  };
}

describe('the execution of a dossier', () => {
  it('is started by its first event, once, however often that is told', async () => {
    const { executions, dossierId, opening, advance } = await set();
    await advance({ dossierId, opening });
    await advance({ dossierId, opening });
    expect(executions.calls).toEqual([`start ${dossierId}-1 at Registered after 1`]);
  });

  it('is led on when it waits and the next event is there, whichever came first', async () => {
    for (const order of ['event first', 'execution first']) {
      const { executions, dossierId, collect, arrive, advance } = await set();
      if (order === 'event first') {
        await collect();
        await advance({ dossierId });
        expect(executions.calls).toEqual([]);
      }
      const token = await arrive('Registered', 1);
      if (order === 'execution first') {
        await advance({ dossierId });
        expect(executions.calls).toEqual([]);
        await collect();
      }
      await advance({ dossierId });
      expect([order, executions.wentTo(token)]).toEqual([order, 'on after 2']);
    }
  });

  it('is led aside by the name of the place when the paper does not go the happy way', async () => {
    const { executions, dossierId, cancel, arrive, advance } = await set();
    const token = await arrive('Registered', 1);
    await cancel();
    await advance({ dossierId });
    expect(executions.wentTo(token)).toBe('aside to Cancelled after 2');
  });

  it('is not woken by a remark', async () => {
    const { book, executions, dossier, dossierId, arrive, advance } = await set();
    const token = await arrive('Registered', 1);
    await book.append(scanned(dossier));
    await advance({ dossierId });
    expect([executions.calls, executions.wentTo(token)]).toEqual([[], 'waits']);
  });

  it('told twice, goes on once', async () => {
    const { executions, dossierId, collect, arrive, advance } = await set();
    const token = await arrive('Registered', 1);
    await collect();
    await advance({ dossierId });
    await advance({ dossierId });
    expect(executions.wentTo(token)).toBe('on after 2');
    expect(executions.calls).toEqual([`${token} on after 2`, `${token} on after 2`]);
  });

  it('told out of order, of a late event while it waits at an early place, follows step by step', async () => {
    const { executions, dossierId, collect, arrive, advance, book } = await set();
    const collected = await collect();
    const withdrawn = nextStep(collected, clerk, 'Withdrawn', { reason: 'citizen-asked' });
    await book.append(withdrawn);
    const first = await arrive('Registered', 1);
    await advance({ dossierId });
    expect(executions.wentTo(first)).toBe('on after 2');
    const second = await arrive('Collected', 2);
    await advance({ dossierId });
    expect(executions.wentTo(second)).toBe('aside to ReturningToCitizen after 3');
    const third = await arrive('ReturningToCitizen', 3);
    await advance({ dossierId });
    expect(executions.wentTo(third)).toBe('waits');
  });

  it('whose token is stale, used or from a stopped execution, is left alone without a word', async () => {
    const { book, dossierId, collect, advance, executions } = await set();
    await book.arrive(dossierId, {
      place: 'Registered',
      taskToken: 'from another life',
      followed: 1,
      generation: 1,
      edition: 2,
    });
    await collect();
    await expect(advance({ dossierId })).resolves.toBeUndefined();
    expect(executions.calls).toEqual(['from another life on after 2']);
  });

  it('at a place that a later law has renamed is led aside rather than lost', async () => {
    const { book, executions, dossierId, collect, advance } = await set();
    const taskToken = executions.arrive(dossierId);
    await book.arrive(dossierId, { place: 'constructor', taskToken, followed: 1, generation: 1, edition: 2 });
    await collect();
    await advance({ dossierId });
    expect(executions.wentTo(taskToken)).toBe('aside to Collected after 2');
  });

  it('of a dossier that nobody knows is not started', async () => {
    const { executions, advance } = await set();
    await advance({ dossierId: 'd-nobody' });
    expect(executions.calls).toEqual([]);
  });

  it.each<[string, Moment]>([
    ['before it was led on', 'before'],
    ['when it was led on and nobody was told', 'after'],
  ])('whose leader is killed %s goes on once when it is told again', async (_when, moment) => {
    const { book, executions, dossierId, collect, arrive } = await set();
    const token = await arrive('Registered', 1);
    await collect();
    const advance = advanceJourney(book, { ...executions, leadOn: dyingOnce(moment, executions.leadOn) });
    await expect(advance({ dossierId })).rejects.toThrow(Killed);
    await advance({ dossierId });
    expect(executions.wentTo(token)).toBe('on after 2');
  });
});
