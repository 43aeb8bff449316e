import type { UseCase } from '../../contract/operation.ts';
import { custodyView, type readCustody as operation } from '../../contract/read-custody.ts';
import { custodyOf } from '../../domain/custody/custody.ts';
import { asJudged } from '../../domain/journey/judged.ts';
import type { Door } from '../../domain/people/door.ts';

/** Offers of hand-overs are among the notes of the last weeks. */
const notesRead = 1000;

/** Shows the parties of a dossier, and ops, who has which document. */
export function readCustody(door: Door): UseCase<typeof operation> {
  return async ({ path: { dossierId } }, caller) => {
    const opened = await door.open(dossierId, caller, 'read');
    if (!opened) return { refusal: { name: 'UnknownDossier' } };
    const [timeline, notes] = await Promise.all([opened.timeline(), opened.notes(notesRead)]);
    const custody = custodyOf(asJudged(timeline), notes, opened.dossier.agencyId);
    return { status: 200, body: custodyView(custody, opened.dossier.procedureCode) };
  };
}
