import { filesOf, type LeftOut } from '../archive.ts';
import { scansByContent, speaksOfEvidence, type ScansByContent } from '../evidence.ts';
import type { Dossier, JourneyEvent, Note, NotePlace, Party } from '../journey/dossier.ts';
import type { BookReader, Entry, People, Register, TimelineReader } from '../ports/book.ts';
import type { Archives, KeptArchive } from '../ports/archives.ts';
import type { Look, LookLog, LookPlace, LookReader } from '../ports/looks.ts';
import type { Link, ScanBook, ScanLinks } from '../ports/scan-store.ts';
import type { Prints } from '../ports/prints.ts';
import type { Tellings } from '../ports/tellings.ts';
import type { Telling } from '../telling/tellings.ts';
import type { Scan } from '../scans.ts';
import { fieldsSeen, mayDo, personFields, type Deed, type PersonField } from './rights.ts';

/** A dossier that was opened to somebody, with what the book says of it: nothing of another is read through it. */
export interface Opened {
  readonly dossier: Dossier;
  /** As in `TimelineReader`. */
  timeline(): Promise<readonly JourneyEvent[]>;
  notes(most: number, until?: number): Promise<readonly Note[]>;
  notesAfter(place: NotePlace | undefined, most: number): Promise<readonly Note[]>;
  /** The scans that show what was told; nothing is read where nothing speaks of evidence. */
  scansShowing(told: readonly Pick<Note, 'details'>[]): Promise<ScansByContent>;
}

/** The way to a dossier for whoever calls the API, and the only one (ADR 0026). */
export interface Door<O extends Pick<Opened, 'dossier'> = Opened> {
  /** @returns undefined for one that does not exist, and for one with which this caller may not do this */
  open(dossierId: string, caller: Party, deed: Deed): Promise<O | undefined>;
}

/** A dossier that was opened to somebody, with what he may see of its people. */
export interface OpenedPeople<Person> extends Opened {
  /**
   * That he is shown them is written down first (ADR 0031).
   * @param requestId of the request that is answered with them
   * @returns undefined when he may see nothing of them, and when their data have been erased
   */
  person(requestId: string): Promise<Seen<Person> | undefined>;
}
/** People, and what of them may be shown. */
export interface Seen<Person> {
  readonly person: Person;
  readonly fields: ReadonlySet<PersonField>;
}
/** Whoever may have these fields, as far as they are known. */
type Named = Readonly<Partial<Record<PersonField, unknown>>>;

