import { describe, expect, it } from '@jest/globals';
import { keptMs, leaseMs, type Claim, type KeptAnswers } from '../../adapters/http/once.ts';

const answer = { statusCode: 201, headers: { location: '/v1/dossiers/d-1' }, body: '{"name":"Ví Dụ"}' };
const now = Date.parse('2026-11-24T08:00:00.700+07:00');
let keys = 0;
function claimOf(change: Partial<Claim> = {}): Claim {
  keys += 1;
  return { key: `key-${keys}`, request: 'request-1', holder: 'first', now, ...change };
}

/** What everybody who keeps answers must do, in memory or in a table. */
export function keepsAnswers(where: string, open: () => KeptAnswers): void {
  describe(`kept answers ${where}`, () => {
    it('a key that was never seen is claimed, and once only', async () => {
      const answers = open();
      const claim = claimOf();
      expect(await answers.claim(claim)).toBe('claimed');
      expect(await answers.claim({ ...claim, holder: 'second' })).toBe('in-flight');
      expect(await answers.claim({ ...claim, holder: 'second', now: now + leaseMs - 1 })).toBe('in-flight');
    });

    it('a key that was answered has that answer, until it expires and no longer', async () => {
      const answers = open();
      const claim = claimOf();
      await answers.claim(claim);
      await answers.keep(claim, answer);
      for (const later of [0, leaseMs, keptMs - 1000])
        expect(await answers.claim({ ...claim, holder: 'second', now: now + later })).toEqual({ answer });
      expect(await answers.claim({ ...claim, holder: 'second', now: now + keptMs })).toBe('claimed');
    });

    it('a key of somebody who died is free for the same request when his claim has run out, and for no other', async () => {
      const answers = open();
      const claim = claimOf();
      await answers.claim(claim);
      const later = { ...claim, holder: 'second', now: now + leaseMs };
      expect(await answers.claim({ ...later, request: 'request-2' })).toBe('other-request');
      expect(await answers.claim(later)).toBe('claimed');
    });

    it('a key that is in flight or answered is no key for another request', async () => {
      const answers = open();
      const claim = claimOf();
      await answers.claim(claim);
      expect(await answers.claim({ ...claim, request: 'request-2' })).toBe('other-request');
      await answers.keep(claim, answer);
      expect(await answers.claim({ ...claim, request: 'request-2' })).toBe('other-request');
    });

    it('a key that was given back is free, for any request', async () => {
      const answers = open();
      const claim = claimOf();
      await answers.claim(claim);
      await answers.release(claim);
      expect(await answers.claim({ ...claim, request: 'request-2', holder: 'second' })).toBe('claimed');
    });

    it('a key is answered by its holder alone: who comes back late keeps nothing and gives nothing back', async () => {
      const answers = open();
      const late = claimOf();
      await answers.claim(late);
      const next = { ...late, holder: 'second', now: now + leaseMs };
      await answers.claim(next);
      await answers.release(late);
      await answers.keep(late, { ...answer, body: '"late"' });
      expect(await answers.claim({ ...next, holder: 'third' })).toBe('in-flight');
      await answers.keep(next, answer);
      expect(await answers.claim({ ...next, holder: 'third' })).toEqual({ answer });
    });
  });
}
