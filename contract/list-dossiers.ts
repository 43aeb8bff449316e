import * as z from 'zod';
import { showLocalTime } from '../domain/calendar/local-time.ts';
import { findProcedure } from '../domain/catalogue/procedures.ts';
import { matterKinds, matterWords } from '../domain/journey/matters.ts';
import { places } from '../domain/journey/places.ts';
import type { DeskRow, FindingRow, MatterRow } from '../domain/ports/lists.ts';
import { Instant, PlaceView, placeView } from './dossier-view.ts';
import { ItemCode, OfficialCode, TrackingCode } from './codes.ts';
import type { FaultWords } from './fault.ts';
import type { Operation } from './operation.ts';
import { pageLimit, shown } from './wire.ts';

const ProcedureName = z
  .strictObject({ code: z.string(), vi: z.string(), en: z.string() })
  .meta({ id: 'ProcedureName', description: 'A procedure by its code; where the catalogue has no name, its code.' });

const Due = z.strictObject({ at: Instant, local: z.string() }).meta({
  id: 'Due',
  description: 'A date in UTC, and the same in Vietnam’s time, for people.',
});

export const Line = z
  .strictObject({
    dossierId: z.string(),
    trackingCode: z.string().exactOptional(),
    procedure: ProcedureName.exactOptional(),
    place: PlaceView.exactOptional(),
    since: Instant.meta({ description: 'Since when it lies there, or has to be settled.' }),
    due: Due.exactOptional(),
    overdue: z.boolean(),
    reminders: z.int().min(0).meta({ description: 'So often its clock has rung.' }),
    officialCode: z.string().exactOptional(),
    matter: z
      .strictObject({
        kind: z.enum(matterKinds),
        vi: z.string(),
        en: z.string(),
        eventId: z.string().meta({ description: 'The event it is about.' }),
      })
      .meta({ id: 'MatterName' })
      .exactOptional()
      .meta({ description: 'What has to be settled, where that was asked for.' }),
    finding: z.enum(['due', 'paused']).exactOptional().meta({ description: 'What ops have to look at.' }),
  })
  .meta({ id: 'DossierLine', description: 'A dossier as a line of a list: ids and codes, and nobody’s name.' });
export type Line = z.output<typeof Line>;

const Lines = z
  .strictObject({
    items: z.array(Line).readonly(),
    next: z.string().exactOptional().meta({ description: 'The cursor of the next page; absent with the last.' }),
    unreadable: z
      .array(z.string())
      .readonly()
      .exactOptional()
      .meta({ description: 'Dossiers of this page whose items cannot be read: we have been told.' }),
    misrouted: z
      .strictObject({ itemCode: z.string(), postOfficeId: z.string() })
      .exactOptional()
      .meta({ description: 'The item is on its way to that office and came off its route: send it on.' }),
  })
  .meta({ id: 'DossierLines', description: 'A page of a list.' });

export type Lines = z.output<typeof Lines>;

const oneList: FaultWords = {
  en: 'is another list than the one already asked for: ask for one of place, matter, lodged or a code',
  vi: 'là danh sách khác với danh sách đã hỏi: chỉ hỏi một trong place, matter, lodged hoặc một mã',
};

const lists = {
  place: z.enum(places).optional().meta({ description: 'What waits at this place; without it, at any.' }),
  overdue: z.literal('true').optional().meta({ description: 'Only what should have been done before now.' }),
  matter: z.enum(matterKinds).optional().meta({ description: 'What has to be settled, of this kind.' }),
  lodged: z
    .string()
    .regex(/^\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?$/)
    .optional()
    .meta({
      description: 'All that was lodged: an agency asks by month (2026-11), a portal by day (2026-11-29), in Vietnam.',
      examples: ['2026-11'],
    }),
  cursor: z
    .string()
    .max(400)
    .optional()
    .meta({ description: 'As the page before gave it, in `next`.', examples: ['MjAyNi0xMS0yNA'] }),
};

