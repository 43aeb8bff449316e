import { granted, refused, type Outcome } from '../journey/refusals.ts';
import type { OpenedScans } from '../people/door.ts';
import type { ScanStore, UploadForm } from '../ports/scan-store.ts';
import { isOpenAgain, type Scan } from '../scans.ts';

export interface ScanDesk {
  readonly store: Pick<ScanStore, 'invite'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** The same for the same kind and content in one dossier, and not to be guessed. */
  readonly scanIdOf: (scan: Pick<Scan, 'dossierId' | 'kind' | 'sha256'>) => string;
}

/** A file as it is announced. */
export type Announced = Pick<Scan, 'kind' | 'contentType' | 'size' | 'sha256' | 'rescanFor'>;

/** What became of asking; without a form the file is here already. */
export interface Asked {
  readonly scan: Scan;
  readonly form?: UploadForm;
  readonly isNew: boolean;
}

/** After so long quarantine is swept of what nobody confirmed (`quarantine-is-short`). */
const quarantineMs = 24 * 3_600_000;
/** After so long nothing more is begun, so that whoever waits is answered: fifty take a second or two. */
const mostMs = 12_000;
/** Whoever is overtaken finds on the second try what the other wrote. */
const mostTries = 5;

/**
 * Asks for a place to upload a file to. The same kind and content is the same scan however often it is asked for: a
 * form that was lost, ran out or broke off is followed by another for the same one.
 * @returns ScanRefused for content that was refused for what it is, UnknownScan for a `rescanFor` that is no earlier
 * scan of the dossier, TooManyScans, Overtaken
 */
export async function askForScan(
  { store, now, scanIdOf }: ScanDesk,
  opened: OpenedScans,
  announced: Announced,
): Promise<Outcome<Asked>> {
  const { dossierId } = opened.dossier;
  const scanId = scanIdOf({ dossierId, ...announced });
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const before = await opened.scan(scanId);
    if (before?.status === 'verified') return granted({ scan: before, isNew: false });
    if (before?.fault !== undefined && !isOpenAgain(before))
      return refused({ name: 'ScanRefused', why: before.fault, field: 'sha256' });
    if (before === undefined && !(await followsAnother(opened, scanId, announced)))
      return refused({ name: 'UnknownScan', field: 'rescanFor' });
    const scan: Scan = { scanId, dossierId, ...asked(announced, before, now()), status: 'awaited' };
    const form = await store.invite(scan);
    const written = isAsBefore(scan, before) ? 'written' : await opened.request(scan, before);
    if (written === 'written') return granted({ scan, form, isNew: before === undefined });
    if (written === 'full' && !(await makeRoom(opened, now()))) return refused({ name: 'TooManyScans' });
  }
  return refused({ name: 'Overtaken' });
}

/** What a scan is made again for is said once, of one that is there already: so no scan follows from itself. */
async function followsAnother(opened: OpenedScans, scanId: string, { rescanFor }: Announced): Promise<boolean> {
  if (rescanFor === undefined) return true;
  return rescanFor !== scanId && (await opened.scan(rescanFor)) !== undefined;
}

function asked(announced: Announced, before: Scan | undefined, now: number): Announced & Pick<Scan, 'requestedAt'> {
  const { rescanFor, ...file } = announced;
  const original = before === undefined ? rescanFor : before.rescanFor;
  return {
    ...file,
    ...(original === undefined ? {} : { rescanFor: original }),
    requestedAt: before?.status === 'awaited' ? before.requestedAt : now,
  };
}

function isAsBefore({ contentType, size }: Scan, before: Scan | undefined): boolean {
  return before?.status === 'awaited' && before.contentType === contentType && before.size === size;
}

/** Takes back the room of what was never confirmed and is swept by now. */
async function makeRoom(opened: OpenedScans, now: number): Promise<boolean> {
  const swept = (await opened.scans()).filter(
    ({ status, requestedAt }) => status === 'awaited' && requestedAt < now - quarantineMs,
  );
  for (const scan of swept) await opened.judge({ ...scan, status: 'refused', fault: 'not-uploaded', decidedAt: now });
  return swept.length > 0;
}

/** What became of one of many: asked or refused, thrown at, or not reached in time. */
export type AskedOfMany = Outcome<Asked> | { readonly thrown: unknown } | { readonly isNotReached: true };

/**
 * Asks for many, one after the other: they share their dossier's room. What fails for one harms no other.
 * @returns what became of each, in the order given
 */
export async function askForScans(
  desk: ScanDesk,
  opened: OpenedScans,
  all: readonly Announced[],
): Promise<readonly AskedOfMany[]> {
  const until = desk.now() + mostMs;
  const outcomes: AskedOfMany[] = [];
  for (const announced of all)
    outcomes.push(
      desk.now() < until
        ? await askForScan(desk, opened, announced).catch((thrown: unknown) => ({ thrown }))
        : { isNotReached: true },
    );
  return outcomes;
}
