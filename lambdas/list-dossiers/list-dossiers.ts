import {
  deskLine,
  findingLine,
  matterLine,
  type AskedFor,
  type Line,
  type Lines,
  type listDossiers as page,
} from '../../contract/list-dossiers.ts';
import { dossierSheet, listDossiersCsv as sheet, mostLines } from '../../contract/list-dossiers-csv.ts';
import type { Refused, UseCase } from '../../contract/operation.ts';
import { localDay } from '../../domain/calendar/local-time.ts';
import type { Party } from '../../domain/journey/dossier.ts';
import { listsOf, type ListDoor } from '../../domain/people/lists.ts';
import type { Cursors } from '../../domain/ports/cursors.ts';
import type { Asked, Code, DeskRow, Page } from '../../domain/ports/lists.ts';

export interface ListDossiersPorts {
  readonly door: ListDoor;
  readonly cursors: Cursors;
  readonly now: () => number;
}

const usualLength = 50;

interface ListDossiers {
  readonly page: UseCase<typeof page>;
  readonly sheet: UseCase<typeof sheet>;
}

/** What of a list goes into one answer, and the cursor of the rest. */
interface Found extends Omit<Page<Line>, 'next'>, Pick<Lines, 'misrouted'> {
  readonly next?: string;
}

/**
 * Shows a unit its work, all that was lodged there, or what bears a code; page by page, or a sheet with as many lines
 * as may be. A dossier that moves between two pages may come twice, or not at all.
 */
export function listDossiers({ door, cursors, now }: ListDossiersPorts): ListDossiers {
  const linesOf = async (asked: AskedFor, most: number, caller: Party): Promise<Found | Refused> => {
    const at = now();
    const read = listAskedFor(door, asked, caller, at);
    if (read === undefined) return { refusal: { name: 'NotYourList', lists: listsOf[caller.role] } };
    const { cursor, ...which } = asked;
    const list = [caller.role, caller.unit, JSON.stringify(which)];
    const after = cursor === undefined ? undefined : cursors.read(list, cursor);
    if (cursor !== undefined && after === undefined) return { refusal: { name: 'CursorRefused' } };
    const { rows, unreadable, next, misrouted } = await read({
      most,
      ...(after === undefined ? {} : { after }),
      ...(asked.overdue === undefined ? {} : { before: at }),
    });
    return {
      rows,
      unreadable,
      ...(misrouted === undefined ? {} : { misrouted }),
      ...(next === undefined ? {} : { next: cursors.write(list, next) }),
    };
  };
  return {
    page: async ({ query: { limit = usualLength, ...asked } }, caller) => {
      const lines = await linesOf(asked, limit, caller);
      if ('refusal' in lines) return lines;
      const { rows: items, unreadable, ...rest } = lines;
      return { status: 200, body: { items, ...rest, ...(unreadable.length === 0 ? {} : { unreadable }) } };
    },
    sheet: async ({ query }, caller) => {
      const { separator, ...asked } = query;
      const lines = await linesOf(asked, mostLines, caller);
      if ('refusal' in lines) return lines;
      const name = `${caller.unit}-${localDay(now())}.csv`;
      return {
        status: 200,
        body: dossierSheet(lines.rows, lines.unreadable, separator),
        headers: {
          'content-disposition': `attachment; filename="${name}"`,
          ...(lines.next === undefined ? {} : { link: `<${sheet.path}?${goingOn(query, lines.next)}>; rel="next"` }),
        },
      };
    },
  };
}

/** The same list, from where it broke off. */
function goingOn(query: Readonly<Record<string, string | undefined>>, cursor: string): string {
  const going = new URLSearchParams();
  for (const [name, value] of Object.entries<string | undefined>({ ...query, cursor }))
    if (value !== undefined) going.set(name, value);
  return going.toString();
}

type Read<Row> = (asked: Asked) => Promise<Page<Row> & Pick<Lines, 'misrouted'>>;

/** How a page of the list that is asked for is read; undefined where the caller does not have it. */
function listAskedFor(door: ListDoor, query: AskedFor, caller: Party, now: number): Read<Line> | undefined {
  const { place, matter, lodged } = query;
  const code = codeIn(query);
  const asItStands = (row: DeskRow): Line => deskLine(row, now);
  if (code !== undefined) return lookUp(door, code, caller, asItStands);
  if (matter !== undefined) {
    const read = door.open('unsettled', caller);
    return inLines(read && (async (asked) => read(matter, asked)), (row) => matterLine(row, now));
  }
  if (lodged !== undefined) {
    const read = door.open(/^\d+-\d+$/.test(lodged) ? 'lodgedInMonth' : 'lodgedOnDay', caller);
    return inLines(read && (async (asked) => read(lodged, asked)), asItStands);
  }
  // What names no list is the caller's own desk.
  if (caller.role === 'ops' && place === undefined) return inLines(door.open('findings', caller), findingLine);
  const read = door.open('waiting', caller);
  return inLines(read && (async (asked) => read(place, asked)), asItStands);
}

function codeIn({ trackingCode, itemCode, officialCode }: AskedFor): Code | undefined {
  if (trackingCode !== undefined) return { trackingCode };
  if (itemCode !== undefined) return { itemCode };
  return officialCode === undefined ? undefined : { officialCode };
}

function lookUp(door: ListDoor, code: Code, caller: Party, line: (row: DeskRow) => Line): Read<Line> | undefined {
  const bearing = door.open('bearing', caller);
  return (
    bearing &&
    (async () => {
      const { dossiers, misrouted } = await bearing(code);
      return { rows: dossiers.map(line), unreadable: [], ...(misrouted === undefined ? {} : { misrouted }) };
    })
  );
}

function inLines<Row>(read: Read<Row> | undefined, line: (row: Row) => Line): Read<Line> | undefined {
  return (
    read &&
    (async (asked) => {
      const { rows, ...page } = await read(asked);
      return { ...page, rows: rows.map(line) };
    })
  );
}
