import type { UseCase } from '../../contract/operation.ts';
import { dossierView, eventView } from '../../contract/dossier-view.ts';
import type { readDossier as operation } from '../../contract/read-dossier.ts';
import type { Applicant } from '../../contract/register-dossier.ts';
import type { BookReader, People, TimelineReader } from '../../domain/ports/book.ts';
import { isParty } from '../../domain/journey/dossier.ts';

export interface ReadDossierPorts {
  readonly book: BookReader & TimelineReader;
  readonly people: Pick<People<Applicant>, 'person'>;
  readonly now: () => number;
}

/** Shows a dossier to its parties with its timeline and their next steps. Ops see everything but the person. */
export function readDossier({ book, people, now }: ReadDossierPorts): UseCase<typeof operation> {
  return async ({ path: { dossierId } }, caller) => {
    const dossier = await book.head(dossierId);
    if (!dossier || !(caller.role === 'ops' || isParty(dossier, caller)))
      return { refusal: { name: 'UnknownDossier' } };
    const [timeline, applicant] = await Promise.all([
      book.timeline(dossierId),
      caller.role === 'ops' ? undefined : people.person(dossier.personId),
    ]);
    return {
      status: 200,
      body: {
        ...dossierView(dossier, caller, now()),
        ...(applicant ? { applicant } : {}),
        timeline: timeline.map(eventView),
      },
      headers: { etag: `"${dossier.version}"` },
    };
  };
}
