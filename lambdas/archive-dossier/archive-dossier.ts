import { leavingOutWords } from '../../contract/archive.ts';
import type { archiveDossier as operation } from '../../contract/archive-dossier.ts';
import { noBorder, type UseCase } from '../../contract/operation.ts';
import { shown } from '../../contract/wire.ts';
import type { Door, OpenedArchive } from '../../domain/people/door.ts';

/** Gives a party a link to everything of its dossier as one file. */
export function archiveDossier(door: Door<OpenedArchive>): UseCase<typeof operation> {
  return async ({ path: { dossierId } }, caller, { requestId } = noBorder) => {
    const opened = await door.open(dossierId, caller, 'scan');
    if (!opened) return { refusal: { name: 'UnknownDossier' } };
    const { link, size, digest, leftOut } = await opened.archive(requestId);
    return {
      status: 201,
      body: {
        url: link.url,
        expiresAt: shown(link.expiresAt),
        size,
        digest,
        leftOut: leftOut.map(({ what, why }) => ({ what, why, ...leavingOutWords[why] })),
      },
    };
  };
}
