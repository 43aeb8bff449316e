import { describe, expect, it } from '@jest/globals';
import { remembering } from '../../../domain/intake/remembering.ts';
import type { DeskWriter } from '../../../domain/ports/book.ts';
import { clerk } from '../journey/town.ts';
import { freshEntry, nextStep, scanned } from '../../doubles/book.suite.ts';
import { memoryBook } from '../../doubles/book.ts';

async function opened() {
  const truth = memoryBook();
  const { step } = freshEntry();
  const { dossierId } = step.dossier;
  await truth.open({ ...freshEntry(), step });
  let reads = 0;
  const counted: DeskWriter = {
    ...truth,
    timeline: async (id) => {
      reads += 1;
      return truth.timeline(id);
    },
  };
  const collected = nextStep(step.dossier, clerk, 'Collected', {
    papers: { originals: 2, copies: 1 },
    sealNumber: 'BK-0001',
    amountCollected: step.dossier.charges.dueAtCollection,
  });
  const book = remembering(counted);
  const look = async () => {
    await book.head(dossierId);
    expect(await book.timeline(dossierId)).toEqual(await truth.timeline(dossierId));
    return reads;
  };
  return { truth, book, collected, look };
}

describe('a book that remembers', () => {
  it('a book that remembers reads the events of a dossier once, and knows what it has written itself', async () => {
    const { book, collected, look } = await opened();
    expect(await look()).toBe(1);
    expect(await book.append(collected, {})).toBe('written');
    expect(await look()).toBe(1);
    expect(await book.append(collected, {})).toBe('known');
    expect(await book.append(scanned(collected.dossier), {})).toBe('written');
    expect(await look()).toBe(1);
  });

  it('a book that remembers reads again when somebody else has written, before or after it did', async () => {
    const { truth, book, collected, look } = await opened();
    expect(await look()).toBe(1);
    await truth.append(collected);
    expect(await look()).toBe(2);
    const own = scanned(collected.dossier);
    await truth.append(own);
    expect(await book.append(own, {})).toBe('known');
    expect(await book.append(scanned(own.dossier), {})).toBe('written');
    expect(await look()).toBe(3);
  });
});
