import { deskPlaces } from '../journey/acting-unit.ts';
import { officeOf, type Dossier, type Party } from '../journey/dossier.ts';
import type { MatterKind } from '../journey/matters.ts';
import { isEnd, type Place } from '../journey/places.ts';
import type { Actor } from '../journey/rules.ts';
import type { Asked, Code, DeskRow, FindingRow, Lists, LodgedIn, MatterRow, Page } from '../ports/lists.ts';
import { mayDo } from './rights.ts';

/** The lists that a caller can ask for, each an access pattern of the book, and each of his own unit alone. */
export interface OwnLists {
  /** What waits for the unit at a place, or at any. */
  waiting(place: Place | undefined, asked: Asked): Promise<Page<DeskRow>>;
  /** What the unit has to settle. */
  unsettled(kind: MatterKind, asked: Asked): Promise<Page<MatterRow>>;
  /** What ops have to look at. */
  findings(asked: Asked): Promise<Page<FindingRow>>;
  /** All that was lodged with the agency in a local month, `YYYY-MM`. */
  lodgedInMonth(month: string, asked: Asked): Promise<Page<Dossier>>;
  /** All that the portal registered on a local day, `YYYY-MM-DD`. */
  lodgedOnDay(day: string, asked: Asked): Promise<Page<Dossier>>;
  /** The dossiers that bear a code. */
  bearing(code: Code): Promise<Borne>;
}

/** What bears a code, as far as whoever asks has to do with it. */
export interface Borne {
  readonly dossiers: readonly Dossier[];
  /** An item on its way that came to an office off its route: where it should be sent, and nothing of its dossier. */
  readonly misrouted?: { readonly itemCode: string; readonly postOfficeId: string };
}
export type ListName = keyof OwnLists;

/** Which of them each role has: a unit's own desk holds only dossiers on whose route it is (`actingUnit`, `Matter`). */
export const listsOf: Readonly<Record<Actor, readonly ListName[]>> = {
  portal: ['lodgedOnDay', 'bearing'],
  clerk: ['waiting', 'unsettled', 'bearing'],
  courier: ['waiting', 'unsettled', 'bearing'],
  officer: ['waiting', 'unsettled', 'lodgedInMonth', 'bearing'],
  supervisor: ['waiting', 'unsettled', 'lodgedInMonth', 'bearing'],
  ops: ['findings', 'bearing'],
  clock: [],
  messenger: [],
};

/** The way to lists of dossiers for whoever calls the API, and the only one (ADR 0026). */
export interface ListDoor {
  /** @returns undefined for a list that this caller does not have */
  open<Name extends ListName>(name: Name, caller: Party): OwnLists[Name] | undefined;
}

/** Opens the lists of this book to those who have them. */
export function listDoorOf(lists: Lists): ListDoor {
  return {
    open: (name, caller) => (listsOf[caller.role].includes(name) ? ownLists(lists, caller)[name] : undefined),
  };
}

function ownLists(lists: Lists, caller: Party): OwnLists {
  const { unit } = caller;
  const isHis = (dossier: Dossier): boolean => mayDo(dossier, caller, 'read');
  const lodged = async (list: LodgedIn, asked: Asked): Promise<Page<Dossier>> => {
    const { rows, ...page } = await lists.lodged(list, asked);
    // Another unit may have taken over since.
    return { ...page, rows: rows.filter(isHis) };
  };
  return {
    waiting: async (place, asked) => lists.waiting(unit, place === undefined ? deskPlaces(unit) : [place], asked),
    unsettled: async (kind, asked) => lists.unsettled(unit, kind, asked),
    findings: async (asked) => lists.found(asked),
    lodgedInMonth: async (month, asked) => lodged({ agency: unit, month }, asked),
    lodgedOnDay: async (day, asked) => lodged({ portal: unit, day }, asked),
    bearing: async (code) => {
      const found = (await lists.bearing(code)).filter((dossier) => isStillOn(dossier, code));
      const dossiers = found.filter(isHis);
      if (!('itemCode' in code) || dossiers.length > 0 || !isOfThePost(caller)) return { dossiers };
      const postOfficeId = officeFor(found[0], code.itemCode);
      return { dossiers, ...(postOfficeId === undefined ? {} : { misrouted: { ...code, postOfficeId } }) };
    },
  };
}

/** An agency may have corrected its code since. */
function isStillOn(dossier: Dossier, code: Code): boolean {
  return !('officialCode' in code) || dossier.officialCode === code.officialCode;
}

function isOfThePost({ role }: Party): boolean {
  return role === 'clerk' || role === 'courier';
}

/** Where an item on its way belongs: to the office beside the agency, to the one that delivers, or back home. */
function officeFor(dossier: Dossier | undefined, item: string): string | undefined {
  if (dossier === undefined || isEnd(dossier.place)) return undefined;
  const leg = dossier.legs.find(({ itemCode, until }) => itemCode === item && until === undefined);
  switch (leg?.kind) {
    case 'inbound':
    case 'supplement':
      return officeOf(dossier.agencyId);
    case 'result':
      return dossier.deliveryPostOfficeId;
    case 'return':
    case 'appointment-slip':
      return dossier.postOfficeId;
    default:
      return undefined;
  }
}
