import type { UseCase } from '../../contract/operation.ts';
import { dossierView, matterView, tellingView } from '../../contract/dossier-view.ts';
import { applicantView, type readDossier as operation } from '../../contract/read-dossier.ts';
import type { Person } from '../../contract/register-dossier.ts';
import { fieldsSeen, mayDo } from '../../domain/people/rights.ts';
import type { BookReader, People, TimelineReader } from '../../domain/ports/book.ts';
import { asItHappened, asJudged } from '../../domain/journey/judged.ts';
import { mattersOf } from '../../domain/journey/matters.ts';

export interface ReadDossierPorts {
  readonly book: BookReader & TimelineReader;
  readonly people: Pick<People<Person>, 'person'>;
  readonly now: () => number;
}

/** So many notes come along with a dossier; all of them are in its timeline. */
const notesShown = 100;

/**
 * Shows a dossier to its parties with its timeline as it happened, what has to be settled, and their next steps. Ops
 * see everything but the person.
 */
export function readDossier({ book, people, now }: ReadDossierPorts): UseCase<typeof operation> {
  return async ({ path: { dossierId } }, caller) => {
    const dossier = await book.head(dossierId);
    if (!dossier || !mayDo(dossier, caller, 'read')) return { refusal: { name: 'UnknownDossier' } };
    const seen = fieldsSeen(dossier, caller);
    const [timeline, notes, person] = await Promise.all([
      book.timeline(dossierId),
      book.notes(dossierId, notesShown),
      seen.size === 0 ? undefined : people.person(dossier.personId),
    ]);
    const judged = asJudged(timeline);
    return {
      status: 200,
      body: {
        ...dossierView(dossier, caller, now()),
        ...(person ? { applicant: applicantView(person, seen) } : {}),
        timeline: asItHappened(judged, notes).map(tellingView),
        matters: mattersOf(judged.all, dossier).map(matterView),
      },
      headers: { etag: `"${dossier.version}"` },
    };
  };
}
