import { agencyTakes, findAgency, type Agency } from '../catalogue/agencies.ts';
import { findCommune, type Commune } from '../catalogue/communes.ts';
import { findPostOffice, type PostOffice } from '../catalogue/post-offices.ts';
import { findProcedure, findReducedFee, type Procedure, type ReducedFee } from '../catalogue/procedures.ts';
import { findExemption, tariffOn, zoneBetween, type Exemption } from '../catalogue/tariff.ts';
import type { Wish } from '../telling/wish.ts';
import { localDay } from '../calendar/local-time.ts';
import { quote } from '../fees/quote.ts';
import { postCalendar } from '../calendar/working-calendar.ts';
import { deadlineOf } from './deadlines.ts';
import type { Charges, FrontDoor, JourneyEvent, Party } from './dossier.ts';
import type { Step } from './step.ts';
import { evolve } from './evolve.ts';
import { noMatters } from './matters.ts';
import { granted, refused, type Outcome, type Refusal } from './refusals.ts';
import { lawEdition } from './rules.ts';

/** What a caller asks for when opening a dossier; the person is elsewhere. */
export interface Registration {
  readonly frontDoor: FrontDoor;
  readonly procedureCode: string;
  readonly agencyId: string;
  readonly postOfficeId?: string | undefined;
  readonly communeId: string;
  readonly returnByPost: boolean;
  /** A group with cheaper postage or a lower state fee, e.g. `poor-household`. */
  readonly exemption?: string | undefined;
  /** How the citizen asks to be told: it is paid for. */
  readonly messages?: Wish | undefined;
}

/** Identifiers drawn for a new dossier. */
export interface NewIds {
  readonly dossierId: string;
  readonly trackingCode: string;
  readonly personId: string;
  readonly eventId: string;
}

/**
 * Who opens which front door: clerks at their counter, the portal online, officers for what was lodged with them (the
 * portal may, too).
 */
const frontDoorsOf: Record<Party['role'], readonly FrontDoor[]> = {
  clerk: ['counter', 'pickup', 'result-only'],
  portal: ['counter', 'pickup', 'result-only'],
  officer: ['result-only'],
  courier: [],
  supervisor: [],
  ops: [],
  clock: [],
  messenger: [],
};

/**
 * Opens a dossier: its first event and its head.
 * @param now epoch milliseconds
 * @returns the step, or NotYourFrontDoor, UnknownProcedure, UnknownAgency, UnknownCommune, UnknownPostOffice,
 * NotYourUnit, NotCarriedByPost, UnknownExemption
 */
export function register(asked: Registration, by: Party, ids: NewIds, now: number): Outcome<Step> {
  if (!frontDoorsOf[by.role].includes(asked.frontDoor))
    return refused({ name: 'NotYourFrontDoor', frontDoor: asked.frontDoor });
  const found = lookUp(asked);
  if ('refusal' in found) return refused(found.refusal);
  const refusal =
    foreignUnit(found, by) ?? notCarried(asked, found.procedure) ?? unknownExemption(asked, found.procedure, now);
  return refusal ? refused(refusal) : granted(open(asked, found, by, ids, now));
}

interface Found {
  readonly procedure: Procedure;
  readonly agency: Agency;
  readonly commune: Commune;
  readonly postOffice: PostOffice;
  readonly delivery: PostOffice;
}

function lookUp(asked: Registration): Found | { readonly refusal: Refusal } {
  const procedure = findProcedure(asked.procedureCode);
  if (!procedure) return { refusal: { name: 'UnknownProcedure', code: asked.procedureCode } };
  const agency = findAgency(asked.agencyId);
  if (!agency || !agencyTakes(agency, procedure))
    return { refusal: { name: 'UnknownAgency', agencyId: asked.agencyId } };
  const commune = findCommune(asked.communeId);
  const delivery = commune && findPostOffice(commune.postOfficeId);
  if (!delivery) return { refusal: { name: 'UnknownCommune', communeId: asked.communeId } };
  const postOffice = asked.postOfficeId === undefined ? delivery : findPostOffice(asked.postOfficeId);
  if (!postOffice) return { refusal: { name: 'UnknownPostOffice', postOfficeId: asked.postOfficeId ?? '' } };
  return { procedure, agency, commune, postOffice, delivery };
}

