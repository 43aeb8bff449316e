import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { unzipSync, zipSync } from 'fflate';
import * as z from 'zod';
import { pack } from '../../adapters/archive/pack.ts';
import { allNotes } from '../../adapters/dynamodb/exported.ts';
import { filesOf } from '../../domain/archive.ts';
import type { Scan } from '../../domain/scans.ts';
import { verifyArchive } from '../../local/ops/verify-archive.ts';
import { clerk, monday } from '../domain/journey/town.ts';
import { memorySeals } from '../doubles/seals.ts';
import { forged as forgedIn, manifestIn, toldDossier, type Files } from './told-dossier.ts';

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
function bytesOf({ scanId }: Scan): Uint8Array {
  return Buffer.from(`the file of ${scanId}`);
}

function scanOf(dossierId: string, scanId: string, change: Partial<Scan> = {}): Scan {
  const contents = { pages: 1, widthPixels: 100, heightPixels: 100, flags: [] } as const;
  const scan: Scan = {
    scanId,
    dossierId,
    kind: 'papers',
    contentType: 'application/pdf',
    size: 1,
    sha256: '',
    status: 'verified',
    requestedAt: monday,
    contents,
    ...change,
  };
  return { ...scan, sha256: sha256(bytesOf(scan)) };
}

/** An archive of a dossier with a good scan, one that runs scripts, and those that nobody may have. */
async function archived(virusCheck: boolean): Promise<Uint8Array> {
  const { book, dossierId } = await toldDossier();
  const dossier = await book.head(dossierId);
  if (dossier === undefined) throw new Error('no dossier');
  const clean = { pages: 1, widthPixels: 9, heightPixels: 9, flags: [], virusFree: true } as const;
  const scans = [
    scanOf(dossierId, 's-good', { contents: clean }),
    scanOf(dossierId, 's-risky', { contents: { ...clean, flags: ['javascript'], pictures: 2 } }),
    scanOf(dossierId, 's-unchecked'),
    scanOf(dossierId, 's-awaited', { status: 'awaited' }),
    scanOf(dossierId, 's-infected', { status: 'refused', fault: 'infected' }),
  ];
  const written: Uint8Array[] = [];
  await pack(
    {
      dossier,
      events: await book.timeline(dossierId),
      notes: await allNotes(book, dossierId),
      scans,
      ...filesOf(scans, virusCheck),
      by: clerk,
    },
    {
      fileOf: async ({ scan, page }) => (page === undefined ? bytesOf(scan) : Buffer.from(`${scan.scanId} ${page}`)),
      seals: memorySeals(),
      write: async (chunk) => void written.push(chunk),
      now: monday,
    },
  );
  return Buffer.concat(written);
}

