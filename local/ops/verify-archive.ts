import { createHash } from 'node:crypto';
import { unzipSync } from 'fflate';
import * as z from 'zod';
import { eventItem, noteItem, readEvent, scanItem } from '../../adapters/dynamodb/items.ts';
import { UnreadableItem } from '../../adapters/dynamodb/unreadable.ts';
import { archiveNames, Manifest, scanFileName } from '../../contract/archive.ts';
import { custodyView } from '../../contract/read-custody.ts';
import { custodyOf } from '../../domain/custody/custody.ts';
import { asJudged } from '../../domain/journey/judged.ts';
import { BadFlag } from '../../emulator/command-line.ts';
import { verifySeals, type Asked } from './verify-seals.ts';
import { verifyExport, type Verified } from './verify-export.ts';

const Dossier = z.looseObject({
  head: z.looseObject({ dossierId: z.string(), agencyId: z.string(), procedureCode: z.string() }),
  events: z.array(z.unknown()).min(1),
  notes: z.array(z.unknown()),
  scans: z.array(z.unknown()),
});

/**
 * Whether an archive is what was handed out: every file is there and is the one that the manifest names, the manifest
 * names the chain of the events, every scan is here or said to be left out, custody is what the events make, and the
 * dossier is what `verifyExport` asks for.
 * @param asked which day has to be sealed, and which seal is known from elsewhere
 * @param zip as `POST …/archive` and `npm run export` make it
 * @returns what was looked at, and what is wrong
 * @throws BadFlag for what is no archive
 */
export function verifyArchive(zip: Uint8Array, asked: Asked = {}): Verified {
  const { files, twice } = filesIn(zip);
  const manifest = Manifest.safeParse(jsonOf(files.get(archiveNames.manifest))).data;
  const text = asText(files.get(archiveNames.dossier));
  if (manifest === undefined || text === undefined) throw new BadFlag(noArchive);
  const inside = contentsOf(files, manifest, text, asked);
  const digest = sha256(files.get(archiveNames.manifest));
  return {
    told: [
      `${manifest.files.length} files and their manifest, made ${manifest.madeAt} for ${manifest.madeFor.role} ${manifest.madeFor.unit}. Manifest: ${digest}.`,
      ...inside.told,
      ...manifest.leftOut.map(({ what, en }) => `Left out: ${what}. ${en}`),
    ],
    faults: [
      ...twice.map((name) => `${name} is in the archive twice`),
      ...fileFaults(files, manifest),
      ...inside.faults,
    ],
  };
}

function contentsOf(files: Files, manifest: Manifest, text: string, asked: Asked): Verified {
  try {
    const { faults, told } = verifyExport(text);
    const dossier = Dossier.parse(JSON.parse(text));
    const sealed = verifySeals(jsonOf(files.get(archiveNames.seals)), dossier.head.dossierId, dossier.events, asked);
    return {
      told: [...told, ...sealed.told],
      faults: [
        ...faults,
        ...tieFaults(manifest, dossier),
        ...scanFaults(manifest, dossier.scans),
        ...custodyFaults(files.get(archiveNames.custody), dossier),
        ...sealed.faults,
      ],
    };
  } catch (error) {
    if (!(error instanceof z.ZodError || error instanceof UnreadableItem)) throw error;
    return { told: [], faults: [`${archiveNames.dossier} holds what the book never had: ${error.message}`] };
  }
}

const noArchive = 'This is no archive: npm run export writes one, and so does POST …/archive.';

type Files = ReadonlyMap<string, Uint8Array>;

/** @throws BadFlag for what is no ZIP */
function filesIn(zip: Uint8Array): { readonly files: Files; readonly twice: readonly string[] } {
  const names: string[] = [];
  try {
    const found = unzipSync(zip, {
      filter: ({ name }) => {
        names.push(name);
        return true;
      },
    });
    return {
      files: new Map(Object.entries(found)),
      twice: names.filter((name, index) => names.indexOf(name) !== index),
    };
  } catch (cause) {
    throw new BadFlag(noArchive, { cause });
  }
}

