/**
 * `npm run bench:webhooks`: 1,000 calls to 20 receivers, first with all of them well, then with one that is dead and
 * one that never answers, both on one throw-away system. Told is what the other 18 wait for their calls: from the
 * answer to the registration until the receiver has its event.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import body from '../examples/first-dossier.json' with { type: 'json' };
import { withThrowAwayCloud } from './demo/throw-away-cloud.ts';
import type { Speaker } from './demo/traveller.ts';

const dossiers = 50;
/** A unit may have eight subscriptions: three units that all hear of what the portal registers at Bắc Kạn. */
const subscribers: readonly (readonly [Speaker, number])[] = [
  [{ role: 'portal' }, 8],
  [{ role: 'supervisor', unit: 'PO-BACKAN' }, 8],
  [{ role: 'officer', unit: 'AG-PASC-BACKAN' }, 4],
];
/** Between two registrations: well below what two cores can do, so that no queue of the machine's own is measured. */
const paceMs = 500;
const Event = z.object({ subject: z.string() });

interface Receiver {
  readonly url: string;
  /** When each dossier's event came. */
  readonly got: ReadonlyMap<string, number>;
  close(): void;
}

async function listen(answers: boolean): Promise<Receiver> {
  const got = new Map<string, number>();
  const server = createServer((request, answer) => {
    void text(request).then((said) => {
      got.set(Event.parse(JSON.parse(said)).subject, performance.now());
      return answers ? answer.writeHead(204).end() : undefined;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.custom<AddressInfo>((address) => typeof address === 'object').parse(server.address());
  return {
    url: `http://127.0.0.1:${port}/`,
    got,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

await withThrowAwayCloud(
  () => console.error('Building the template and the functions …'),
  async ({ as, settled }) => {
    const portal = as({ role: 'portal' });
    const speakers = subscribers.flatMap(([speaker, count]) => Array.from({ length: count }, () => speaker));

    /** @returns what each of the first 18 waited, in milliseconds, shortest first */
    const scene = async (receivers: readonly Receiver[]): Promise<readonly number[]> => {
      const subscribed = await Promise.all(
        speakers.map(async (speaker, index) => {
          const { subscriptionId } = await as(speaker).subscriptions.add({ url: receivers[index]?.url ?? '' });
          return { speaker, subscriptionId };
        }),
      );
      const answered = new Map<string, number>();
      for (let n = 0; n < dossiers; n += 1) {
        const { dossierId } = await portal.register({ ...body, frontDoor: 'counter' });
        answered.set(dossierId, performance.now());
        await sleep(paceMs);
      }
      const others = receivers.slice(0, 18);
      while (others.some(({ got }) => [...answered.keys()].some((dossierId) => !got.has(dossierId)))) await sleep(20);
      const waits = others.flatMap(({ got }) =>
        [...answered].map(([dossierId, at]) => Math.max(0, (got.get(dossierId) ?? Infinity) - at)),
      );
      for (const { speaker, subscriptionId } of subscribed) await as(speaker).subscriptions.end(subscriptionId);
      for (const receiver of receivers) receiver.close();
      await settled();
      return waits.toSorted((a, b) => a - b);
    };

    const twenty = async (well: number): Promise<Receiver[]> =>
      Promise.all(Array.from({ length: well }, async () => listen(true)));
    // Functions load, and the machine warms up.
    await scene(await twenty(20));
    const allWell = await scene(await twenty(20));
    const dead = await listen(true);
    dead.close();
    const oneDeadOneStalls = await scene([...(await twenty(18)), dead, await listen(false)]);

    const at = (waits: readonly number[], share: number): number => waits[Math.floor(waits.length * share)] ?? 0;
    for (const [name, waits] of Object.entries({
      'all twenty well': allWell,
      'one dead, one stalls': oneDeadOneStalls,
    }))
      console.log(
        `${name.padEnd(22)} p50 ${at(waits, 0.5).toFixed(0).padStart(5)} ms   p95 ${at(waits, 0.95).toFixed(0).padStart(5)} ms   longest ${at(waits, 0.9999).toFixed(0).padStart(5)} ms`,
      );
    console.log(
      `p50 of the others: ${(at(oneDeadOneStalls, 0.5) / at(allWell, 0.5)).toFixed(2)} times the run without`,
    );
  },
);
