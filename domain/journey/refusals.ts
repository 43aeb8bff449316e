import type { ItemCodeFault } from '../codes/item-code.ts';
import type { ListName } from '../people/lists.ts';
import type { ScanFault } from '../scans.ts';
import type { Detail, EventType } from './events.ts';
import type { Place } from './places.ts';
import type { Actor } from './rules.ts';

/** Every way the law says no, by name. A refusal is an answer, not an accident: nothing was written. */
export type Refusal =
  /** The paper cannot go that way from where it is. */
  | { readonly name: 'NoSuchStep'; readonly place: Place; readonly on: EventType }
  /** The step exists, but is somebody else's to report. */
  | { readonly name: 'NotYourStep'; readonly place: Place; readonly on: EventType; readonly by: readonly Actor[] }
  /** What the step must be proved with is not there. */
  | { readonly name: 'ProofMissing'; readonly on: EventType; readonly missing: readonly Detail[] }
  /** What was said contradicts what the book knows. `expected` and `said` are counts or đồng. */
  | { readonly name: 'ProofMismatch'; readonly field: Detail; readonly expected: string; readonly said: string }
  /** The report says more than the step needs: data nobody asked for is not kept. */
  | { readonly name: 'UnneededDetails'; readonly on: EventType; readonly unneeded: readonly Detail[] }
  /** The item code is none, or on another item: of an earlier leg, or of another dossier. */
  | { readonly name: 'ItemCodeRefused'; readonly why: ItemCodeFault | 'used-before' | 'taken' }
  /** A date that lies before it was agreed, further away than a journey may last, or the wrong way round. */
  | {
      readonly name: 'DateRefused';
      readonly field: Detail;
      readonly why: 'in-the-past' | 'too-far' | 'ends-before-it-begins';
    }
  /** It could have been done until then, in epoch milliseconds. */
  | { readonly name: 'TooLate'; readonly on: EventType; readonly until: number }
  /** Nothing is open about this event, or not what the report would settle. */
  | { readonly name: 'UnknownMatter'; readonly eventId: string }
  /** Who reported an event does not settle alone what is open about it. */
  | { readonly name: 'SamePerson' }
  /** As much has been noted of this dossier today as a day holds; it is over in `retryAfter` seconds. */
  | { readonly name: 'TooManyNotes'; readonly retryAfter: number }
  /** This caller has had what one caller may have; there is more in `retryAfter` seconds. */
  | { readonly name: 'TooManyRequests'; readonly retryAfter: number }
  /** Somebody else wrote first: read again and decide anew. */
  | { readonly name: 'Overtaken' }
  /** The dossier has another version than the one that was meant. */
  | { readonly name: 'VersionMoved' }
  /** The same event id came before with other content. */
  | { readonly name: 'EventIdReused' }
  /** The same idempotency key came before with other content. */
  | { readonly name: 'IdempotencyKeyReused' }
  /** No bag of this code, or nothing in it that this caller may know of. */
  | { readonly name: 'UnknownBag' }
  /** The dossier has not come to where this paper is made out. */
  | { readonly name: 'NoSuchPaper' }
  /** The registered telephone number does not end like this, or none is stored: the answer is the same on purpose. */
  | { readonly name: 'WrongDigits' }
  /** No such dossier, or none that this caller may know of: the answer is the same on purpose. */
  | { readonly name: 'UnknownDossier' }
  | { readonly name: 'UnknownProcedure'; readonly code: string }
  | { readonly name: 'UnknownAgency'; readonly agencyId: string }
  /** `field` is the detail of a report that named it; absent at a registration. */
  | { readonly name: 'UnknownPostOffice'; readonly postOfficeId: string; readonly field?: Detail }
  | { readonly name: 'UnknownCommune'; readonly communeId: string }
  | { readonly name: 'UnknownExemption'; readonly group: string }
  /** The province's list does not let this procedure go through this front door. */
  | { readonly name: 'NotCarriedByPost'; readonly code: string; readonly service: 'send' | 'receive' }
  /** This role does not open this front door. */
  | { readonly name: 'NotYourFrontDoor'; readonly frontDoor: string }
  /** A registration for another unit than the caller's own. */
  | { readonly name: 'NotYourUnit' }
  /** A scan that nobody asked to upload, or of another dossier. `field` is what named it in a body. */
  | { readonly name: 'UnknownScan'; readonly field?: 'rescanFor' }
  /** The dossier holds as many scans, or as many bytes of them, as one may. */
  | { readonly name: 'TooManyScans' }
  /**
   * The uploaded bytes are not what was announced; the object stays in quarantine until it is swept. `field` where
   * content is announced that was refused for what it is.
   */
  | { readonly name: 'ScanRefused'; readonly why: ScanFault; readonly field?: 'sha256' }
  /** The virus check has not looked at it yet, and will have in some seconds. */
  | { readonly name: 'ScanNotReady'; readonly retryAfter: number }
  /** Not readable: not confirmed yet, or refused. */
  | { readonly name: 'ScanNotReadable'; readonly status: string }
  /** A list that this role does not have; `lists` it has. */
  | { readonly name: 'NotYourList'; readonly lists: readonly ListName[] }
  /** The cursor of another list, or of none. */
  | { readonly name: 'CursorRefused'; readonly field?: 'after' }
  /** No such subscription, or none of this caller's unit. */
  | { readonly name: 'UnknownSubscription' }
  /** The unit has as many subscriptions as it may. */
  | { readonly name: 'TooManySubscriptions' }
  /** What comes after this cursor is no longer kept. */
  | { readonly name: 'FeedFellBehind' }
  /** Nobody is called at this address. */
  | { readonly name: 'AddressRefused' }
  /** The subscription is fetched only. */
  | { readonly name: 'NoWebhook' }
  /** No event at this place of the lane, or none that is still kept. */
  | { readonly name: 'UnknownDelivery' };

export type RefusalName = Refusal['name'];

/** Every name, in the order above. */
export const refusalNames = [
  'NoSuchStep',
  'NotYourStep',
  'ProofMissing',
  'ProofMismatch',
  'UnneededDetails',
  'ItemCodeRefused',
  'DateRefused',
  'TooLate',
  'UnknownMatter',
  'SamePerson',
  'TooManyNotes',
  'TooManyRequests',
  'Overtaken',
  'VersionMoved',
  'EventIdReused',
  'IdempotencyKeyReused',
  'UnknownBag',
  'NoSuchPaper',
  'WrongDigits',
  'UnknownDossier',
  'UnknownProcedure',
  'UnknownAgency',
  'UnknownPostOffice',
  'UnknownCommune',
  'UnknownExemption',
  'NotCarriedByPost',
  'NotYourFrontDoor',
  'NotYourUnit',
  'UnknownScan',
  'TooManyScans',
  'ScanRefused',
  'ScanNotReady',
  'ScanNotReadable',
  'NotYourList',
  'CursorRefused',
  'UnknownSubscription',
  'TooManySubscriptions',
  'FeedFellBehind',
  'AddressRefused',
  'NoWebhook',
  'UnknownDelivery',
] as const satisfies readonly RefusalName[];

/** The answer of a rule: the value, or the refusal with its name. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export function granted<T>(value: T): Outcome<T> {
  return { ok: true, value };
}
export function refused(refusal: Refusal): Outcome<never> {
  return { ok: false, refusal };
}
