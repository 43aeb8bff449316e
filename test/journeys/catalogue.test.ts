import { describe, expect, it } from '@jest/globals';
import { apiClient } from '../../client/api-client.ts';
import { aTown } from './a-town.ts';
import type { Town } from './town.ts';

let town: Town;
aTown((booted) => {
  town = booted;
});

describe('whoever has no token', () => {
  it('whoever has no token reads every list of the catalogue, each by its schema', async () => {
    const { catalogue } = apiClient(town);
    for (const [name, list] of Object.entries(catalogue)) {
      const { at, items } = await list({ at: '2026-11-30' });
      expect([name, at, items.length > 0]).toEqual([name, '2026-11-30', true]);
    }
  });

  it('whoever names no day is told what holds today in Vietnam', async () => {
    const day = 86_400_000;
    const tomorrow = Math.floor(town.clock.now() / day + 1) * day;
    // Half past midnight in Vietnam is still the day before in UTC.
    await town.clock.jumpTo(tomorrow + 17.5 * 3_600_000);
    const { at } = await apiClient(town).catalogue.postOffices({ communeId: 'CM-01840' });
    expect(at).toBe(new Date(tomorrow + day).toISOString().slice(0, 10));
  });

  it('an answer of the catalogue may be kept for minutes', async () => {
    const { headers } = await fetch(`${town.apiUrl}/v1/places`);
    expect(headers.get('cache-control')).toBe('public, max-age=300');
  });

  it('an answer of the catalogue that somebody has already comes without a body', async () => {
    const etag = (await fetch(`${town.apiUrl}/v1/places`)).headers.get('etag') ?? '';
    const again = await fetch(`${town.apiUrl}/v1/places`, { headers: { 'if-none-match': etag } });
    expect([etag, again.status, await again.text()]).toEqual([expect.stringMatching(/^".+"$/), 304, '']);
  });

  it.each(['/v1/places?at=30-11-2026', '/v1/places?when=now', '/v1/agencies?communeId=', '/v1/reasons?q='])(
    '%s is told what is wrong with it',
    async (path) => {
      const answer = await fetch(`${town.apiUrl}${path}`);
      expect([answer.status, await answer.json()]).toEqual([
        400,
        expect.objectContaining({ code: 'InvalidRequest', errors: [expect.objectContaining({})] }),
      ]);
    },
  );
});
