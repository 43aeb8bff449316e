import type { UseCase } from '../../contract/operation.ts';
import { lookCursor, lookView, placeIn, type readLooks as operation } from '../../contract/read-looks.ts';
import type { Door, OpenedLooks } from '../../domain/people/door.ts';

const usualLength = 50;

/** Shows ops, and the supervisors of a dossier's units, who has been shown what names a person, the newest first. */
export function readLooks(door: Door<OpenedLooks>): UseCase<typeof operation> {
  return async ({ path: { dossierId }, query: { cursor, limit = usualLength } }, caller) => {
    const opened = await door.open(dossierId, caller, 'audit');
    if (!opened) return { refusal: { name: 'UnknownDossier' } };
    const found = await opened.looks(cursor === undefined ? undefined : placeIn(cursor), limit + 1);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return {
      status: 200,
      body: {
        items: items.map(lookView),
        ...(found.length > limit && last !== undefined ? { next: lookCursor(last) } : {}),
      },
    };
  };
}
