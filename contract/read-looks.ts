import * as z from 'zod';
import { personFields } from '../domain/people/rights.ts';
import type { Look, LookPlace } from '../domain/ports/looks.ts';
import { Instant, PartyView } from './dossier-view.ts';
import type { Operation } from './operation.ts';
import { dossierId, pageLimit, shown } from './wire.ts';

const LookView = z
  .strictObject({
    at: Instant,
    by: PartyView.extend({
      person: z.string().exactOptional().meta({ description: 'The subject of the token: an opaque id.' }),
    }).meta({ id: 'Looker', description: 'Who was shown it: a person of a unit, or the portal.' }),
    fields: z.array(z.enum(personFields)).readonly().exactOptional().meta({ description: 'What of people was shown.' }),
    scanId: z.string().exactOptional().meta({ description: 'The scan to which a link was given.' }),
    archive: z
      .string()
      .exactOptional()
      .meta({ description: 'The digest of the archive to which a link was given, with the scans in it.' }),
    scanIds: z.array(z.string()).readonly().exactOptional(),
    requestId: z.string().meta({ description: 'Of the request that was answered with it.' }),
  })
  .meta({ id: 'Look', description: 'That somebody was shown what names a person, and never what it said.' });

const Looks = z
  .strictObject({
    items: z.array(LookView).readonly(),
    next: z.string().exactOptional().meta({ description: 'The cursor of the next page; absent with the last.' }),
  })
  .meta({ id: 'Looks', description: 'Who has looked, the newest first; kept for five years.' });

const cursorText = /^(\d{1,15})\.([\w=+/-]{1,128})$/;

/** Who was shown what names a person of a dossier: people, scans. For ops, and for supervisors of its units. */
export const readLooks = {
  name: 'read-looks',
  method: 'GET',
  path: '/v1/dossiers/{dossierId}/looks',
  doors: ['supervisor', 'ops'],
  summary: { en: 'Read who has seen the personal data of a dossier', vi: 'Xem ai đã xem dữ liệu cá nhân của hồ sơ' },
  request: z.strictObject({
    path: z.strictObject({ dossierId }),
    query: z.strictObject({
      cursor: z
        .string()
        .regex(cursorText)
        .optional()
        .meta({ description: 'As the page before gave it, in `next`.', examples: ['1772413200000.JKJaXmPLvHcESHA='] }),
      limit: pageLimit,
    }),
  }),
  statuses: [200],
  answer: Looks,
  refusals: ['UnknownDossier'],
} as const satisfies Operation;

/** One look as it is told. */
export function lookView({ at, by, saw, requestId }: Look): z.output<typeof LookView> {
  const { role, unit, person } = by;
  return { at: shown(at), by: { role, unit, ...(person === undefined ? {} : { person }) }, ...saw, requestId };
}

/** Behind this look the next page begins. */
export function lookCursor({ at, requestId }: LookPlace): string {
  return `${at}.${requestId}`;
}

/** Where a cursor points; undefined for none. */
export function placeIn(cursor: string): LookPlace | undefined {
  const [, at, requestId] = cursorText.exec(cursor) ?? [];
  return at === undefined || requestId === undefined ? undefined : { at: Number(at), requestId };
}
