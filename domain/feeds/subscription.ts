import { officeOf, type JourneyEvent, type Note, type Party, type Route } from '../journey/dossier.ts';
import type { EventType } from '../journey/events.ts';
import { mayDo } from '../people/rights.ts';
import type { Role } from '../roles.ts';
import type { Webhook } from './webhook.ts';

/** What a subscriber wants to hear of; what is left out is not narrowed. */
export interface FeedFilter {
  readonly types?: readonly EventType[];
  readonly agencies?: readonly string[];
  /** Post offices on the way: where it came in, where it is delivered, the one beside the agency. */
  readonly offices?: readonly string[];
}

/** Who hears of which dossiers, from when on. Epoch milliseconds. */
export interface Subscription {
  readonly subscriptionId: string;
  /** Whose right decides what is heard: a role and its unit. */
  readonly party: { readonly role: Role; readonly unit: string };
  readonly filter: FeedFilter;
  readonly createdAt: number;
  /** Never changed. */
  readonly lanes: number;
  /** Where its events are sent; absent where they are fetched only. */
  readonly webhook?: Webhook;
}

/**
 * Of one unit so many at most: a portal, three offices and an agency may hear of one dossier. Each subscription writes
 * two items, and the dossier's position is one more: 81 of the 100 of a transaction, which leaves nine to feeds of the
 * system's own.
 */
export const mostOfAUnit = 8;

/** So long an entry of a lane, and a delivery, is kept. */
export const keptForMs = 30 * 24 * 3_600_000;

/** What was being received while somebody subscribed is heard, rather than lost between two clocks. */
const fromBeforeMs = 60_000;

/**
 * Whether a subscription hears of an arrival: its party has, or had until then, a right to read the dossier, and the
 * filter lets it through. A function of what is in the book, so that whoever publishes again decides the same.
 * @param route the dossier's, before the arrival and after it: alike for all that moves it to nobody else
 */
export function hears(
  { party, filter, createdAt }: Subscription,
  { type, receivedAt }: Pick<JourneyEvent | Note, 'type' | 'receivedAt'>,
  route: { readonly before: Route; readonly after: Route },
): boolean {
  if (receivedAt < createdAt - fromBeforeMs) return false;
  if (filter.types?.includes(type) === false) return false;
  return [route.before, route.after].some(
    (one) =>
      mayDo(one, party, 'read') &&
      (filter.agencies?.includes(one.agencyId) ?? true) &&
      (filter.offices?.some((office) => officesOf(one).includes(office)) ?? true),
  );
}

function officesOf({ postOfficeId, deliveryPostOfficeId, agencyId }: Route): readonly (string | undefined)[] {
  return [postOfficeId, deliveryPostOfficeId, officeOf(agencyId)];
}

/** Whether a subscription is this caller's: of a portal its own client's, else of his unit. */
export function isOwn({ party }: Pick<Subscription, 'party'>, caller: Party): boolean {
  return party.unit === caller.unit && (party.role === 'portal') === (caller.role === 'portal');
}
