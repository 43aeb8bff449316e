import { dueItems } from '../../domain/execution/generations.ts';
import { actingUnit, urgentAt } from '../../domain/journey/acting-unit.ts';
import type { Dossier, JourneyEvent } from '../../domain/journey/dossier.ts';
import type { Step } from '../../domain/journey/step.ts';
import { localDay } from '../../domain/calendar/local-time.ts';

/** Where the head stands in the indexes: gone from both when the journey is over. */
export function headKeys(dossier: Dossier): Readonly<Record<string, string>> {
  const unit = actingUnit(dossier);
  return unit === undefined
    ? {}
    : { due: dueItems, desk: deskKey(unit, dossier.place), urgentAt: new Date(urgentAt(dossier)).toISOString() };
}

export function deskKey(unit: string, what: string): string {
  return `${unit}#${what}`;
}

/** Where the first event stands for the agency, and its id for the portal: written once, and never moved. */
export function agencyKeys({ dossier, event }: Step): Readonly<Record<string, string>> {
  return { lodged: `AG#${dossier.agencyId}#${localDay(event.receivedAt).slice(0, 7)}`, lodgedAt: lodgedAt(event) };
}

export function portalKeys({ dossier: { registeredBy }, event }: Step): Readonly<Record<string, string>> {
  if (registeredBy.role !== 'portal') return {};
  return { lodged: `PORTAL#${registeredBy.unit}#${localDay(event.receivedAt)}`, lodgedAt: lodgedAt(event) };
}

function lodgedAt({ receivedAt }: JourneyEvent): string {
  return new Date(receivedAt).toISOString();
}
