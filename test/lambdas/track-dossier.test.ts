import { describe, expect, it } from '@jest/globals';
import { showTrackingCode, trackingCodeFrom } from '../../domain/codes/tracking-code.ts';
import { trackingIn } from '../../domain/people/tracking.ts';
import { limiter } from '../../domain/limiter.ts';
import { allowances } from '../../domain/limits.ts';
import { trackDossier } from '../../lambdas/track-dossier/track-dossier.ts';
import { freshEntry } from '../doubles/book.suite.ts';
import { memoryBook } from '../doubles/book.ts';
import { noOf, statusOf } from './people.ts';

const trackingCode = trackingCodeFrom('12345678901234567');
const code = showTrackingCode(trackingCode);
const tooMany = { name: 'TooManyRequests', retryAfter: 3600 };

/** A citizen's dossier, and one instance that shows it; `asked` counts how often the book was read. */
async function shown() {
  const memory = memoryBook();
  const entry = freshEntry();
  await memory.open({ ...entry, step: { ...entry.step, dossier: { ...entry.step.dossier, trackingCode } } });
  let asked = 0;
  const book: typeof memory = {
    ...memory,
    dossierIdOf: async (one) => {
      asked += 1;
      return memory.dossierIdOf(one);
    },
  };
  const limit = (allowance: 'address' | 'code') => limiter({ allowance, now: () => 0 });
  const track = trackDossier({ track: trackingIn(book, () => 0), addresses: limit('address'), codes: limit('code') });
  return {
    asked: () => asked,
    track: async (said: string, address = '203.0.113.7') => track(said, address),
  };
}

function guess(n: number): string {
  return showTrackingCode(trackingCodeFrom(`7${String(n).padStart(16, '0')}`));
}

// Holds ADR 0028.
describe('somebody who tracks', () => {
  it('somebody who tracks by guessing is stopped at the eleventh code that nobody has, and then for the right one too', async () => {
    const { track, asked } = await shown();
    for (let n = 0; n < 10; n += 1) expect(noOf(await track(guess(n)))).toEqual({ name: 'UnknownDossier' });
    expect(noOf(await track(guess(10)))).toEqual(tooMany);
    const before = asked();
    expect(noOf(await track(code))).toEqual(tooMany);
    expect(noOf(await track(guess(11)))).toEqual(tooMany);
    expect(asked()).toBe(before);
  });

  it('somebody who tracks by guessing stops nobody at another address', async () => {
    const { track } = await shown();
    for (let n = 0; n < 50; n += 1) await track(guess(n));
    for (let n = 0; n < 20; n += 1) expect(statusOf(await track(code, '198.51.100.9'))).toBe(200);
  });

  it('a village that tracks behind one address is no guesser: five thousand looks and typing mistakes in an hour', async () => {
    const { track } = await shown();
    for (let n = 0; n < 500; n += 1) expect(statusOf(await track(code))).toBe(200);
    for (let n = 0; n < 4500; n += 1)
      expect(noOf(await track('123-456-789-012-345-672'))).toEqual({ name: 'UnknownDossier' });
    expect(noOf(await track(guess(1)))).toEqual({ name: 'UnknownDossier' });
  });

  it('somebody who tracks one code without end, from however many addresses, is told to wait', async () => {
    const { track } = await shown();
    const { units } = allowances.code;
    for (let n = 0; n < units; n += 1) expect(statusOf(await track(code, `198.51.100.${n % 200}`))).toBe(200);
    expect(noOf(await track(code, '192.0.2.1'))).toEqual(tooMany);
  });
});
