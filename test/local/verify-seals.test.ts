import { beforeAll, describe, expect, it } from '@jest/globals';
import { unzipSync, zipSync } from 'fflate';
import * as z from 'zod';
import { pack } from '../../adapters/archive/pack.ts';
import { proofFormat, sealFormat, sealOf } from '../../adapters/seals/seal.ts';
import { noFiles } from '../../domain/archive.ts';
import { localDay } from '../../domain/calendar/local-time.ts';
import { daysAfter, type Arrival, type Seal } from '../../domain/seal.ts';
import { sealDays } from '../../lambdas/seal-days/seal-days.ts';
import { verifyArchive } from '../../local/ops/verify-archive.ts';
import { clerk, day, monday } from '../domain/journey/town.ts';
import { memorySeals } from '../doubles/seals.ts';
import { forged, toldDossier, type Files } from './told-dossier.ts';

const Seals = z.object({ seals: z.array(sealFormat), proofs: z.array(proofFormat) });
type Seals = z.output<typeof Seals>;
const Dossier = z.looseObject({ head: z.looseObject({}), events: z.array(z.looseObject({})) });

/** An archive of a dossier with four events of Monday and one of Tuesday, made on Friday among other dossiers. */
async function sealedArchive(): Promise<Files> {
  const { book, dossierId } = await toldDossier();
  const [dossier, events] = [await book.head(dossierId), await book.timeline(dossierId)];
  if (dossier === undefined) throw new Error('no dossier');
  const others = Array.from({ length: 20 }, (_none, n): Arrival => ({
    dossierId: `d-${n}`,
    number: 1,
    digest: `${n}`,
  }));
  const on = async (asked: string): Promise<readonly Arrival[]> => [
    ...others,
    ...events
      .filter(({ receivedAt }) => localDay(receivedAt) === asked)
      .map(({ number, digest }) => ({ dossierId, number, digest })),
  ];
  const seals = memorySeals();
  await seals.keep('2026-03-01', [], undefined);
  await sealDays({ on }, seals, () => monday + 4 * day)();
  const written: Uint8Array[] = [];
  await pack(
    { dossier, events, notes: [], scans: [], ...noFiles([]), by: clerk },
    {
      fileOf: async () => Promise.reject(new Error('there is no scan')),
      seals,
      write: async (chunk) => void written.push(chunk),
      now: monday + 4 * day,
    },
  );
  return unzipSync(Buffer.concat(written));
}

