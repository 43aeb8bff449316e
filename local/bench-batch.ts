/**
 * `npm run bench:batch`: how long `POST /v1/events` takes for its 500 items, through HTTP on a throw-away system. The
 * gateway gives up after 30 seconds; the bar is half of that.
 */
import { randomUUID } from 'node:crypto';
import type { ApiClient, BatchBody, DossierAnswer } from '../client/api-client.ts';
import body from '../examples/first-dossier.json' with { type: 'json' };
import { withThrowAwayCloud } from './demo/throw-away-cloud.ts';

type Item = BatchBody['items'][number];
const most = 500;

await withThrowAwayCloud(
  () => console.error('Building the template and the functions …'),
  async ({ as, clock, settled }) => {
    const clerk = as({ role: 'clerk', unit: 'PO-BACKAN' });
    const item = ({ dossierId }: DossierAnswer, said: Pick<Item, 'type' | 'details'>, minutesAgo = 0): Item => ({
      dossierId,
      eventId: randomUUID(),
      occurredAt: new Date(clock.now() - minutesAgo * 60_000).toISOString(),
      ...said,
    });
    const collected = ({ charges }: DossierAnswer): Pick<Item, 'type' | 'details'> => ({
      type: 'Collected',
      details: {
        papers: { originals: 2, copies: 1 },
        sealNumber: 'BK-0001',
        amountCollected: charges.dueAtCollection,
      },
    });
    const scanned = { type: 'Scanned', details: { postOfficeId: 'PO-BACKAN' } } as const;

    const many = await registered(clerk, most);
    const [one, another] = await registered(clerk, 2);
    if (one === undefined || another === undefined) throw new Error('two were registered');
    const moves = many.map((dossier) => item(dossier, collected(dossier)));
    const scenes: Record<string, readonly Item[]> = {
      '500 dossiers, one event each': moves,
      'the same again': moves,
      '10 dossiers, 50 remarks each': many.slice(0, 10).flatMap((dossier) => listOf(50, () => item(dossier, scanned))),
      '1 dossier, 500 remarks': listOf(most, () => item(one, scanned)),
      '1 dossier, 500 events of which one can stand': listOf(most, (index) => item(another, collected(another), index)),
    };
    await settled();
    for (const [scene, items] of Object.entries(scenes)) {
      const startedAt = performance.now();
      const outcomes = (await clerk.recordAll({ items: [...items] })).items;
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      const statuses = Object.entries(Object.groupBy(outcomes, ({ status }) => String(status)));
      const counts = statuses.map(([status, those = []]) => `${those.length} × ${status}`).join(', ');
      console.log(`${scene.padEnd(48)} ${seconds.padStart(5)} s   ${counts}`);
      await settled();
    }
  },
);

/** One after the other, as the gateway's throttle wants it. */
async function registered(clerk: ApiClient, count: number): Promise<readonly DossierAnswer[]> {
  const dossiers: DossierAnswer[] = [];
  for (let left = count; left > 0; left -= 1) dossiers.push(await clerk.register({ ...body, frontDoor: 'counter' }));
  return dossiers;
}

function listOf<T>(length: number, make: (index: number) => T): T[] {
  return Array.from({ length }, (_none, index) => make(index));
}
