import type { Dossier, Party } from './dossier.ts';
import type { Details } from './events.ts';
import { invitationsOf } from './invitations.ts';
import type { DetailCondition, DossierCondition } from './rules.ts';

/**
 * "Collected more than three times without success" cancels a pickup (its couriers’ app); three deliveries are
 * judged from another operator.
 */
const attemptsAllowed = { pickup: 3, delivery: 3 } as const;

type Named = Exclude<DossierCondition, `lost-from-${string}`>;

const dossierConditions: Record<Named, (dossier: Dossier) => boolean> = {
  'sent-by-post': (dossier) => dossier.frontDoor !== 'result-only',
  'pickup-asked': (dossier) => dossier.frontDoor === 'pickup',
  'lodged-in-person': (dossier) => dossier.frontDoor === 'result-only',
  'result-by-post': (dossier) => dossier.returnByPost,
  'result-at-agency': (dossier) => !dossier.returnByPost,
  'pickups-left': (dossier) => dossier.attempts.pickup + 1 < attemptsAllowed.pickup,
  'pickups-spent': (dossier) => dossier.attempts.pickup + 1 >= attemptsAllowed.pickup,
  'deliveries-left': (dossier) => dossier.attempts.delivery + 1 < attemptsAllowed.delivery,
  'deliveries-spent': (dossier) => dossier.attempts.delivery + 1 >= attemptsAllowed.delivery,
  'lost-before-agency': (dossier) => dossier.lostFrom === 'InTransitToAgency',
  'lost-after-agency': (dossier) => dossier.lostFrom === 'ResultInTransit',
  'fee-unknown': (dossier) => dossier.charges.stateFeeUnknown === true,
  'invited-twice': (dossier) => invitationsOf(dossier).length >= 2,
};

function isNamed(condition: DossierCondition): condition is Named {
  return Object.hasOwn(dossierConditions, condition);
}

/** Nobody can receive it there, whoever comes again (Law on Post art. 17(1)a-c and đ, 17(4)a-c and đ). */
const undeliverable: readonly Details['reason'][] = ['receiver-refused', 'citizen-moved', 'address-unknown'];

function isUndeliverable({ reason }: Details): boolean {
  return undeliverable.includes(reason);
}

const detailConditions: Record<DetailCondition, (details: Details, role: Party['role']) => boolean> = {
  'accepted': (details) => details.outcome === 'accepted',
  'returned': (details) => details.outcome === 'returned',
  'redeliver': (details) => details.solution === 'redeliver',
  'hold': (details) => details.solution === 'hold',
  'return': (details) => details.solution === 'return',
  // Of those whom it does not reach, only who is absent can be invited.
  'undeliverable': (details) => details.solution === 'return' && isUndeliverable(details),
  'absent': (details) => details.solution === 'return' && details.reason !== undefined && !isUndeliverable(details),
  'not-reached': (details) => details.reason !== undefined && !isUndeliverable(details),
  'unreturnable': isUndeliverable,
  'by-post': (details) => details.returnBy === 'post',
  'at-agency': (details) => details.returnBy === 'agency',
  'agency-signs': (_details, role) => role === 'officer',
  'record-brought': (_details, role) => role !== 'officer',
};

/** Fixed when the dossier was opened: it holds for ever, or never. */
const fixed: readonly DossierCondition[] = ['sent-by-post', 'pickup-asked', 'lodged-in-person'];

/** Can this ever be true of the dossier? */
export function canHoldFor(condition: DossierCondition | undefined, dossier: Dossier): boolean {
  return condition === undefined || !fixed.includes(condition) || holdsFor(condition, dossier);
}

/** Is this true of the dossier? Without a condition everything is. */
export function holdsFor(condition: DossierCondition | undefined, dossier: Dossier): boolean {
  if (condition === undefined) return true;
  if (isNamed(condition)) return dossierConditions[condition](dossier);
  return dossier.lostFrom !== undefined && condition === `lost-from-${dossier.lostFrom}`;
}

/** Does a report by this role say this? Without a condition everything does. */
export function isSaid(condition: DetailCondition | undefined, details: Details, role: Party['role']): boolean {
  return condition === undefined || detailConditions[condition](details, role);
}
