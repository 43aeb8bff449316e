import { describe, expect, it } from '@jest/globals';
import { editions } from '../../domain/execution/editions.ts';
import { advanceJourney } from '../../lambdas/advance-journey/advance-journey.ts';
import { monday } from '../domain/journey/town.ts';
import { freshEntry } from '../doubles/book.suite.ts';
import { memoryBook } from '../doubles/book.ts';
import { memoryExecutions } from '../doubles/executions.ts';

const minute = 60_000;

async function set() {
  const book = memoryBook();
  const executions = memoryExecutions(() => monday);
  const entry = freshEntry();
  await book.open(entry);
  const { dossierId } = entry.step.dossier;
  const advance = advanceJourney(book, executions, editions, () => monday);
  const generation = async () => (await book.executionLine(dossierId))?.generation;
  return { book, executions, dossierId, advance: async () => advance(dossierId), generation };
}

// Holds ADR 0018.
describe('the clocks of a function and of Step Functions', () => {
  it.each([
    ['as early as a minute before it was raised is this very one', minute, 2],
    ['earlier than that bears its name by chance, and the next one is raised', minute + 1, 3],
  ])(
    'the clocks of a function and of Step Functions may differ by a minute: an execution that started %s',
    async (_what, early, expected) => {
      const { book, executions, dossierId, advance, generation } = await set();
      await book.replace(dossierId, 1, { kind: 'raise', resumedAt: [], endsPause: false }, monday);
      executions.lay(dossierId, 2, { isRunning: true, startedAt: monday - early });
      await advance();
      expect(await generation()).toBe(expected);
    },
  );
});

describe('an execution that somebody asked for', () => {
  const asked = async (waitingSince: number, nudgedAt: number) => {
    const { book, executions, dossierId, advance, generation } = await set();
    await advance();
    const taskToken = executions.arrive(dossierId);
    const wait = { place: 'Registered', taskToken, followed: 1, edition: 3 };
    await book.arrive(dossierId, { ...wait, generation: 1, waitingSince });
    await book.nudge(dossierId, nudgedAt);
    executions.stop(dossierId, 1);
    await advance();
    return generation();
  };

  it('an execution that somebody asked for since it came to wait is looked after, and replaced when it is over', async () => {
    expect(await asked(monday, monday + 1)).toBe(2);
  });

  it.each([
    ['before it came to wait', monday - 1],
    ['in the very moment', monday],
  ])('an execution that somebody asked for %s has shown since that it is well', async (_when, nudgedAt) => {
    expect(await asked(monday, nudgedAt)).toBe(1);
  });
});
