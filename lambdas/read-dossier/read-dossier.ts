import type { UseCase } from '../../contract/operation.ts';
import { dossierView, matterView, tellingView } from '../../contract/dossier-view.ts';
import type { readDossier as operation } from '../../contract/read-dossier.ts';
import type { Applicant } from '../../contract/register-dossier.ts';
import type { BookReader, People, TimelineReader } from '../../domain/ports/book.ts';
import { isParty } from '../../domain/journey/dossier.ts';
import { asItHappened, asJudged } from '../../domain/journey/judged.ts';
import { mattersOf } from '../../domain/journey/matters.ts';

export interface ReadDossierPorts {
  readonly book: BookReader & TimelineReader;
  readonly people: Pick<People<Applicant>, 'person'>;
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
    if (!dossier || !(caller.role === 'ops' || isParty(dossier, caller)))
      return { refusal: { name: 'UnknownDossier' } };
    const [timeline, notes, applicant] = await Promise.all([
      book.timeline(dossierId),
      book.notes(dossierId, notesShown),
      caller.role === 'ops' ? undefined : people.person(dossier.personId),
    ]);
    const judged = asJudged(timeline);
    return {
      status: 200,
      body: {
        ...dossierView(dossier, caller, now()),
        ...(applicant ? { applicant } : {}),
        timeline: asItHappened(judged, notes).map(tellingView),
        matters: mattersOf(judged.all, dossier).map(matterView),
      },
      headers: { etag: `"${dossier.version}"` },
    };
  };
}
