import { scansByContent, speaksOfEvidence, type ScansByContent } from '../evidence.ts';
import type { Dossier, JourneyEvent, Note, NotePlace, Party } from '../journey/dossier.ts';
import type { BookReader, Entry, People, Register, TimelineReader } from '../ports/book.ts';
import type { ScanBook } from '../ports/scan-store.ts';
import type { Scan } from '../scans.ts';
import { fieldsSeen, mayDo, type Deed, type PersonField } from './rights.ts';

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
  /** @returns undefined when he may see nothing of them, and when their data have been erased */
  person(): Promise<Seen<Person> | undefined>;
}
/** People, and what of them may be shown. */
export interface Seen<Person> {
  readonly person: Person;
  readonly fields: ReadonlySet<PersonField>;
}

/** A dossier that was opened to somebody, with its scans. */
export interface OpenedScans extends Opened {
  /** As in `ScanBook`. */
  scan(scanId: string): Promise<Scan | undefined>;
  scans(): Promise<readonly Scan[]>;
  request(...asked: Parameters<ScanBook['request']>): ReturnType<ScanBook['request']>;
  judge(scan: Scan): Promise<boolean>;
}

/** Opens dossiers of this book to those who have a right to them. */
export function doorOf(book: BookReader & TimelineReader, scans: Pick<ScanBook, 'scans'>): Door {
  return behind(book, (dossier) => openedOf(book, scans, dossier));
}

/** Opens dossiers with their people. */
export function peopleDoorOf<Person>(
  book: BookReader & TimelineReader,
  scans: Pick<ScanBook, 'scans'>,
  people: People<Person>,
): Door<OpenedPeople<Person>> {
  return behind(book, (dossier, caller) => ({
    ...openedOf(book, scans, dossier),
    person: async () => {
      const fields = fieldsSeen(dossier, caller);
      const person = fields.size === 0 ? undefined : await people.person(dossier.personId);
      return person === undefined ? undefined : { person, fields };
    },
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

/** Opens a dossier in the book; whoever asks again is told of the one that he opened, and of no other. */
export type Registrations<Person> = (
  entry: Entry<Person>,
) => Promise<'opened' | { readonly before: { readonly dossier: Dossier; readonly request: string } }>;

/** Registrations in this book. */
export function registrationsIn<Person>(book: Register<Person>): Registrations<Person> {
  return async (entry) => {
    const written = await book.open(entry);
    if (written === 'opened') return written;
    const dossier = await book.head(written.before.dossierId);
    if (!dossier) throw new Error('a registration points to a dossier that is not in the book');
    return { before: { dossier, request: written.before.request } };
  };
}
