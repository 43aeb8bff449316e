import { createHash } from 'node:crypto';
import { Manifest } from '../../contract/archive.ts';
import type { Dossier } from '../../domain/journey/dossier.ts';
import type { Detail } from '../../domain/journey/events.ts';
import { takeIn } from '../../domain/intake/take-in.ts';
import { clerk, courier, hour, label, officer, opening, report, truth, only, day } from '../domain/journey/town.ts';
import { memoryBook, type MemoryBook } from '../doubles/book.ts';

/** A dossier with a late fact among its events, in a book of its own. */
export async function toldDossier(): Promise<{ readonly book: MemoryBook; readonly dossierId: string }> {
  const book = memoryBook();
  const { event, dossier } = opening('counter');
  book.lay(dossier, [event]);
  let now = dossier.since;
  const say = async (
    ...[by, type, occurredAt]: [Parameters<typeof report>[0], Parameters<typeof report>[1], number]
  ) => {
    const there: Dossier = (await book.head(dossier.dossierId)) ?? dossier;
    const facts = truth(there, type, occurredAt);
    const needs: Readonly<Record<string, readonly Detail[]>> = {
      Collected: ['papers', 'sealNumber', 'amountCollected'],
      Dispatched: ['itemCode'],
      HandedToAgency: ['papers', 'sealIntact', 'feeHandedOver', 'resultDueAt'],
      CitizenTold: ['told', 'channel'],
    };
    const details = only({ ...facts, itemCode: label() }, needs[type] ?? []);
    const said = { dossierId: dossier.dossierId, report: report(by, type, details, occurredAt), personal: {} };
    const taken = await takeIn({ book, now: () => now, pause: async () => undefined }, said);
    if ('refusal' in taken) throw new Error(`${type}: ${taken.refusal.name}`);
  };
  const start = now;
  now += 6 * hour;
  // The officer has signal, the couriers have none: what came before arrives behind it.
  await say(officer, 'HandedToAgency', start + 5 * hour);
  await say(clerk, 'Collected', start + hour);
  await say(courier, 'Dispatched', start + 2 * hour);
  now += day;
  await say(clerk, 'CitizenTold', now);
  return { book, dossierId: dossier.dossierId };
}

/** What an archive holds. */
export type Files = Readonly<Record<string, Uint8Array>>;

export function manifestIn(files: Files): Manifest {
  return Manifest.parse(JSON.parse(Buffer.from(files['manifest.json'] ?? '').toString()));
}

/** A file changed, or taken where it is undefined, and the manifest with it. */
export function forged(files: Files, name: string, bytes: Uint8Array | undefined): Files {
  const { [name]: _old, ...others } = files;
  const manifest = manifestIn(files);
  const changed = bytes && {
    name,
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
  const listed = manifest.files.flatMap((file) => (file.name === name ? (changed ?? []) : [file]));
  return {
    ...others,
    ...(bytes === undefined ? {} : { [name]: bytes }),
    'manifest.json': Buffer.from(JSON.stringify({ ...manifest, files: listed })),
  };
}
