import { findAgency } from '../catalogue/agencies.ts';
import { findCommune } from '../catalogue/communes.ts';
import type { Detail, Details, EventType } from './events.ts';
import type { NationalStatus, Place } from './places.ts';
import type { Wish } from '../telling/wish.ts';
import type { Actor, Effect } from './rules.ts';
import type { Term, TermKind } from './terms.ts';

/**
 * How a dossier enters (QĐ 45/2016): at the counter, collected at home, or lodged in person with only the result
 * carried.
 */
export const frontDoors = ['counter', 'pickup', 'result-only'] as const;
export type FrontDoor = (typeof frontDoors)[number];

/** Who speaks: what the token proves. `unit` is a post office, an agency, or the portal's client. */
export interface Party {
  readonly role: Actor;
  readonly unit: string;
  /** The subject of the token, opaque; absent for the clock. */
  readonly person?: string;
}

/** What an event was said with: a phone counts what it sends, so that its order is known whenever it arrives. */
export interface Device {
  readonly id: string;
  readonly sequence: number;
}

/** The main legs move the place; a supplement and an appointment slip travel beside it. */
export const legKinds = ['inbound', 'result', 'return', 'supplement', 'appointment-slip'] as const;

/** One carriage of paper, with its own item code. */
export interface Leg {
  readonly kind: (typeof legKinds)[number];
  readonly itemCode: string;
  readonly from: number;
  /** When a side leg arrived. */
  readonly until?: number;
}

/** Money agreed at registration, in đồng, frozen from then on. */
export interface Charges {
  readonly tariff: string;
  readonly stateFee: number;
  /** The data do not say what the agency charges: whoever collects asks first. Absent where the fee is known. */
  readonly stateFeeUnknown?: true;
  readonly dueAtCollection: number;
  readonly dueOnDelivery: number;
  readonly lines: readonly {
    readonly kind: string;
    readonly amount: number;
    readonly due: 'at-collection' | 'on-delivery';
  }[];
}

/** Where a dossier stands: the head of its book. All times are epoch milliseconds. */
export interface Dossier {
  readonly dossierId: string;
  readonly trackingCode: string;
  readonly personId: string;
  readonly frontDoor: FrontDoor;
  readonly procedureCode: string;
  readonly agencyId: string;
  /** Where the post takes the dossier in; for result-only the office that serves the citizen's commune. */
  readonly postOfficeId: string;
  readonly deliveryPostOfficeId: string;
  readonly communeId: string;
  /** The hold at the post office lasts longer in remote communes. */
  readonly remote: boolean;
  readonly returnByPost: boolean;
  readonly registeredBy: Party;
  readonly charges: Charges;
  /** How the citizen asked to be told; absent when he did not. */
  readonly messages?: Wish;

  readonly place: Place;
  /** Number of the newest event. */
  readonly version: number;
  /** Number of the newest event that moved the paper: what the execution has to reach. */
  readonly milestone: number;
  /**
   * Numbers of the events that moved no paper or do not stand, ascending: reminders mostly, thousands perhaps, and the
   * stages are found between them. Begins behind the events of an ordinary journey (`ordinaryEvents`); absent for none,
   * and short of those from before it was kept.
   */
  readonly idle?: readonly number[];
  readonly since: number;
  readonly dueAt?: number;
  readonly reminders: number;
  readonly papers?: { readonly originals: number; readonly copies: number };
  readonly sealNumber?: string;
  readonly officialCode?: string;
  readonly resultDueAt?: number;
  readonly legs: readonly Leg[];
  readonly attempts: { readonly pickup: number; readonly delivery: number };
  readonly lostFrom?: Place;
  /** When the newest fact that moved nothing happened, if that is after `since`: what is earlier is late. */
  readonly heardAt?: number;
  /** When somebody was invited to fetch it, while it waits for him. */
  readonly invitedAt?: readonly number[];
  /** When the post took the papers in (J on the slip). */
  readonly acceptedAt?: number;
  /** Statutory terms that run; absent for none. */
  readonly terms?: readonly Term[];
  /** When the last leg that has begun should be over: complaints of loss and delay count from here. */
  readonly wayEndsAt?: number;
  /** As facts have moved it; absent in what was opened before facts did, where the place tells it. */
  readonly nationalStatus?: NationalStatus;
  /** The clock of the place is heard no earlier than this, though its date has passed: more is on its way. */
  readonly ringsAt?: number;
  /** Of the event that arrived last: the next one names it. */
  readonly digest?: string;
  /** The date of its place has been moved because the way was shut: nothing counts it anew. */
  readonly isShifted?: true;
  /** How many of its events do not stand: parked, or in contradiction to others. Absent for none. */
  readonly pending?: number;
  /** The number of the newest event that judged earlier ones anew. */
  readonly judgedAnewAt?: number;
}