function foreignUnit({ postOffice, agency }: Found, by: Party): Refusal | undefined {
  const foreign =
    (by.role === 'clerk' && by.unit !== postOffice.id) || (by.role === 'officer' && by.unit !== agency.id);
  return foreign ? { name: 'NotYourUnit' } : undefined;
}

function notCarried({ frontDoor, returnByPost }: Registration, { code, postalUse }: Procedure): Refusal | undefined {
  if (frontDoor !== 'result-only' && !postalUse.value.send) return { name: 'NotCarriedByPost', code, service: 'send' };
  if (frontDoor === 'result-only' && !returnByPost) return { name: 'NotCarriedByPost', code, service: 'receive' };
  return returnByPost && !postalUse.value.receive ? { name: 'NotCarriedByPost', code, service: 'receive' } : undefined;
}

/**
 * Cheaper postage and a lower state fee are granted to different groups; a group that neither list knows is a mistake,
 * not a discount.
 */
function cheaperFor(
  group: string | undefined,
  procedure: Procedure,
  now: number,
): { exemption: Exemption | null; reducedFee: ReducedFee | null } {
  const tariff = tariffOn(localDay(now));
  if (group === undefined || !tariff) return { exemption: null, reducedFee: null };
  return { exemption: findExemption(tariff, group) ?? null, reducedFee: findReducedFee(procedure, group) ?? null };
}

function unknownExemption({ exemption: group }: Registration, procedure: Procedure, now: number): Refusal | undefined {
  if (group === undefined) return undefined;
  const { exemption, reducedFee } = cheaperFor(group, procedure, now);
  return exemption === null && reducedFee === null ? { name: 'UnknownExemption', group } : undefined;
}

function open(asked: Registration, found: Found, by: Party, ids: NewIds, now: number): Step {
  const undated: JourneyEvent = {
    eventId: ids.eventId,
    number: 1,
    type: 'DossierRegistered',
    from: 'Registered',
    to: 'Registered',
    occurredAt: now,
    receivedAt: now,
    by,
    details: {},
    milestone: true,
    effects: [],
    edition: { law: lawEdition, calendar: postCalendar.version },
    nationalStatus: 1,
    opened: {
      dossierId: ids.dossierId,
      trackingCode: ids.trackingCode,
      personId: ids.personId,
      frontDoor: asked.frontDoor,
      procedureCode: found.procedure.code,
      agencyId: found.agency.id,
      postOfficeId: found.postOffice.id,
      deliveryPostOfficeId: found.delivery.id,
      communeId: found.commune.id,
      remote: found.commune.remote,
      returnByPost: asked.returnByPost,
      charges: chargesFor(asked, found, now),
      ...(asked.messages === undefined ? {} : { messages: asked.messages }),
    },
  };
  const dueAt = deadlineOf('Registered', now, evolve(undefined, undated), {}, lawEdition);
  const event = dueAt === undefined ? undated : { ...undated, dueAt };
  return { event, dossier: evolve(undefined, event), matters: noMatters };
}

function chargesFor(
  { frontDoor, returnByPost, exemption, messages }: Registration,
  { procedure, agency, postOffice, delivery }: Found,
  now: number,
): Charges {
  const agreed = quote({
    procedure,
    frontDoor,
    returnByPost,
    inboundZone: zoneBetween(postOffice, agency),
    returnZone: zoneBetween(agency, delivery),
    ...cheaperFor(exemption, procedure, now),
    messages: messages?.channel ?? null,
    at: now,
  });
  return {
    tariff: agreed.tariffVersion,
    stateFee: agreed.lines.find((line) => line.kind === 'state-fee')?.amount ?? 0,
    ...(agreed.stateFeeUnknown ? { stateFeeUnknown: true } : {}),
    dueAtCollection: agreed.dueAtCollection,
    dueOnDelivery: agreed.dueOnDelivery,
    lines: agreed.lines.map(({ kind, amount, due }) => ({ kind, amount, due })),
  };
}
