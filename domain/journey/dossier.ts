import type { Details, EventType } from './events.ts';
import type { Place } from './places.ts';
import type { Actor, Effect } from './rules.ts';

/**
 * How a dossier enters (QĐ 45/2016): at the counter, collected at home, or lodged in person with only the result
 * carried.
 */
export const frontDoors = ['counter', 'pickup', 'result-only'] as const;
export type FrontDoor = (typeof frontDoors)[number];

/** Who speaks: what the token proves. `unit` is a post office, an agency, or the portal's client. */
export interface Party {
  readonly role: Actor | 'ops';
  readonly unit: string;
  /** The subject of the token, opaque; absent for the clock. */
  readonly person?: string;
}

/** What an event was said with: a phone counts what it sends, so that its order is known whenever it arrives. */
export interface Device {
  readonly id: string;
  readonly sequence: number;
}

export const legKinds = ['inbound', 'result'] as const;

/** One carriage of paper, with its own item code. */
export interface Leg {
  readonly kind: (typeof legKinds)[number];
  readonly itemCode: string;
  readonly from: number;
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

  readonly place: Place;
  /** Number of the newest event. */
  readonly version: number;
  /** Number of the newest event that moved the paper: what the execution has to reach. */
  readonly milestone: number;
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
>;

/** One fact of the book, never changed once written: with those before it, it makes the head (`evolve.ts`). */
export interface JourneyEvent {
  readonly eventId: string;
  readonly number: number;
  readonly type: EventType;
  readonly from: Place;
  readonly to: Place;
  /** The device's claim, clamped to `receivedAt`. */
  readonly occurredAt: number;
  /** The server's own time. */
  readonly receivedAt: number;
  /** How far the device's claim lay in the future, in seconds; absent when it did not. */
  readonly aheadSeconds?: number;
  readonly by: Party;
  readonly device?: Device;
  readonly details: Details;
  /** Moves the paper (or its clock): the execution follows. Remarks wake nobody. */
  readonly milestone: boolean;
  /** The deadline of the place it leads to. */
  readonly dueAt?: number;
  /** The agency's date as it is from now on, where the event sets it. */
  readonly resultDueAt?: number;
  /** What else it changes, as the law had it. */
  readonly effects: readonly Effect[];
  /** Under which law and by which calendar it was decided; the tariff stands with the charges. */
  readonly edition: { readonly law: number; readonly calendar: string };
  /** What the registration fixed; with the first event only. */
  readonly opened?: Opening;
}

/** May this party know of the dossier, and speak about it? */
export function isParty(dossier: Dossier, party: Party): boolean {
  switch (party.role) {
    case 'portal':
      return dossier.registeredBy.role === 'portal' && dossier.registeredBy.unit === party.unit;
    case 'clerk':
    case 'courier':
      return party.unit === dossier.postOfficeId || party.unit === dossier.deliveryPostOfficeId;
    case 'officer':
      return party.unit === dossier.agencyId;
    case 'clock':
      return true;
    case 'ops':
      return false;
    default:
      return party.role satisfies never;
  }
}
