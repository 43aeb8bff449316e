import { createHash } from 'node:crypto';
import { Zip, ZipPassThrough } from 'fflate';
import * as z from 'zod';
import { archiveNames, leavingOutWords, Manifest, scanFileName } from '../../contract/archive.ts';
import { custodyView } from '../../contract/read-custody.ts';
import type { ArchiveContents, ArchivedFile } from '../../domain/archive.ts';
import { custodyOf } from '../../domain/custody/custody.ts';
import { asJudged } from '../../domain/journey/judged.ts';
import type { JourneyEvent } from '../../domain/journey/dossier.ts';
import type { SealReader } from '../../domain/ports/seals.ts';
import { daysAfter, type Proof, type Seal } from '../../domain/seal.ts';
import { localDay } from '../../domain/calendar/local-time.ts';
import { exported } from '../dynamodb/exported.ts';

/** What an archive is made with. */
export interface Packing {
  readonly fileOf: (file: ArchivedFile) => Promise<Uint8Array>;
  readonly seals: SealReader;
  readonly write: (chunk: Uint8Array) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * Writes a ZIP, in which everything is stored as it is: the dossier as it stands in the book, who has which document,
 * its seals, the files of scans one after another, and a manifest with the digest of each. One scan at a time is in
 * memory.
 * @returns bytes written, and the SHA-256 of the manifest in hexadecimal
 * @throws when a file of a scan is not what was verified
 */
export async function pack(
  contents: ArchiveContents,
  { fileOf, seals, write, now }: Packing,
): Promise<{ readonly size: number; readonly digest: string }> {
  const { dossier, events, notes, by } = contents;
  const files: Manifest['files'][number][] = [];
  const made: Uint8Array[] = [];
  let size = 0;
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    made.push(chunk);
  });
  const flush = async (): Promise<void> => {
    for (const chunk of made.splice(0)) {
      size += chunk.length;
      await write(chunk);
    }
  };
  const add = async (name: string, bytes: Uint8Array): Promise<string> => {
    const entry = new ZipPassThrough(name);
    entry.mtime = now;
    zip.add(entry);
    entry.push(bytes, true);
    await flush();
    return createHash('sha256').update(bytes).digest('hex');
  };
  const addListed = async (name: string, bytes: Uint8Array): Promise<string> => {
    const sha256 = await add(name, bytes);
    files.push({ name, size: bytes.length, sha256 });
    return sha256;
  };

  const custody = custodyOf(asJudged(events), notes, dossier.agencyId);
  await addListed(archiveNames.dossier, asText(exported(contents)));
  await addListed(archiveNames.custody, asText(custodyView(custody, dossier.procedureCode)));
  await addListed(archiveNames.seals, asText(await sealsOver(events, dossier.dossierId, seals)));
  for (const file of contents.files) {
    const sha256 = await addListed(`scans/${scanFileName(file)}`, await fileOf(file));
    if (file.page === undefined && sha256 !== file.scan.sha256)
      throw new Error('a verified scan is not what was announced');
  }
  const digest = dossier.digest;
  const manifest = z.encode(Manifest, {
    format: 'dossier-post/archive/1',
    dossierId: dossier.dossierId,
    madeAt: new Date(now).toISOString(),
    madeFor: { role: by.role, unit: by.unit },
    chain: { events: events.length, ...(digest === undefined ? {} : { digest }) },
    files,
    leftOut: contents.leftOut.map(({ what, why }) => ({ what, why, ...leavingOutWords[why] })),
  });
  const sealedBy = await add(archiveNames.manifest, asText(manifest));
  zip.end();
  await flush();
  return { size, digest: sealedBy };
}

/**
 * The seals from the day of the first event to the newest, and the proofs that the dossier is in those of the days on
 * which something of it arrived, or of the day after.
 */
async function sealsOver(
  events: readonly JourneyEvent[],
  dossierId: string,
  reader: SealReader,
): Promise<{ readonly seals: readonly Seal[]; readonly proofs: readonly Proof[] }> {
  const days = events.map(({ receivedAt }) => localDay(receivedAt)).toSorted();
  const newest = await reader.newest();
  const [first] = days;
  if (newest === undefined || first === undefined) return { seals: [], proofs: [] };
  const all: string[] = [];
  for (let day = first; day <= newest.day; day = daysAfter(day)) all.push(day);
  const told = new Set(days.flatMap((day) => [day, daysAfter(day)]));
  const [seals, proofs] = await Promise.all([
    Promise.all(all.map(async (day) => reader.seal(day))),
    Promise.all(all.map(async (day) => (told.has(day) ? reader.proof(day, dossierId) : undefined))),
  ]);
  return {
    seals: seals.filter((seal) => seal !== undefined),
    proofs: proofs.filter((proof) => proof !== undefined),
  };
}

function asText(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}
