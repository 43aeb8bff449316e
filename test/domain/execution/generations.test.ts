import { describe, expect, it } from '@jest/globals';
import { editions, hasPlace, roadTo } from '../../../domain/execution/editions.ts';
import { isTooOld, positionOf, replacement, type Cause } from '../../../domain/execution/generations.ts';
import { ringClock } from '../../../domain/execution/ring-clock.ts';
import { dossierAt, hour, monday } from '../journey/town.ts';
import { scanned } from '../../doubles/book.suite.ts';
import { memoryBook } from '../../doubles/book.ts';

const minute = 60_000;
function line(resumedAt: readonly number[] = [], pausedAt?: number) {
  return { generation: 4, resumedAt, ...(pausedAt === undefined ? {} : { pausedAt }) };
}
const ends = [monday, monday + 10 * minute, monday + 20 * minute];

// Holds ADR 0018.
describe('an execution that ended', () => {
  it('an execution that ended is replaced three times within an hour, and paused the fourth time', () => {
    const now = monday + hour - 1;
    expect(replacement(line(ends.slice(0, 2)), 'ended', now)).toEqual({
      kind: 'raise',
      resumedAt: [...ends.slice(0, 2), now],
      endsPause: false,
    });
    expect(replacement(line(ends), 'ended', now)).toEqual({ kind: 'pause' });
  });

  it('an execution that ended is replaced again when an hour has gone since the first of three', () => {
    const now = monday + hour;
    expect(replacement(line(ends), 'ended', now)).toEqual({
      kind: 'raise',
      resumedAt: [...ends.slice(1), now],
      endsPause: false,
    });
  });
});

describe('an execution that has to be replaced for another reason', () => {
  it.each<Cause>(['no-road', 'too-old', 'name-taken'])(
    'an execution that has to be replaced for another reason (%s) is not counted, however often others ended',
    (cause) => {
      expect(replacement(line(ends), cause, monday + 30 * minute)).toEqual({
        kind: 'raise',
        resumedAt: ends,
        endsPause: false,
      });
      expect(replacement(line(ends), cause, monday + 65 * minute)).toMatchObject({ resumedAt: ends.slice(1) });
    },
  );

  it('an execution that is replaced because somebody asked for it begins to count anew, and ends a pause', () => {
    expect(replacement(line(ends, monday), 'asked', monday + minute)).toEqual({
      kind: 'raise',
      resumedAt: [],
      endsPause: true,
    });
    expect(replacement(line(ends), 'asked', monday + minute)).toMatchObject({ resumedAt: [], endsPause: false });
  });
});

describe('an execution that is paused', () => {
  it.each<Cause>(['ended', 'no-road', 'too-old', 'name-taken'])(
    'an execution that is paused is not replaced because of %s',
    (cause) => {
      expect(replacement(line([], monday), cause, monday + 10 * hour)).toBeUndefined();
    },
  );
});

describe('an execution that grows old', () => {
  it('an execution that grows old is replaced from the very instant of its renewal, and one without a date never', () => {
    const renewAt = monday;
    expect(isTooOld({ ...line(), renewAt }, renewAt - 1)).toBe(false);
    expect(isTooOld({ ...line(), renewAt }, renewAt)).toBe(true);
    expect(isTooOld(line(), Number.MAX_SAFE_INTEGER)).toBe(false);
  });
});

describe('an execution that starts', () => {
  it('an execution that starts goes to the book’s place with the time that is left, and to an end with none', () => {
    expect(positionOf(dossierAt('AtAgency', { dueAt: monday }))).toEqual({
      resumeAt: 'AtAgency',
      followed: 5,
      dueAt: '2026-03-02T01:00:00.000Z',
    });
    expect(positionOf(dossierAt('Delivered'))).toEqual({ resumeAt: 'Delivered', followed: 5 });
  });
});

describe('the roads of an edition', () => {
  const all = { 1: { Registered: { next: 'Collected', aside: ['Cancelled'] }, Cancelled: { aside: [] } } };
  const from = (place: string, edition = 1) => ({ place, edition });

  it('the roads of an edition lead along the happy way, aside, or nowhere', () => {
    expect(roadTo('Collected', from('Registered'), all)).toBe('next');
    expect(roadTo('Cancelled', from('Registered'), all)).toBe('aside');
    expect(roadTo('Delivered', from('Registered'), all)).toBeUndefined();
    expect(roadTo('Collected', from('Cancelled'), all)).toBeUndefined();
  });

  it.each(['Elsewhere', 'constructor', '__proto__', 'toString', ''])(
    'the roads of an edition lead from no place called %j',
    (place) => {
      expect(roadTo('Collected', from(place), all)).toBeUndefined();
      expect(hasPlace(place, 1, all)).toBe(false);
    },
  );

  it('the roads of an edition that nobody knows are none', () => {
    expect(roadTo('Collected', from('Registered', 9), all)).toBeUndefined();
    expect(hasPlace('Registered', 9, all)).toBe(false);
    expect(hasPlace('Registered', 1, all)).toBe(true);
    expect(hasPlace('Registered', 1, editions)).toBe(true);
  });
});

describe('a clock that rings', () => {
  const overdue = dossierAt('InTransitToAgency', { dueAt: monday });

  it('a clock that rings gives way to three others at most, and says so', async () => {
    const book = memoryBook();
    book.lay(overdue);
    let written = 0;
    const busy = {
      ...book,
      append: async () => {
        written += 1;
        await book.append(scanned((await book.head(overdue.dossierId)) ?? overdue));
        return 'overtaken' as const;
      },
    };
    await expect(ringClock(busy, overdue.dossierId, () => monday)).rejects.toThrow('overtaken');
    expect(written).toBe(3);
  });

  it('a clock that rings for a dossier that is not there is a fault', async () => {
    await expect(ringClock(memoryBook(), 'd-nobody', () => monday)).rejects.toThrow('not in the book');
  });

  it('a clock that rings too early writes nothing, and tells where the dossier is', async () => {
    const book = memoryBook();
    book.lay(overdue);
    expect(await ringClock(book, overdue.dossierId, () => monday - 1)).toEqual(overdue);
    expect(await book.timeline(overdue.dossierId)).toEqual([]);
  });
});
