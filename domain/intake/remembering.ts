import type { Dossier, JourneyEvent } from '../journey/dossier.ts';
import type { DeskWriter } from '../ports/book.ts';

/**
 * A book that reads the events of a dossier once, while nobody else writes them: a batch of hundreds about one dossier
 * would read them hundreds of times. Heads are always read, and tell by their version whether what is remembered is
 * all; an event that was written never changes.
 */
export function remembering(book: DeskWriter): DeskWriter {
  const versions = new Map<string, Dossier['version']>();
  const remembered = new Map<string, readonly JourneyEvent[]>();
  return {
    ...book,
    head: async (dossierId) => {
      const dossier = await book.head(dossierId);
      if (dossier !== undefined) versions.set(dossierId, dossier.version);
      return dossier;
    },
    timeline: async (dossierId) => {
      const known = remembered.get(dossierId);
      if (known !== undefined && known.at(-1)?.number === versions.get(dossierId)) return known;
      const events = await book.timeline(dossierId);
      remembered.set(dossierId, events);
      return events;
    },
    append: async (step, personal) => {
      const appended = await book.append(step, personal);
      const { dossierId } = step.dossier;
      const known = remembered.get(dossierId);
      if (appended === 'written' && known?.at(-1)?.number === step.event.number - 1)
        remembered.set(dossierId, [...known, step.event]);
      return appended;
    },
  };
}
