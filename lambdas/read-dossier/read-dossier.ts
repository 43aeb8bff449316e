import { noBorder, type UseCase } from '../../contract/operation.ts';
import { dossierView, matterView, tellingView } from '../../contract/dossier-view.ts';
import { applicantView, type readDossier as operation } from '../../contract/read-dossier.ts';
import type { Person } from '../../contract/register-dossier.ts';
import type { Door, OpenedPeople } from '../../domain/people/door.ts';
import { asItHappened, asJudged } from '../../domain/journey/judged.ts';
import { mattersOf } from '../../domain/journey/matters.ts';

export interface ReadDossierPorts {
  readonly door: Door<OpenedPeople<Person>>;
  readonly now: () => number;
}

/** So many notes come along with a dossier; all of them are in its timeline. */
const notesShown = 100;

/**
 * Shows a dossier to its parties with its timeline as it happened, what has to be settled, and their next steps. Ops
 * see everything but the person.
 */
export function readDossier({ door, now }: ReadDossierPorts): UseCase<typeof operation> {
  return async ({ path: { dossierId } }, caller, { requestId } = noBorder) => {
    const opened = await door.open(dossierId, caller, 'read');
    if (!opened) return { refusal: { name: 'UnknownDossier' } };
    const { dossier } = opened;
    const [timeline, notes, seen] = await Promise.all([
      opened.timeline(),
      opened.notes(notesShown),
      opened.person(requestId),
    ]);
    const judged = asJudged(timeline);
    const shownBy = await opened.scansShowing([...timeline, ...notes]);
    return {
      status: 200,
      body: {
        ...dossierView(dossier, caller, now()),
        ...(seen ? { applicant: applicantView(seen.person, seen.fields) } : {}),
        timeline: asItHappened(judged, notes).map((one) => tellingView(one, shownBy)),
        matters: mattersOf(judged.all, dossier).map(matterView),
      },
    };
  };
}
