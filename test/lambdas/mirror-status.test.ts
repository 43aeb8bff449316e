import { describe, expect, it } from '@jest/globals';
import type { Dossier } from '../../domain/journey/dossier.ts';
import type { StatusUpdate } from '../../domain/ports/one-stop.ts';
import { mirrorStatus } from '../../lambdas/publish-events/mirror-status.ts';
import { clerk, courier, hour, monday } from '../domain/journey/town.ts';
import { freshEntry, nextStep } from '../doubles/book.suite.ts';
import { memoryBook } from '../doubles/book.ts';

/** What a one-stop system is told of a dossier that is on its way to the agency, with whatever else is true of it. */
async function toldOf(facts: Partial<Dossier>): Promise<readonly StatusUpdate[]> {
  const book = memoryBook();
  const entry = freshEntry();
  await book.open(entry);
  const collected = nextStep(entry.step.dossier, clerk, 'Collected', {
    papers: { originals: 2, copies: 1 },
    sealNumber: 'BK-0001',
    amountCollected: entry.step.dossier.charges.dueAtCollection,
  });
  await book.append(collected);
  const dispatched = nextStep(collected.dossier, courier, 'Dispatched', { itemCode: 'RA123456785VN' });
  await book.append(dispatched);
  const told: StatusUpdate[] = [];
  const { dossierId } = entry.step.dossier;
  const head = async (id: string) => (id === dossierId ? { ...dispatched.dossier, ...facts } : undefined);
  const mirror = mirrorStatus({ ...book, head }, { tell: async (update) => void told.push(update) });
  await mirror('d-nobody');
  await mirror(dossierId);
  return told.map((update) => ({ ...update, dossierId: update.dossierId === dossierId ? 'its own' : 'another' }));
}

describe('what a one-stop system is told', () => {
  it('a one-stop system is told the status, and since when the fact holds that set it', async () => {
    expect(await toldOf({})).toEqual([
      { dossierId: 'its own', agencyId: 'AG-PASC-BACKAN', status: 1, at: monday, version: 3 },
    ]);
  });

  it('a one-stop system is told its own code of the dossier where that is known, and the version as it is', async () => {
    expect(await toldOf({ officialCode: 'H19.1', nationalStatus: 4, version: 9 })).toEqual([
      { dossierId: 'its own', officialCode: 'H19.1', agencyId: 'AG-PASC-BACKAN', status: 4, at: monday, version: 9 },
    ]);
  });

  it('a one-stop system is told of a dossier that no fact gave a status since when it is where it is', async () => {
    const book = memoryBook();
    const { dossier } = freshEntry().step;
    book.lay({ ...dossier, since: monday + hour });
    const told: StatusUpdate[] = [];
    const timeline = async () => [];
    await mirrorStatus({ ...book, timeline }, { tell: async (update) => void told.push(update) })(dossier.dossierId);
    expect(told).toMatchObject([{ at: monday + hour, status: 1 }]);
  });
});