// Holds ADR 0038.
describe('an archive', () => {
  let whole: Files;
  let zip: Uint8Array;
  beforeAll(async () => {
    zip = await archived(true);
    whole = unzipSync(zip);
  });
  const faultsOf = (change: (files: Files) => Files): readonly string[] => verifyArchive(zipSync(change(whole))).faults;
  /** Somebody who changes a file and the manifest with it. */
  const forged = (name: string, bytes: Uint8Array | undefined) => (files: Files) => forgedIn(files, name, bytes);
  const Events = z.looseObject({ events: z.array(z.looseObject({ occurredAt: z.string() })) });
  const dossierWith = (change: (events: z.infer<typeof Events>['events']) => unknown): Uint8Array => {
    const dossier = Events.parse(JSON.parse(Buffer.from(whole['dossier.json'] ?? '').toString()));
    return Buffer.from(JSON.stringify({ ...dossier, events: change(dossier.events) }));
  };

  it('an archive has the dossier, custody and the files that may leave the house, and says what it has not', () => {
    expect(Object.keys(whole)).toEqual([
      'dossier.json',
      'custody.json',
      'seals.json',
      'scans/s-good.pdf',
      'scans/s-risky-1.jpg',
      'scans/s-risky-2.jpg',
      'manifest.json',
    ]);
    expect(manifestIn(whole).leftOut.map(({ what, why }) => [what, why])).toEqual([
      ['people', 'people-apart'],
      ['s-risky', 'scan-as-pictures'],
      ['s-unchecked', 'scan-unchecked'],
      ['s-awaited', 'scan-awaited'],
      ['s-infected', 'scan-refused'],
    ]);
    const { faults, told } = verifyArchive(zip);
    expect(faults).toEqual([]);
    expect(told.join('\n')).toContain(sha256(whole['manifest.json'] ?? new Uint8Array()));
  });

  it('an archive of a deployment without a virus check has what was verified there', async () => {
    expect(Object.keys(unzipSync(await archived(false)))).toContain('scans/s-unchecked.pdf');
  });

  it.each(['dossier.json', 'custody.json', 'seals.json', 'scans/s-good.pdf', 'scans/s-risky-2.jpg'])(
    'an archive of which a byte of %s was changed says so by its name',
    (name) => {
      const changed = faultsOf((files) => {
        const bytes = Buffer.from(files[name] ?? '');
        // A space more in JSON is the same JSON, and another file.
        return { ...files, [name]: Buffer.concat([bytes, Buffer.from(' ')]) };
      });
      expect(changed).toContain(`${name} is not the file that was archived`);
    },
  );

  it.each(['custody.json', 'seals.json', 'scans/s-good.pdf', 'scans/s-risky-1.jpg'])(
    'an archive from which %s was taken says so by its name',
    (name) => {
      const { [name]: _taken, ...rest } = whole;
      expect(verifyArchive(zipSync(rest)).faults).toContain(`${name} is missing`);
    },
  );

  it('an archive into which a file was put says so, and one with a name twice too', () => {
    expect(faultsOf((files) => ({ ...files, 'scans/s-good2.pdf': Buffer.from('x') }))).toEqual([
      'scans/s-good2.pdf is in no manifest',
    ]);
    const renamed = Buffer.from(zipSync({ ...whole, 'scans/s-bad0.pdf': Buffer.from('x') }));
    const twice = Buffer.from(renamed.toString('latin1').replaceAll('scans/s-bad0.pdf', 'scans/s-good.pdf'), 'latin1');
    expect(verifyArchive(twice).faults.join()).toContain('scans/s-good.pdf is in the archive twice');
  });

  it('an archive whose manifest was changed with a scan is told by the scan’s own line, and by a scan that is wanting', () => {
    expect(faultsOf(forged('scans/s-good.pdf', Buffer.from('another file')))).toEqual([
      'scans/s-good.pdf is not the scan that was verified',
    ]);
    expect(faultsOf(forged('scans/s-good.pdf', undefined))).toEqual([
      'scan s-good is neither here nor said to be left out',
    ]);
    expect(faultsOf(forged('scans/s-risky-2.jpg', undefined))).toEqual(['scans/s-risky-2.jpg is missing']);
  });

  it('an archive whose manifest was changed with an event, or with one event fewer, is told by the chain', () => {
    const later = dossierWith((events) =>
      events.map((event, index) => (index === 2 ? { ...event, occurredAt: '2026-03-02T02:00:00.001Z' } : event)),
    );
    expect(faultsOf(forged('dossier.json', later))).toContain('event 3 is not what was written');
    const fewer = faultsOf(
      forged(
        'dossier.json',
        dossierWith((events) => events.slice(0, -1)),
      ),
    );
    expect(fewer.join()).toMatch(/the head differs from its events.*the manifest is of another chain/);
  });

  it('an archive whose custody was changed with its manifest is told by the events', () => {
    const custody = Buffer.from(
      Buffer.from(whole['custody.json'] ?? '')
        .toString()
        .replace('"agency"', '"post"'),
    );
    expect(custody.toString()).toContain('"post"');
    expect(faultsOf(forged('custody.json', custody))).toEqual(['custody.json is not what the events make']);
  });

  it.each([
    ['an event', (dossier: string) => dossier.replace('"counter"', '"coonter"')],
    ['a note or a scan', (dossier: string) => dossier.replace('"scans": [', '"scans": [1, ')],
  ])('an archive in which %s says what the book never had says so, and by which file', (_what, change) => {
    const dossier = Buffer.from(change(Buffer.from(whole['dossier.json'] ?? '').toString()));
    expect(dossier).not.toEqual(Buffer.from(whole['dossier.json'] ?? ''));
    const found = faultsOf((files) => ({ ...files, 'dossier.json': dossier }));
    expect(found[0]).toBe('dossier.json is not the file that was archived');
    expect(found[1]).toMatch(/^dossier.json holds what the book never had/);
  });

  it('an archive is told from any other file', () => {
    for (const file of [
      new Uint8Array(),
      Buffer.from('{}'),
      zipSync({}),
      zipSync({ 'manifest.json': Buffer.from('{}') }),
    ])
      expect(() => verifyArchive(file)).toThrow('This is no archive');
  });

  it('an archive is not made of a scan that is not what was verified any more', async () => {
    const { book, dossierId } = await toldDossier();
    const dossier = await book.head(dossierId);
    if (dossier === undefined) throw new Error('no dossier');
    const scans = [scanOf(dossierId, 's-good')];
    await expect(
      pack(
        {
          dossier,
          events: await book.timeline(dossierId),
          notes: [],
          scans,
          ...filesOf(scans, false),
          by: clerk,
        },
        { fileOf: async () => Buffer.from('another'), seals: memorySeals(), write: async () => undefined, now: monday },
      ),
    ).rejects.toThrow('a verified scan is not what was announced');
  });
});