/** What is fixed when a dossier is opened. */
export type Opening = Pick<
  Dossier,
  | 'dossierId'
  | 'trackingCode'
  | 'personId'
  | 'frontDoor'
  | 'procedureCode'
  | 'agencyId'
  | 'postOfficeId'
  | 'deliveryPostOfficeId'
  | 'communeId'
  | 'remote'
  | 'returnByPost'
  | 'charges'
  | 'messages'
>;

/**
 * What becomes of what happened when the law cannot place it. `parked`: it is early, and what it waits for has not been
 * told; `contradicts`: nothing that can still come makes it fit; `lifted`: a clock rang for what had not passed;
 * `set-aside`: a person has settled that it does not count.
 */
export const standings = ['parked', 'contradicts', 'lifted', 'set-aside'] as const;
export type Standing = (typeof standings)[number];

/** What was said differs from what the book knew: counts or đồng. */
export interface Difference {
  readonly field: Detail;
  readonly expected: string;
  readonly said: string;
}

/** What the law makes of an event, at its place in the legal order. */
export interface Judgement {
  /** Absent when it stands. */
  readonly standing?: Standing;
  readonly from: Place;
  readonly to: Place;
  /** It moves the paper, or the clock of its place. */
  readonly moves: boolean;
  /** The deadline of the place it leads to. */
  readonly dueAt?: number;
  /** The agency's date as it is from now on, where the event sets it. */
  readonly resultDueAt?: number;
  /** What else it changes, as the law had it. */
  readonly effects: readonly Effect[];
  /** It stands, and somebody has to settle these. */
  readonly disputes?: readonly Difference[];
  /** It stands, and these are still to come. */
  readonly proofPending?: readonly Detail[];
  /** Statutory terms that begin with it, or have another date by it. */
  readonly opens?: readonly Term[];
  /** Those that end with it. */
  readonly ends?: readonly TermKind[];
  /** What it adds to what is to be paid. */
  readonly charged?: Charges['lines'];
  /** The status that it sets for the one-stop systems. */
  readonly nationalStatus?: NationalStatus;
}

/** Why a claimed time is not taken for the day on which it happened. */
export const doubts = ['future', 'before-registration'] as const;

/**
 * One fact of the book, never changed once written: with those before it, it makes the head (`evolve.ts`). Its number
 * is its place in the order of arrival; its legal place follows from when it happened (ADR 0020).
 */