/** Where looks are written down. What cannot be written down is not shown. */
export interface Watch {
  readonly log: LookLog;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** A dossier that was opened to somebody, with what people were told of it. */
export interface OpenedMessages extends Opened {
  tellings(): Promise<readonly Telling[]>;
}

/** A dossier that was opened to somebody, to print what the law wants on paper. */
export interface OpenedPaper<Person> extends OpenedPeople<Person> {
  /** Counts a print. @returns how often this paper has been printed, this time included */
  printed(paper: string): Promise<number>;
}

/** A dossier that was opened to somebody, with its scans. */
export interface OpenedScans extends Opened {
  /** As in `ScanBook`. */
  scan(scanId: string): Promise<Scan | undefined>;
  scans(): Promise<readonly Scan[]>;
  request(...asked: Parameters<ScanBook['request']>): ReturnType<ScanBook['request']>;
  judge(scan: Scan): Promise<boolean>;
}

/** A dossier that was opened to somebody who may read what its scans show. */
export interface OpenedFiles extends Pick<OpenedScans, 'dossier' | 'scan'> {
  /** What makes links to this scan, once it is written down who asked for them. @param requestId as in `person` */
  links(scan: Scan, requestId: string): Promise<ScanLinks>;
}

/** A dossier that was opened to somebody who may take all of it along. */
export interface OpenedArchive extends Pick<Opened, 'dossier'> {
  /** Makes one file of it; that he is given it is written down before the link. @param requestId as in `person` */
  archive(requestId: string): Promise<HandedOut>;
}
/** An archive that was handed out. */
export interface HandedOut extends Pick<KeptArchive, 'size' | 'digest'> {
  readonly link: Link;
  readonly leftOut: readonly LeftOut[];
}

/** A dossier that was opened to somebody who may know who has looked at it. */
export interface OpenedLooks extends Pick<Opened, 'dossier'> {
  /** As in `LookReader`. */
  looks(before: LookPlace | undefined, most: number): Promise<readonly Look[]>;
}

/** Opens dossiers of this book to those who have a right to them. */
export function doorOf(book: BookReader & TimelineReader, scans: Pick<ScanBook, 'scans'>): Door {
  return behind(book, (dossier) => openedOf(book, scans, dossier));
}

/** Opens dossiers with their people. */
export function peopleDoorOf<Person extends Named>(
  book: BookReader & TimelineReader,
  scans: Pick<ScanBook, 'scans'>,
  people: People<Person>,
  watch: Watch,
): Door<OpenedPeople<Person>> {
  return behind(book, (dossier, caller) => ({
    ...openedOf(book, scans, dossier),
    person: async (requestId) => {
      const seen = fieldsSeen(dossier, caller);
      const person = seen.size === 0 ? undefined : await people.person(dossier.personId);
      if (person === undefined) return undefined;
      const fields = personFields.filter((field) => seen.has(field) && person[field] !== undefined);
      await noted(watch, { dossierId: dossier.dossierId, by: caller, requestId, saw: { fields } });
      return { person, fields: new Set(fields) };
    },
  }));
}

/** Opens dossiers to print their papers. */
export function paperDoorOf<Person>(people: Door<OpenedPeople<Person>>, prints: Prints): Door<OpenedPaper<Person>> {
  return {
    open: async (dossierId, caller, deed) => {
      const opened = await people.open(dossierId, caller, deed);
      return opened && { ...opened, printed: async (paper) => prints.count(dossierId, paper) };
    },
  };
}

/** Opens dossiers with what people were told of them: no address, and no word of a text. */
export function messageDoorOf(
  book: BookReader & TimelineReader,
  scans: Pick<ScanBook, 'scans'>,
  tellings: Pick<Tellings, 'of'>,
): Door<OpenedMessages> {
  return behind(book, (dossier) => ({
    ...openedOf(book, scans, dossier),
    tellings: async () => tellings.of(dossier.dossierId),
  }));
}

function openedOf(book: TimelineReader, { scans }: Pick<ScanBook, 'scans'>, dossier: Dossier): Opened {
  return {
    dossier,
    timeline: async () => book.timeline(dossier.dossierId),
    notes: async (most, until) => book.notes(dossier.dossierId, most, until),
    notesAfter: async (place, most) => book.notesAfter(dossier.dossierId, place, most),
    scansShowing: async (told) => scansByContent(speaksOfEvidence(told) ? await scans(dossier.dossierId) : []),
  };
}

/** Opens dossiers with their scans. */
export function scanDoorOf(book: BookReader & TimelineReader, scans: ScanBook): Door<OpenedScans> {
  return behind(book, (dossier) => ({
    ...openedOf(book, scans, dossier),
    scan: async (scanId) => scans.scan(dossier.dossierId, scanId),
    scans: async () => scans.scans(dossier.dossierId),
    request: async (scan, before) => scans.request(scan, before),
    judge: async (scan) => scans.judge(scan),
  }));
}

/** Opens dossiers with the files of their scans. */
export function fileDoorOf(
  book: BookReader,
  scans: Pick<ScanBook, 'scan'>,
  links: ScanLinks,
  watch: Watch,
): Door<OpenedFiles> {
  return behind(book, (dossier, caller) => ({
    dossier,
    scan: async (scanId) => scans.scan(dossier.dossierId, scanId),
    links: async ({ scanId }, requestId) => {
      await noted(watch, { dossierId: dossier.dossierId, by: caller, requestId, saw: { scanId } });
      return links;
    },
  }));
}

/** Opens dossiers to be taken along as one file, as far as whoever takes it may see them. */
export function archiveDoorOf(
  book: BookReader & Pick<TimelineReader, 'timeline'> & { allNotes(dossierId: string): Promise<readonly Note[]> },
  { scans }: Pick<ScanBook, 'scans'>,
  archives: Archives & { readonly virusCheck: boolean },
  watch: Watch,
): Door<OpenedArchive> {
  return behind(book, (dossier, caller) => ({
    dossier,
    archive: async (requestId) => {
      const { dossierId } = dossier;
      const [timeline, notes, lines] = await Promise.all([
        book.timeline(dossierId),
        book.allNotes(dossierId),
        scans(dossierId),
      ]);
      // Read after the head was: what has come since would not fit it.
      const events = timeline.filter(({ number }) => number <= dossier.version);
      const { files, leftOut } = filesOf(lines, archives.virusCheck);
      const kept = await archives.keep({ dossier, events, notes, scans: lines, files, leftOut, by: caller });
      const scanIds = [...new Set(files.map(({ scan }) => scan.scanId))];
      await noted(watch, { dossierId, by: caller, requestId, saw: { archive: kept.digest, scanIds } });
      return { link: await archives.link(kept), size: kept.size, digest: kept.digest, leftOut };
    },
  }));
}

/** Opens dossiers with who has looked at them. */
export function lookDoorOf(book: BookReader, reader: LookReader): Door<OpenedLooks> {
  return behind(book, (dossier) => ({
    dossier,
    looks: async (before, most) => reader.looks(dossier.dossierId, before, most),
  }));
}

async function noted({ log, now }: Watch, look: Omit<Look, 'at'>): Promise<void> {
  await log.note({ ...look, at: now() });
}

/** The filter: a stranger is answered as if there were no such dossier. */
function behind<O extends Pick<Opened, 'dossier'>>(
  book: BookReader,
  opened: (dossier: Dossier, caller: Party) => O,
): Door<O> {
  return {
    open: async (dossierId, caller, deed) => {
      const dossier = await book.head(dossierId);
      return dossier !== undefined && mayDo(dossier, caller, deed) ? opened(dossier, caller) : undefined;
    },
  };
}

/**
 * Opens a dossier in the book; whoever asks again is told of the one that he opened, and of no other. `code-taken` as
 * in `Register`.
 */
export type Registrations<Person> = (
  entry: Entry<Person>,
) => Promise<'opened' | 'code-taken' | { readonly before: { readonly dossier: Dossier; readonly request: string } }>;

/** Registrations in this book. */
export function registrationsIn<Person>(book: Register<Person>): Registrations<Person> {
  return async (entry) => {
    const written = await book.open(entry);
    if (written === 'opened' || written === 'code-taken') return written;
    const dossier = await book.head(written.before.dossierId);
    if (!dossier) throw new Error('a registration points to a dossier that is not in the book');
    return { before: { dossier, request: written.before.request } };
  };
}
