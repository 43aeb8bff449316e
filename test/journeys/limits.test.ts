import { Agent, request } from 'node:http';
import { availableParallelism } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { showTrackingCode, trackingCodeFrom } from '../../domain/codes/tracking-code.ts';
import { aTown } from './a-town.ts';
import { open } from './roads.ts';
import { clerk, type Town } from './town.ts';

interface Answered {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly code: unknown;
}

// Holds ADR 0028.
describe('a flood', () => {
  let town: Town;
  let trackingCode: string;
  aTown(async (booted) => {
    town = booted;
    ({ trackingCode } = (await open(town, 'counter')).dossier);
  });

  /** Asks from one of this machine's own addresses, over as many connections as it likes. */
  function caller(localAddress: string) {
    const agent = new Agent({ keepAlive: true, maxSockets: 50 });
    const track = async (code: string): Promise<Answered> =>
      new Promise((resolve, reject) => {
        request(
          new URL(`/t/${code}`, town.apiUrl),
          { agent, localAddress, headers: { accept: 'application/json' } },
          (response) => {
            const chunks: Buffer[] = [];
            response.on('data', (chunk: Buffer) => chunks.push(chunk));
            response.on('end', () => {
              const said: unknown = JSON.parse(Buffer.concat(chunks).toString());
              const refused = typeof said === 'object' && said !== null && 'code' in said ? said.code : undefined;
              resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'], code: refused });
            });
          },
        )
          .on('error', reject)
          .end();
      });
    return { track, close: () => agent.destroy() };
  }
  const guess = (n: number): string => showTrackingCode(trackingCodeFrom(`8${String(n).padStart(16, '0')}`));

  it('a flood of guesses from one address is refused after a few, and a citizen at another gets 20 answers of 20', async () => {
    const [attacker, citizen] = [caller('127.0.0.1'), caller('127.0.0.2')];
    const flood = Promise.all(Array.from({ length: 1500 }, async (_none, n) => attacker.track(guess(n))));
    const seen: number[] = [];
    for (let looks = 0; looks < 20; looks += 1) seen.push((await citizen.track(trackingCode)).status);
    const answers = await flood;
    expect(seen).toEqual(Array.from({ length: 20 }, () => 200));
    const answered = answers.filter(({ status }) => status === 404);
    // Ten in all, or of each instance where the machine is too busy for the counters to answer in time.
    expect(answered.length).toBeLessThanOrEqual(10 * Math.max(4, 2 * availableParallelism()));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length + answered.length).toBe(1500);
    for (const { code, retryAfter } of refused) {
      expect(code).toBe('TooManyRequests');
      expect(Number(retryAfter)).toBeGreaterThan(0);
      expect(Number(retryAfter)).toBeLessThanOrEqual(3600);
    }
    // Having guessed, it does not learn whether the next guess would have been right.
    expect(await attacker.track(trackingCode)).toMatchObject({ status: 429 });
    attacker.close();
    citizen.close();
  });

  it('a flood is over when its hour is: the same address may ask again', async () => {
    await town.clock.jumpTo(town.clock.now() + 3_600_000);
    const former = caller('127.0.0.1');
    expect((await former.track(trackingCode)).status).toBe(200);
    former.close();
  });

  it('a flood of one clerk is refused, and a clerk of another post office is served', async () => {
    const bearers = await Promise.all([town.bearer(clerk), town.bearer({ role: 'clerk', unit: 'PO-NARI' })]);
    const confirm = async (bearer: string) =>
      fetch(new URL('/v1/dossiers/d-00000000/scans/s-00000000/confirm', town.apiUrl), {
        method: 'POST',
        headers: { authorization: `Bearer ${bearer}` },
      });
    const statuses = await Promise.all(Array.from({ length: 60 }, async () => confirm(bearers[0])));
    const refused = statuses.filter(({ status }) => status === 429);
    // Ten are as many as one person may confirm in ten seconds; those on their way at that moment are answered.
    expect(refused.length).toBeGreaterThan(0);
    for (const { headers } of refused) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await confirm(bearers[1])).status).toBe(404);
  });
});
