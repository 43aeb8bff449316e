import { describe, expect, it } from '@jest/globals';
import type { BookWriter, GenerationWriter } from '../../domain/ports/book.ts';
import { editions } from '../../domain/execution/editions.ts';
import { recordOverdue } from '../../lambdas/record-overdue/record-overdue.ts';
import { at, courier, day, dossierAt, monday, tell } from '../domain/journey/town.ts';
import { nextStep, scanned } from '../doubles/book.suite.ts';
import { memoryBook } from '../doubles/book.ts';
import { dyingOnce, Killed, type Moment } from './people.ts';

const id = 'd-counter-1';
const overdue = dossierAt('InTransitToAgency', { since: monday, dueAt: at('2026-03-04T17:00') });
const due = at('2026-03-04T17:00');
const invitedTwice = [due - 60 * day, due - 50 * day];
function desk(dossier = overdue) {
  const book = memoryBook();
  book.lay(dossier);
  return book;
}
function missing() {
  return nextStep(overdue, courier, 'ReportedMissing', { reason: 'not-found-in-bag' });
}

describe('a place whose time ran out', () => {
  it('a place whose time ran out is reminded of in the book, and the execution waits there for another working day', async () => {
    const book = desk();
    expect(await recordOverdue(book, editions, () => due)(id)).toEqual({
      resumeAt: 'InTransitToAgency',
      followed: 6,
      dueAt: new Date(at('2026-03-05T17:00')).toISOString(),
    });
    expect(await book.timeline(id)).toMatchObject([
      { type: 'DeadlinePassed', by: { role: 'clock' }, milestone: false },
    ]);
  });

  it('a place whose time ran out moves the dossier where the law says that running out means an end', async () => {
    const book = desk(dossierAt('Registered', { dueAt: due }));
    expect(await recordOverdue(book, editions, () => due)(id)).toEqual({ resumeAt: 'Cancelled', followed: 6 });
    const held = desk(dossierAt('HeldAtPostOffice', { dueAt: due, invitedAt: invitedTwice }));
    expect(await recordOverdue(held, editions, () => due)(id)).toMatchObject({
      resumeAt: 'ReturningToAgency',
      followed: 6,
    });
  });

  it('a time that ran out, told twice, is written once and answered the same', async () => {
    const book = desk();
    const tellIt = recordOverdue(book, editions, () => due);
    const first = await tellIt(id);
    expect(await tellIt(id)).toEqual(first);
    expect(await book.timeline(id)).toHaveLength(1);
  });

  it('a time that ran out, told twice at once, is written once and answered the same', async () => {
    const book = desk();
    const reading: BookWriter & GenerationWriter = {
      ...book,
      head: async (dossierId) => (await Promise.resolve(), book.head(dossierId)),
    };
    const answers = await Promise.all([1, 2].map(async () => recordOverdue(reading, editions, () => due)(id)));
    expect(answers[0]).toEqual(answers[1]);
    expect(await book.timeline(id)).toHaveLength(1);
  });

  it('a time that ran out is nothing when the clock rang early, or the deadline has moved', async () => {
    const book = desk();
    expect(await recordOverdue(book, editions, () => due - 1)(id)).toEqual({
      resumeAt: 'InTransitToAgency',
      followed: 5,
      dueAt: new Date(due).toISOString(),
    });
    expect(await book.timeline(id)).toEqual([]);
  });

  it('a time that ran out is nothing when the journey has ended meanwhile', async () => {
    const book = desk(dossierAt('Delivered'));
    expect(await recordOverdue(book, editions, () => due + day)(id)).toEqual({ resumeAt: 'Delivered', followed: 5 });
  });
});

