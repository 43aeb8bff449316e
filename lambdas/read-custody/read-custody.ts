import type { UseCase } from '../../contract/operation.ts';
import { custodyView, type readCustody as operation } from '../../contract/read-custody.ts';
import { custodyOf } from '../../domain/custody/custody.ts';
import { asJudged } from '../../domain/journey/judged.ts';
import { mayDo } from '../../domain/people/rights.ts';
import type { BookReader, TimelineReader } from '../../domain/ports/book.ts';

/** Offers of hand-overs are among the notes of the last weeks. */
const notesRead = 1000;

/** Shows the parties of a dossier, and ops, who has which document. */
export function readCustody(book: BookReader & TimelineReader): UseCase<typeof operation> {
  return async ({ path: { dossierId } }, caller) => {
    const dossier = await book.head(dossierId);
    if (!dossier || !mayDo(dossier, caller, 'read')) return { refusal: { name: 'UnknownDossier' } };
    const [timeline, notes] = await Promise.all([book.timeline(dossierId), book.notes(dossierId, notesRead)]);
    const custody = custodyOf(asJudged(timeline), notes, dossier.agencyId);
    return { status: 200, body: custodyView(custody, dossier.procedureCode) };
  };
}
