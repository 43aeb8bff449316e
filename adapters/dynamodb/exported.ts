import * as z from 'zod';
import type { ArchiveContents } from '../../domain/archive.ts';
import type { Note } from '../../domain/journey/dossier.ts';
import type { TimelineReader } from '../../domain/ports/book.ts';
import { eventItem, headItem, noteItem, scanItem } from './items.ts';

/** A dossier as it stands in the book, without its people. */
export function exported({ dossier, events, notes, scans }: ArchiveContents) {
  return {
    format: 'dossier-post/export/1',
    head: z.encode(headItem, dossier),
    events: events.map((event) => z.encode(eventItem, event)),
    notes: notes.map((note) => z.encode(noteItem, note)),
    scans: scans.map((scan) => z.encode(scanItem, scan)),
  };
}

/** So many are half of what a query answers with. */
const notesAtOnce = 1000;

/** All notes of a dossier, in the order of their arrival. */
export async function allNotes(book: Pick<TimelineReader, 'notesAfter'>, dossierId: string): Promise<readonly Note[]> {
  const all: Note[] = [];
  for (;;) {
    const more = await book.notesAfter(dossierId, all.at(-1), notesAtOnce);
    all.push(...more);
    if (more.length < notesAtOnce) return all;
  }
}
