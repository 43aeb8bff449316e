import { instantAt } from '../calendar/local-time.ts';
import type { Dossier, Party } from '../journey/dossier.ts';
import type { Lists } from '../ports/lists.ts';
import { mayDo } from './rights.ts';

/** One errand of a courier's day. */
export interface Errand {
  readonly kind: 'pickup' | 'delivery';
  readonly dossier: Dossier;
  /** It is his no more: delivered, brought back, or taken out by another. */
  readonly isDone: boolean;
}

/** A courier's day, what is still to be done first, by its date. */
export interface Errands {
  readonly errands: readonly Errand[];
  /** There were more than are shown. */
  readonly isMore: boolean;
}

/** So many of each kind are a day's work; no courier does half of it. */
const mostErrands = 100;

/** The way to a courier's own round for whoever calls the API (ADR 0026). */
export type RoundDoor = (caller: Party, day: string) => Promise<Errands>;

/**
 * A courier's round of a local day: what he took out for delivery on it, and the pickups of his office that are agreed
 * for that day or overdue. Nothing of it is moved or deleted: that a fact no longer holds, the dossier itself tells.
 */
export function roundDoorOf(lists: Lists): RoundDoor {
  return async (caller, day) => {
    const endOfDay = instantAt(Date.parse(day) / dayMs + 1, 0);
    const [pickups, taken] = await Promise.all([
      lists.waiting(caller.unit, ['PickupScheduled'], { before: endOfDay, most: mostErrands }),
      caller.person === undefined ? [] : lists.takenOut({ person: caller.person, day }, mostErrands + 1),
    ]);
    // Whoever was taken out twice was taken out last.
    const takenAt = new Map(taken.slice(0, mostErrands).map(({ dossierId, at }) => [dossierId, at]));
    const [toPickUp, toDeliver] = await Promise.all([
      lists.heads(pickups.rows.map(({ dossierId }) => dossierId)),
      lists.heads([...takenAt.keys()]),
    ]);
    const errands = [
      ...toPickUp.map((dossier) => errandOf('pickup', dossier, dossier.place !== 'PickupScheduled')),
      ...toDeliver.map((dossier) => errandOf('delivery', dossier, !isOut(dossier, takenAt.get(dossier.dossierId)))),
    ];
    return {
      errands: errands.filter(({ dossier }) => mayDo(dossier, caller, 'read')).toSorted(byUrgency),
      isMore: pickups.next !== undefined || taken.length > mostErrands,
    };
  };
}

const dayMs = 86_400_000;

function errandOf(kind: Errand['kind'], dossier: Dossier, isDone: boolean): Errand {
  return { kind, dossier, isDone };
}

/** Whether it is still out since then: brought back, it may have been taken out by another. */
function isOut({ place, since }: Dossier, at: number | undefined): boolean {
  return place === 'OutForDelivery' && since === at;
}

function byUrgency(one: Errand, other: Errand): number {
  if (one.isDone !== other.isDone) return one.isDone ? 1 : -1;
  return (one.dossier.dueAt ?? one.dossier.since) - (other.dossier.dueAt ?? other.dossier.since);
}