// Holds ADR 0041.
describe('the seals in an archive', () => {
  let whole: Files;
  let sealed: Seals;
  const [first, second] = ['2026-03-02', '2026-03-03'];
  beforeAll(async () => {
    whole = await sealedArchive();
    sealed = Seals.parse(JSON.parse(Buffer.from(whole['seals.json'] ?? '').toString()));
  });
  const verified = (files: Files, asked: Parameters<typeof verifyArchive>[1] = {}) =>
    verifyArchive(zipSync(files), asked);
  /** Whoever changes the seals changes the manifest too. */
  const faultsOf = (change: (copy: Seals) => unknown, asked = {}): readonly string[] =>
    verified(forged(whole, 'seals.json', Buffer.from(JSON.stringify(change(structuredClone(sealed))))), asked).faults;
  const changedSeal = (at: string, change: (seal: Seal) => Seal) => (copy: Seals) => ({
    ...copy,
    seals: copy.seals.map((seal) => (seal.day === at ? change(seal) : seal)),
  });
  /** Events changed, and everything made to fit them that whoever holds the file can make fit. */
  const withEvents = (change: (events: z.output<typeof Dossier>['events']) => unknown[]): Files => {
    const dossier = Dossier.parse(JSON.parse(Buffer.from(whole['dossier.json'] ?? '').toString()));
    return forged(whole, 'dossier.json', Buffer.from(JSON.stringify({ ...dossier, events: change(dossier.events) })));
  };

  it('the seals in an archive have all that arrived on a day, are chained, and show nothing of other dossiers', () => {
    const { faults, told } = verified(whole, { day: first });
    expect(faults).toEqual([]);
    expect(told.join('\n')).toMatch(/Sealed from 2026-03-02 to 2026-03-05, 2 times with this dossier/);
    expect(told.join('\n')).toMatch(/4 of the 4 events of 2026-03-02 are sealed; its seal is over 21 dossiers/);
    expect(verified(whole, { day: second }).told.join('\n')).toContain('1 of the 1 events of 2026-03-03 are sealed');
    expect(verified(whole, { day: '2026-03-04' }).told.join('\n')).toContain('Nothing of this dossier arrived');
    expect(JSON.stringify(sealed)).not.toMatch(/d-1[0-9]/);
    expect(Math.max(...sealed.proofs.map(({ path }) => path.length))).toBeLessThanOrEqual(5);
  });

  it('the seals in an archive say by number which event was changed after its night', () => {
    const { faults } = verified(
      withEvents((events) =>
        events.map((event, index) => (index === 3 ? { ...event, digest: 'another', sealNumber: 'x' } : event)),
      ),
    );
    expect(faults).toContain('event 4 is not the one in the seal of 2026-03-02');
  });

  it('the seals in an archive say which event was taken out, the last one too', () => {
    expect(verified(withEvents((events) => events.slice(0, -1))).faults).toContain(
      'event 5 is in the seal of 2026-03-03, and not here',
    );
    expect(verified(withEvents((events) => events.slice(0, 2))).faults).toContain(
      'event 4 is in the seal of 2026-03-02, and not here',
    );
  });

  it('the seals in an archive say which event was put in after its night', () => {
    const inserted = verified(
      withEvents((events) => [...events, { ...events[3], number: 6, digest: 'put-in', previous: 'x' }]),
    );
    expect(inserted.faults).toContain('event 6 arrived on 2026-03-02, and is in no seal');
  });

  it('the seals in an archive that were forged are told by their own digest, or by the next seal', () => {
    expect(faultsOf(changedSeal(second, (seal) => ({ ...seal, root: 'another' })))).toContain(
      'the seal of 2026-03-03 is not what was sealed',
    );
    const made = (seal: Seal): Seal => sealOf(seal.day, [], sealed.seals[0]);
    expect(faultsOf(changedSeal(second, made))).toEqual([
      'the seal of 2026-03-04 does not follow that of 2026-03-03 as it stands here',
      'the seal of 2026-03-03 does not have what is said of this dossier',
    ]);
  });

  it('the seals in an archive are told from a whole chain that was made anew by the digest of one that was kept', () => {
    const kept = sealed.seals.at(-1)?.digest;
    expect(faultsOf((copy) => copy, { seal: kept })).toEqual([]);
    const anew = (copy: Seals): unknown => {
      const seals: Seal[] = [];
      for (const { day: one } of copy.seals)
        seals.push(
          sealOf(
            one,
            copy.proofs.filter((p) => p.day === one).map(({ leaf }) => leaf),
            seals.at(-1),
          ),
        );
      return { seals, proofs: copy.proofs.map((proof) => ({ ...proof, index: 0, path: [] })) };
    };
    expect(faultsOf(anew)).toEqual([]);
    expect(faultsOf(anew, { seal: kept })).toEqual([`no seal here is ${kept}: these are not the seals that were kept`]);
  });

  it('the seals in an archive of which one is wanting, in the middle or at the beginning, have a gap', () => {
    const without = (gone: string) => (copy: Seals) => ({
      ...copy,
      seals: copy.seals.filter((seal) => seal.day !== gone),
    });
    expect(faultsOf(without(second))).toEqual([
      'the chain of seals has a gap between 2026-03-02 and 2026-03-04',
      'the dossier is said to be in the seal of 2026-03-03, which is not here',
    ]);
    expect(faultsOf(without(first)).join('\n')).toContain(
      'the seals before 2026-03-03 are missing: the dossier is of 2026-03-02',
    );
  });

  it('the seals in an archive prove no other dossier, no other leaf, and nothing where a proof was taken', () => {
    const proofs = (change: (proof: Seals['proofs'][number]) => unknown) => (copy: Seals) => ({
      ...copy,
      proofs: copy.proofs.map(change),
    });
    expect(faultsOf(proofs((proof) => ({ ...proof, leaf: { ...proof.leaf, dossierId: 'd-1' } })))[0]).toBe(
      'what is said to be in the seal of 2026-03-02 is another dossier',
    );
    expect(faultsOf(proofs((proof) => ({ ...proof, leaf: { ...proof.leaf, number: 1 } })))[0]).toBe(
      'the seal of 2026-03-02 does not have what is said of this dossier',
    );
    expect(faultsOf((copy) => ({ ...copy, proofs: copy.proofs.slice(1) }))).toEqual([]);
    expect(faultsOf((copy) => ({ ...copy, proofs: [] }))).toContain('event 5 arrived on 2026-03-03, and is in no seal');
    expect(faultsOf(() => ({}))).toContain('seals.json holds no seals');
  });

  it('the seals in an archive do not reach a day that has none, and say so', () => {
    for (const asked of ['2026-03-06', '2026-02-28'])
      expect(verified(whole, { day: asked }).faults[0]).toContain(`there is no seal of ${asked} here`);
    expect(daysAfter('2026-02-28')).toBe('2026-03-01');
  });
});
