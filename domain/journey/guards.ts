import type { Dossier } from './dossier.ts';
import type { Details } from './events.ts';
import type { DetailCondition, DossierCondition } from './rules.ts';

/**
 * "Collected more than three times without success" cancels a pickup (its couriers’ app); three deliveries are
 * judged from another operator.
 */
const attemptsAllowed = { pickup: 3, delivery: 3 } as const;

const dossierConditions: Record<DossierCondition, (dossier: Dossier) => boolean> = {
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
};

const detailConditions: Record<DetailCondition, (details: Details) => boolean> = {
  accepted: (details) => details.outcome === 'accepted',
  returned: (details) => details.outcome === 'returned',
  redeliver: (details) => details.solution === 'redeliver',
  hold: (details) => details.solution === 'hold',
  return: (details) => details.solution === 'return',
};

/** Fixed when the dossier was opened: it holds for ever, or never. */
const fixed: readonly DossierCondition[] = [
  'sent-by-post',
  'pickup-asked',
  'lodged-in-person',
  'result-by-post',
  'result-at-agency',
];

/** Can this ever be true of the dossier? */
export function canHoldFor(condition: DossierCondition | undefined, dossier: Dossier): boolean {
  return condition === undefined || !fixed.includes(condition) || holdsFor(condition, dossier);
}

/** Is this true of the dossier? Without a condition everything is. */
export function holdsFor(condition: DossierCondition | undefined, dossier: Dossier): boolean {
  return condition === undefined || dossierConditions[condition](dossier);
}

/** Does the report say this? Without a condition everything does. */
export function isSaid(condition: DetailCondition | undefined, details: Details): boolean {
  return condition === undefined || detailConditions[condition](details);
}
