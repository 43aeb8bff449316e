import { describe, expect, it } from '@jest/globals';
import { resumeExecution } from '../../lambdas/resume-execution/resume-execution.ts';
import { dossierAt, monday } from '../domain/journey/town.ts';
import { memoryBook } from '../doubles/book.ts';

const dossierId = 'd-counter-1';
const wait = { place: 'Collected', taskToken: 'token', followed: 2, edition: 2 };

function set(place: 'Collected' | 'Delivered' = 'Collected') {
  const book = memoryBook();
  book.lay(dossierAt(place));
  return { book, resume: resumeExecution(book, () => monday) };
}

// Holds ADR 0018.
describe('an execution that is over though nobody led it to an end', () => {
  it('an execution that is over though nobody led it to an end is replaced once, however often that is told', async () => {
    const { book, resume } = set();
    await book.arrive(dossierId, { ...wait, generation: 1 });
    expect(await resume({ dossierId, generation: 1 })).toBe('raised');
    expect(await resume({ dossierId, generation: 1 })).toBe('left');
    expect(await book.executionLine(dossierId)).toMatchObject({ generation: 2, resumedAt: [monday] });
  });

  it('an execution that is over though nobody led it to an end is replaced when it ended before it arrived anywhere', async () => {
    const { book, resume } = set();
    expect(await resume({ dossierId, generation: 1 })).toBe('raised');
    expect(await resume({ dossierId, generation: 2 })).toBe('raised');
    expect(await book.executionLine(dossierId)).toMatchObject({ generation: 3 });
  });

  it('an execution that is over though nobody led it to an end starts nothing when a younger one follows the dossier', async () => {
    const { book, resume } = set();
    await book.arrive(dossierId, { ...wait, generation: 3 });
    expect(await resume({ dossierId, generation: 2 })).toBe('left');
    expect(await book.executionLine(dossierId)).toMatchObject({ generation: 3, wait });
  });

  it('an execution that is over though nobody led it to an end starts nothing when the journey is over, or the dossier unknown', async () => {
    const { book, resume } = set('Delivered');
    expect(await resume({ dossierId, generation: 1 })).toBe('over');
    expect(await resume({ dossierId: 'd-nobody', generation: 1 })).toBe('over');
    expect(await book.executionLine(dossierId)).toBeUndefined();
  });

  it('an execution that is over though nobody led it to an end is paused when it has ended three times within the hour, and says so', async () => {
    const { book, resume } = set();
    const outcomes = [];
    for (const generation of [1, 2, 3, 4, 4]) outcomes.push(await resume({ dossierId, generation }));
    expect(outcomes).toEqual(['raised', 'raised', 'raised', 'paused', 'left']);
    expect(await book.executionLine(dossierId)).toMatchObject({ generation: 4, pausedAt: monday });
  });
});