function fileFaults(files: Files, manifest: Manifest): readonly string[] {
  const named = manifest.files.map(({ name }) => name);
  const unnamed = [...files.keys()].filter((name) => name !== archiveNames.manifest && !named.includes(name));
  const others = manifest.files.flatMap(({ name, size, sha256: announced }) => {
    const bytes = files.get(name);
    if (bytes === undefined) return [`${name} is missing`];
    return bytes.length === size && sha256(bytes) === announced ? [] : [`${name} is not the file that was archived`];
  });
  const wanting = [archiveNames.dossier, archiveNames.custody, archiveNames.seals].filter(
    (name) => !named.includes(name),
  );
  return [
    ...others,
    ...unnamed.map((name) => `${name} is in no manifest`),
    ...wanting.map((name) => `the manifest does not name ${name}`),
  ];
}

/** The manifest names the chain it was made of. */
function tieFaults({ dossierId, chain }: Manifest, { head, events }: z.infer<typeof Dossier>): readonly string[] {
  const last = eventItem.safeParse(events.at(-1)).data;
  const isTied = chain.events === events.length && chain.digest === last?.digest && dossierId === head.dossierId;
  return isTied
    ? []
    : [`the manifest is of another chain: of ${dossierId}, ${chain.events} events up to ${chain.digest}`];
}

/** Every scan is here, or said to be left out. */
function scanFaults({ files, leftOut }: Manifest, lines: readonly unknown[]): readonly string[] {
  const scans = lines.map((line) => scanItem.parse(line));
  const known = new Set<string>();
  const faults = scans.flatMap((scan) => {
    const name = `scans/${scanFileName({ scan })}`;
    const pages = Array.from({ length: scan.contents?.pictures ?? 0 }, (_none, index) => index + 1).map(
      (page) => `scans/${scanFileName({ scan, page })}`,
    );
    for (const one of [name, ...pages]) known.add(one);
    const why = leftOut.find(({ what }) => what === scan.scanId)?.why;
    if (why === 'scan-as-pictures')
      return pages.filter((page) => !files.some((file) => file.name === page)).map((page) => `${page} is missing`);
    if (why !== undefined) return [];
    const file = files.find((one) => one.name === name);
    if (file === undefined) return [`scan ${scan.scanId} is neither here nor said to be left out`];
    return file.sha256 === scan.sha256 ? [] : [`${name} is not the scan that was verified`];
  });
  const strangers = files.filter(({ name }) => name.startsWith('scans/') && !known.has(name));
  return [...faults, ...strangers.map(({ name }) => `${name} is of no scan of the dossier`)];
}

/** Words of the catalogue may be others by now; who has what may not. */
function custodyFaults(bytes: Uint8Array | undefined, { head, events, notes }: z.infer<typeof Dossier>) {
  const judged = asJudged(events.map(readEvent));
  const made = custodyOf(
    judged,
    notes.map((note) => noteItem.parse(note)),
    head.agencyId,
  );
  const isSame = bare(custodyView(made, head.procedureCode)) === bare(jsonOf(bytes));
  return isSame ? [] : [`${archiveNames.custody} is not what the events make`];
}

function bare(custody: unknown): string {
  const words = ['vi', 'en', 'wanting'];
  return JSON.stringify(custody, (key, value: unknown) => (words.includes(key) ? undefined : value));
}

function sha256(bytes: Uint8Array | undefined): string {
  return createHash('sha256')
    .update(bytes ?? '')
    .digest('hex');
}

function asText(bytes: Uint8Array | undefined): string | undefined {
  return bytes && Buffer.from(bytes).toString('utf8');
}

function jsonOf(bytes: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(asText(bytes) ?? '');
  } catch {
    return undefined;
  }
}
