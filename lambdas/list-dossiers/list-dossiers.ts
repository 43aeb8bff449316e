import {
  deskLine,
  findingLine,
  matterLine,
  type AskedFor,
  type Line,
  type listDossiers as operation,
} from '../../contract/list-dossiers.ts';
import type { UseCase } from '../../contract/operation.ts';
import type { Party } from '../../domain/journey/dossier.ts';
import { listsOf, type ListDoor } from '../../domain/people/lists.ts';
import type { Cursors } from '../../domain/ports/cursors.ts';
import type { Asked, Page } from '../../domain/ports/lists.ts';

export interface ListDossiersPorts {
  readonly door: ListDoor;
  readonly cursors: Cursors;
  readonly now: () => number;
}

const usualLength = 50;

/** Shows a unit its work, page by page. A dossier that moves between two pages may come twice, or not at all. */
export function listDossiers({ door, cursors, now }: ListDossiersPorts): UseCase<typeof operation> {
  return async ({ query }, caller) => {
    const at = now();
    const read = listAskedFor(door, query, caller, at);
    if (read === undefined) return { refusal: { name: 'NotYourList', lists: listsOf[caller.role] } };
    const { cursor, limit = usualLength, ...which } = query;
    const list = [caller.role, caller.unit, JSON.stringify(which)];
    const after = cursor === undefined ? undefined : cursors.read(list, cursor);
    if (cursor !== undefined && after === undefined) return { refusal: { name: 'CursorRefused' } };
    const { rows, unreadable, next } = await read({
      most: limit,
      ...(after === undefined ? {} : { after }),
      ...(query.overdue === undefined ? {} : { before: at }),
    });
    return {
      status: 200,
      body: {
        items: rows,
        ...(next === undefined ? {} : { next: cursors.write(list, next) }),
        ...(unreadable.length === 0 ? {} : { unreadable }),
      },
    };
  };
}

type Read<Row> = (asked: Asked) => Promise<Page<Row>>;

/** How a page of the list that is asked for is read; undefined where the caller does not have it. */
function listAskedFor(door: ListDoor, { place, matter }: AskedFor, caller: Party, now: number): Read<Line> | undefined {
  if (matter !== undefined) {
    const unsettled = door.open('unsettled', caller);
    return (
      unsettled &&
      inLines(
        async (asked) => unsettled(matter, asked),
        (row) => matterLine(row, now),
      )
    );
  }
  // What names no list is the caller's own desk.
  if (caller.role === 'ops' && place === undefined) {
    const findings = door.open('findings', caller);
    return findings && inLines(findings, findingLine);
  }
  const waiting = door.open('waiting', caller);
  return (
    waiting &&
    inLines(
      async (asked) => waiting(place, asked),
      (row) => deskLine(row, now),
    )
  );
}

function inLines<Row>(read: Read<Row>, line: (row: Row) => Line): Read<Line> {
  return async (asked) => {
    const { rows, ...page } = await read(asked);
    return { ...page, rows: rows.map(line) };
  };
}
