import { describe, expect, it } from '@jest/globals';
import { stands } from '../../../domain/journey/rules.ts';

describe('the editions of the law', () => {
  it('a rule of the law stands from the edition that brought it', () => {
    expect([1, 2, 3].map((edition) => stands({ since: 2 }, edition))).toEqual([false, true, true]);
  });

  it('a rule of the law stands no more in the edition that ended it', () => {
    expect([1, 2, 3, 4].map((edition) => stands({ since: 2, until: 4 }, edition))).toEqual([false, true, true, false]);
  });
});
