import { deskPlaces } from '../journey/acting-unit.ts';
import type { Party } from '../journey/dossier.ts';
import type { MatterKind } from '../journey/matters.ts';
import type { Place } from '../journey/places.ts';
import type { Actor } from '../journey/rules.ts';
import type { Asked, DeskRow, FindingRow, Lists, MatterRow, Page } from '../ports/lists.ts';

/** The lists that a caller can ask for, each an access pattern of the book, and each of his own unit alone. */
export interface OwnLists {
  /** What waits for the unit at a place, or at any. */
  waiting(place: Place | undefined, asked: Asked): Promise<Page<DeskRow>>;
  /** What the unit has to settle. */
  unsettled(kind: MatterKind, asked: Asked): Promise<Page<MatterRow>>;
  /** What ops have to look at. */
  findings(asked: Asked): Promise<Page<FindingRow>>;
}
export type ListName = keyof OwnLists;

/** Which of them each role has: a unit's own desk holds only dossiers on whose route it is (`actingUnit`, `Matter`). */
export const listsOf: Readonly<Record<Actor, readonly ListName[]>> = {
  portal: [],
  clerk: ['waiting', 'unsettled'],
  courier: ['waiting', 'unsettled'],
  officer: ['waiting', 'unsettled'],
  supervisor: ['waiting', 'unsettled'],
  ops: ['findings'],
  clock: [],
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

function ownLists(lists: Lists, { unit }: Party): OwnLists {
  return {
    waiting: async (place, asked) => lists.waiting(unit, place === undefined ? deskPlaces(unit) : [place], asked),
    unsettled: async (kind, asked) => lists.unsettled(unit, kind, asked),
    findings: async (asked) => lists.found(asked),
  };
}