describe('a courier who speaks in the very moment', () => {
  const racing = (book: ReturnType<typeof memoryBook>, times: number): BookWriter & GenerationWriter => {
    let left = times;
    return {
      ...book,
      append: async (step) => {
        if (left > 0) {
          left -= 1;
          await book.append(times === 1 ? missing() : scanned((await book.head(id)) ?? overdue));
        }
        return book.append(step);
      },
    };
  };

  it('a courier who speaks in the very moment is believed: the execution goes where the courier said, and nothing is overdue', async () => {
    const book = desk();
    const answer = await recordOverdue(racing(book, 1), editions, () => due)(id);
    expect(answer).toEqual({
      resumeAt: 'Missing',
      followed: 6,
      dueAt: '2026-04-01T17:00:00.000Z',
    });
    expect((await book.timeline(id)).map(({ type }) => type)).toEqual(['ReportedMissing']);
  });

  it('a courier who speaks in the very moment with remarks only is let through twice, and then the clock has its say', async () => {
    const book = desk();
    expect(await recordOverdue(racing(book, 2), editions, () => due)(id)).toMatchObject({
      resumeAt: 'InTransitToAgency',
      followed: 8,
    });
    expect((await book.timeline(id)).map(({ type }) => type)).toEqual(['Scanned', 'Scanned', 'DeadlinePassed']);
  });

  it('a courier who speaks in the very moment without end makes the clock give up for now: the state machine tries again', async () => {
    await expect(recordOverdue(racing(desk(), 99), editions, () => due)(id)).rejects.toThrow('overtaken');
  });

  it('a courier who speaks in the very moment cannot silence the clock by taking an id like the clock’s', async () => {
    const book = desk();
    const taken = `clock-6-${due}`;
    await book.append(scanned(overdue, taken));
    expect(await recordOverdue(book, editions, () => due)(id)).toMatchObject({
      resumeAt: 'InTransitToAgency',
      followed: 7,
    });
  });
});

describe('a process that is killed while it records what is overdue', () => {
  it.each<[string, Moment]>([
    ['before the book is written', 'before'],
    ['when it is written and nobody was told', 'after'],
  ])('what is overdue is written once though a process is killed %s and told again', async (_when, moment) => {
    const book = desk();
    const tellIt = recordOverdue({ ...book, append: dyingOnce(moment, book.append) }, editions, () => due);
    await expect(tellIt(id)).rejects.toThrow(Killed);
    expect(await tellIt(id)).toMatchObject({ resumeAt: 'InTransitToAgency', followed: 6 });
    expect(await book.timeline(id)).toHaveLength(1);
  });

  it('an unknown dossier is an unexpected error, loud enough for the state machine to see', async () => {
    await expect(recordOverdue(memoryBook(), editions, () => due)('d-nobody')).rejects.toThrow('not in the book');
  });

  it('whatever was reported between, the answer is where the book says the paper is', async () => {
    const book = desk();
    const there = tell(overdue, [{ by: courier, type: 'ReportedMissing', details: { reason: 'not-found-in-bag' } }]);
    book.lay(there);
    expect(await recordOverdue(book, editions, () => due)(id)).toMatchObject({
      resumeAt: 'Missing',
      followed: there.version,
    });
  });

  // Holds ADR 0018.
  describe('at a place that the execution’s edition lacks', () => {
    const older = { 1: { HeldAtPostOffice: { next: 'Delivered', aside: [] } } };

    it('a clock that rings at a place that the execution’s edition lacks raises the next generation and sends the execution back to where it waited, to end there', async () => {
      const book = desk(dossierAt('HeldAtPostOffice', { dueAt: due, invitedAt: invitedTwice }));
      await book.arrive(id, { place: 'HeldAtPostOffice', taskToken: 'used', followed: 5, generation: 4, edition: 1 });
      const tellIt = recordOverdue(book, older, () => due);
      expect(await tellIt(id)).toEqual({ resumeAt: 'HeldAtPostOffice', followed: 5 });
      expect((await book.head(id))?.place).toBe('ReturningToAgency');
      expect(await book.executionLine(id)).toMatchObject({ generation: 5, raisedAt: due, formerToken: 'used' });
    });

    it('a clock that rings at a place that the execution’s edition lacks leads on in the same execution where the edition has the place', async () => {
      const book = desk(dossierAt('HeldAtPostOffice', { dueAt: due, invitedAt: invitedTwice }));
      await book.arrive(id, { place: 'HeldAtPostOffice', taskToken: 'used', followed: 5, generation: 4, edition: 2 });
      expect(await recordOverdue(book, editions, () => due)(id)).toMatchObject({ resumeAt: 'ReturningToAgency' });
      expect(await book.executionLine(id)).toMatchObject({ generation: 4 });
    });
  });
});