export interface JourneyEvent extends Omit<Judgement, 'moves'> {
  readonly eventId: string;
  readonly number: number;
  readonly type: EventType;
  /** When it happened, as far as that is plausible: its place in the legal order. */
  readonly occurredAt: number;
  /** The server's own time. */
  readonly receivedAt: number;
  /** The device's claim, where another time was taken. */
  readonly claimedAt?: number;
  /** The claim tells nothing about the day. */
  readonly doubt?: (typeof doubts)[number];
  /** How far the device's claim lay in the future, in seconds; absent when it did not. */
  readonly aheadSeconds?: number;
  /** How far the device's clock is known to be ahead, in seconds; the claim has been corrected by it. */
  readonly skewSeconds?: number;
  readonly by: Party;
  readonly device?: Device;
  readonly details: Details;
  /** The execution follows: the place, or its clock, is another one than before it arrived. */
  readonly milestone: boolean;
  /** Where this differs from `milestone`: whether it moves the paper at its legal place. */
  readonly moves?: boolean;
  /** As in `Dossier`, where the event sets it. */
  readonly ringsAt?: number;
  /** Under which law and by which calendar it was decided; the tariff stands with the charges. */
  readonly edition: { readonly law: number; readonly calendar: string };
  /** What the registration fixed; with the first event only. */
  readonly opened?: Opening;
  /** Of `TrackingCodeReplaced`: the code that ended, and the one that the public follows from now on. */
  readonly trackingCode?: { readonly from: string; readonly to: string };
  /** The digest of the event that arrived before, and its own: set where it is written (`sealed`). */
  readonly previous?: string;
  readonly digest?: string;
  /** Where the dossier stood once it had arrived, where that is not where the event itself leads. */
  readonly after?: { readonly place: Place; readonly dueAt?: number; readonly ringsAt?: number };
  /** The numbers of all events that stand, in legal order; with a late event only. */
  readonly order?: readonly number[];
  /** Earlier arrivals of which something else is true from now on. */
  readonly judgedAnew?: readonly (Judgement & { readonly number: number })[];
}

/** What is noted of a dossier without moving anything; kept apart from its events, and bounded. */
export type Note = Pick<
  JourneyEvent,
  | 'eventId'
  | 'type'
  | 'occurredAt'
  | 'receivedAt'
  | 'claimedAt'
  | 'doubt'
  | 'aheadSeconds'
  | 'skewSeconds'
  | 'by'
  | 'device'
  | 'details'
  | 'edition'
>;

/** Where a note stands among the others. */
export type NotePlace = Pick<Note, 'receivedAt' | 'eventId'>;

/** Where the dossier stood once the event had arrived, in the order of arrival. */
export function placeAfter({ after, to }: Pick<JourneyEvent, 'after' | 'to'>): Place {
  return after?.place ?? to;
}

/** The post office at which an agency's papers change hands; undefined outside the pilot. */
export function officeOf(agencyId: string): string | undefined {
  const communeId = findAgency(agencyId)?.communeId ?? undefined;
  return communeId === undefined ? undefined : findCommune(communeId)?.postOfficeId;
}

/**
 * What a party can be to a dossier: the portal that registered it, the office where it came in, the one that delivers,
 * the one beside the agency, the agency; or ops, who watch them all. Rights follow the route, and these change with it.
 */
export const relations = ['registrar', 'origin', 'delivery', 'agency-office', 'agency', 'operator'] as const;
export type Relation = (typeof relations)[number];

/** What rights follow from: who registered a dossier, and the units on its way. */
export type Route = Pick<Dossier, 'registeredBy' | 'postOfficeId' | 'deliveryPostOfficeId' | 'agencyId'>;

/** What this party is to the dossier; none for a stranger. */
export function relationsOf(dossier: Route, { role, unit }: Party): readonly Relation[] {
  const offices: readonly (readonly [Relation, string | undefined])[] = [
    ['origin', dossier.postOfficeId],
    ['delivery', dossier.deliveryPostOfficeId],
    ['agency-office', officeOf(dossier.agencyId)],
  ];
  const atOffices = offices.flatMap(([relation, office]) => (office === unit ? [relation] : []));
  switch (role) {
    case 'portal':
      return dossier.registeredBy.role === 'portal' && dossier.registeredBy.unit === unit ? ['registrar'] : [];
    case 'clerk':
    case 'courier':
      return atOffices;
    case 'officer':
      return unit === dossier.agencyId ? ['agency'] : [];
    case 'supervisor':
      return [...atOffices, ...(unit === dossier.agencyId ? (['agency'] as const) : [])];
    case 'ops':
      return ['operator'];
    case 'clock':
    case 'messenger':
      return [];
    default:
      return role satisfies never;
  }
}

/** May this party know of the dossier, and speak about it? Ops read by their own door, and speak by commands only. */
export function isParty(dossier: Dossier, party: Party): boolean {
  if (party.role === 'clock' || party.role === 'messenger') return true;
  return party.role !== 'ops' && relationsOf(dossier, party).length > 0;
}
