import { asJudged } from '../../domain/journey/judged.ts';
import { nationalStatusOf } from '../../domain/journey/status.ts';
import type { BookReader, TimelineReader } from '../../domain/ports/book.ts';
import type { OneStop } from '../../domain/ports/one-stop.ts';

/**
 * Tells the agency's one-stop system which status a dossier has now. Keeps no state: told twice, it says the same
 * twice, and the version tells whoever listens what is older.
 */
export function mirrorStatus(book: BookReader & TimelineReader, oneStop: OneStop) {
  return async (dossierId: string): Promise<void> => {
    const dossier = await book.head(dossierId);
    if (dossier === undefined) return;
    const { standing } = asJudged(await book.timeline(dossierId));
    const setting = standing.findLast(({ nationalStatus }) => nationalStatus !== undefined);
    const { agencyId, officialCode, version, since } = dossier;
    await oneStop.tell({
      dossierId,
      ...(officialCode === undefined ? {} : { officialCode }),
      agencyId,
      status: nationalStatusOf(dossier),
      at: setting?.occurredAt ?? since,
      version,
    });
  };
}
