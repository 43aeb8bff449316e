import { describe, expect, it } from '@jest/globals';
import { measureLists } from './lists.ts';

describe('a page of a list', () => {
  it('a page of a list reads the same with a hundred dossiers on a desk and with five thousand (npm run bench:lists)', async () => {
    const reads = await measureLists(100, 5000, 1);
    const told = reads.map(({ list, rows, units }) => [list, rows.join(), units.join()]);
    expect(told).toEqual([
      ['what waits at one place', '50,50', '1.5,1.5'],
      ['what waits at all places', '50,50', '8.5,8.5'],
      ['what is overdue at all places', '50,50', '8.5,8.5'],
      ['what has to be settled, of one kind', '50,50', '1.5,1.5'],
      ['all of an agency in a month', '50,50', '26,26'],
      // The more places a page is mixed of, the oftener it reads on: the first of these pages ends a place.
      ['what waits at all places, a page further on', '50,50', '9.5,8.5'],
      ['by a tracking code', '1,1', '1.5,1.5'],
    ]);
  });
});
