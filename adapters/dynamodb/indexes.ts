import { dueItems } from '../../domain/execution/generations.ts';
import { actingUnit, urgentAt } from '../../domain/journey/acting-unit.ts';
import type { Dossier, JourneyEvent } from '../../domain/journey/dossier.ts';
import { roundOf, type Round } from '../../domain/journey/round.ts';
import type { Step } from '../../domain/journey/step.ts';
import { localDay } from '../../domain/calendar/local-time.ts';
import type { LodgedIn } from '../../domain/ports/lists.ts';

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

/** The partition of everything that was lodged with an agency in a month, or registered by a portal on a day. */
export function lodgedKey(list: LodgedIn): string {
  return 'agency' in list ? `AG#${list.agency}#${list.month}` : `PORTAL#${list.portal}#${list.day}`;
}

/** Where the first event stands for the agency, and its id for the portal: written once, and never moved. */
export function agencyKeys({ dossier: { agencyId: agency }, event }: Step): Readonly<Record<string, string>> {
  const month = localDay(event.receivedAt).slice(0, 7);
  return { listed: lodgedKey({ agency, month }), listedAt: lodgedAt(event) };
}

export function portalKeys({ dossier: { registeredBy }, event }: Step): Readonly<Record<string, string>> {
  if (registeredBy.role !== 'portal') return {};
  const list = { portal: registeredBy.unit, day: localDay(event.receivedAt) };
  return { listed: lodgedKey(list), listedAt: lodgedAt(event) };
}

/** The partition of what a courier took out on a day. */
export function roundKey({ person, day }: Round): string {
  return `ROUND#${person}#${day}`;
}

/** Where the fact that takes a dossier out stands for whoever took it: written once, and never moved. */
export function roundKeys(event: JourneyEvent): Readonly<Record<string, string>> {
  const round = roundOf(event);
  return round === undefined ? {} : { listed: roundKey(round), listedAt: new Date(event.occurredAt).toISOString() };
}

/** Where an event stands among what arrived on its day, in the order of its `receivedAt`. */
export function arrivalKeys({ receivedAt }: JourneyEvent): Readonly<Record<string, string>> {
  return { arrived: localDay(receivedAt) };
}

function lodgedAt({ receivedAt }: JourneyEvent): string {
  return new Date(receivedAt).toISOString();
}
