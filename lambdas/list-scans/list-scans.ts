import { scanList, type listScans as operation } from '../../contract/list-scans.ts';
import type { UseCase } from '../../contract/operation.ts';
import { evidenceIn, scansByContent } from '../../domain/evidence.ts';
import { asJudged } from '../../domain/journey/judged.ts';
import type { Door, OpenedScans } from '../../domain/people/door.ts';

/** As many notes come along with a dossier. */
const notesRead = 100;

/** Shows its readers all scans of a dossier, and what of its evidence is missing. */
export function listScans(door: Door<OpenedScans>): UseCase<typeof operation> {
  return async ({ path: { dossierId } }, caller) => {
    const opened = await door.open(dossierId, caller, 'read');
    if (!opened) return { refusal: { name: 'UnknownDossier' } };
    const [scans, timeline, notes] = await Promise.all([opened.scans(), opened.timeline(), opened.notes(notesRead)]);
    const evidence = evidenceIn([...asJudged(timeline).all, ...notes], scansByContent(scans));
    return { status: 200, body: scanList(scans, evidence) };
  };
}
