import { describe, expect, it } from '@jest/globals';
import { dateAfterSupplement } from '../../../domain/journey/supplement.ts';
import { at } from './town.ts';

const [due, asked, complete] = [at('2026-03-11T17:00'), at('2026-03-06T10:00'), at('2026-03-09T10:00')];

describe('the agency’s date once missing papers have come', () => {
  it('the agency’s date once missing papers have come is moved by the one working day that stood still over a weekend, where the procedure pauses', () => {
    expect(dateAfterSupplement({ rule: 'pause', workingDays: 15 }, due, asked, complete)).toBe(at('2026-03-12T17:00'));
  });

  it('the agency’s date once missing papers have come is the whole term again from the day of completion, where the procedure restarts (QĐ45 art. 7(4))', () => {
    expect(dateAfterSupplement({ rule: 'restart', workingDays: 3 }, due, asked, complete)).toBe(at('2026-03-12T17:00'));
    expect(dateAfterSupplement({ rule: 'restart', workingDays: 15 }, due, asked, complete)).toBe(
      at('2026-03-30T17:00'),
    );
  });

  it('the agency’s date once missing papers have come stands where the papers came the same day', () => {
    const sameDay = at('2026-03-06T16:00');
    expect(dateAfterSupplement({ rule: 'pause', workingDays: undefined }, due, asked, sameDay)).toBe(due);
  });

  it('the agency’s date once missing papers have come is moved where it cannot begin anew, because the term is not known', () => {
    expect(dateAfterSupplement({ rule: 'restart', workingDays: undefined }, due, asked, complete)).toBe(
      at('2026-03-12T17:00'),
    );
  });
});
