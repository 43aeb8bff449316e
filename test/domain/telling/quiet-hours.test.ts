import { describe, expect, it } from '@jest/globals';
import { outsideQuietHours } from '../../../domain/telling/quiet-hours.ts';

describe('the quiet hours', () => {
  it.each([
    ['at seven nobody waits', '2026-11-24T07:00:00+07:00', '2026-11-24T07:00:00+07:00'],
    ['a moment before nine nobody waits', '2026-11-24T20:59:59.999+07:00', '2026-11-24T20:59:59.999+07:00'],
    ['from nine on it waits for the morning', '2026-11-24T21:00:00+07:00', '2026-11-25T07:00:00+07:00'],
    ['over the end of the year', '2026-12-31T23:59:59+07:00', '2027-01-01T07:00:00+07:00'],
    ['after midnight it waits for the same morning', '2026-11-24T00:00:00+07:00', '2026-11-24T07:00:00+07:00'],
    ['until a moment before seven', '2026-11-24T06:59:59.999+07:00', '2026-11-24T07:00:00+07:00'],
  ])('the quiet hours are those of Vietnam: %s', (_what, at, told) => {
    expect(new Date(outsideQuietHours(Date.parse(at))).toISOString()).toBe(new Date(told).toISOString());
  });
});