const codes = {
  trackingCode: TrackingCode.optional().meta({
    description: 'The code on the citizen’s slip, as people type it.',
    examples: ['123-456-789-012-345-671'],
  }),
  itemCode: ItemCode.optional().meta({
    description: 'The code on the label of an item (S10), as people type it.',
    examples: ['RA123456785VN'],
  }),
  officialCode: OfficialCode.optional().meta({
    description: 'The agency’s own code of the dossier.',
    examples: ['H15.50.05.13-261008-0975'],
  }),
};

const asked = z.strictObject({ ...lists, ...codes, limit: pageLimit });
export type AskedFor = z.output<typeof asked>;

/** Each line names the parameters of one list; whoever mixes them asks for two. */
const together: readonly (readonly (keyof AskedFor)[])[] = [
  ['place', 'overdue', 'cursor', 'limit'],
  ['matter', 'overdue', 'cursor', 'limit'],
  ['lodged', 'cursor', 'limit'],
  ['trackingCode'],
  ['itemCode'],
  ['officialCode'],
];

/** Finds parameters of two lists. @param more what goes with any list */
function oneListOnly(more: readonly string[]): z.core.CheckFn<object> {
  return (context) => {
    const said = Object.keys(context.value).filter((name) => !more.includes(name));
    const isOf = (names: readonly string[]): boolean => said.every((name) => names.includes(name));
    if (together.some(isOf)) return;
    const [first] = together.filter(([mark = '']) => said.includes(mark));
    const other = said.find((name) => !(first ?? []).some((known) => known === name));
    context.issues.push({ code: 'custom', input: context.value, path: [other ?? ''], params: { ...oneList } });
  };
}

/** The parameters of any one list, and some more. */
export function askedForLists<More extends z.ZodRawShape>(more: More) {
  return z.strictObject({ ...lists, ...more }).check(oneListOnly(Object.keys(more)));
}

/**
 * The dossiers that wait for the caller's own unit, the most urgent first; what it has to settle; all that was ever
 * lodged there; and what bears a code. Each is a list of its own, and none can be combined with another.
 */
export const listDossiers = {
  name: 'list-dossiers',
  method: 'GET',
  path: '/v1/dossiers',
  doors: ['portal', 'clerk', 'courier', 'officer', 'supervisor', 'ops'],
  summary: { en: 'List dossiers, or find one by a code', vi: 'Danh sách hồ sơ, hoặc tìm theo mã' },
  request: z.strictObject({
    query: asked.check(oneListOnly([])),
  }),
  statuses: [200],
  answer: Lines,
  refusals: ['NotYourList', 'CursorRefused'],
} as const satisfies Operation;

function procedureView(code: string): z.output<typeof ProcedureName> {
  const { vi, en } = findProcedure(code)?.name ?? { vi: code, en: code };
  return { code, vi, en };
}

function dueView(at: number): z.output<typeof Due> {
  return { at: shown(at), local: showLocalTime(at) };
}

/** A dossier as it stands. `now` (epoch ms) tells what is overdue. */
export function deskLine(row: DeskRow, now: number): Line {
  const { dossierId, trackingCode, procedureCode, place, since, dueAt, reminders, officialCode } = row;
  return {
    dossierId,
    trackingCode,
    procedure: procedureView(procedureCode),
    place: placeView(place),
    since: shown(since),
    ...(dueAt === undefined ? {} : { due: dueView(dueAt) }),
    overdue: reminders > 0 || (dueAt !== undefined && dueAt < now),
    reminders,
    ...(officialCode === undefined ? {} : { officialCode }),
  };
}

/** What has to be settled of a dossier. */
export function matterLine(row: MatterRow, now: number): Line {
  const { dossierId, trackingCode, procedureCode, kind, eventId, since, dueAt, reminders } = row;
  const { vi, en } = matterWords[kind];
  return {
    dossierId,
    trackingCode,
    procedure: procedureView(procedureCode),
    since: shown(since),
    due: dueView(dueAt),
    overdue: dueAt < now,
    reminders,
    matter: { kind, vi, en, eventId },
  };
}

/** What ops have to look at of a dossier. */
export function findingLine({ dossierId, kind, since }: FindingRow): Line {
  return { dossierId, since: shown(since), overdue: true, reminders: 0, finding: kind };
}
