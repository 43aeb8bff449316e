/** The keys of the table of feeds; what is published of a dossier lies there under the dossier's own key. */

/** Every subscription, by its id. */
export const subscriptionsKey = 'SUBSCRIPTIONS';
/** How many subscriptions a unit has. */
export function ofUnitKey(unit: string): string {
  return `UNIT#${unit}`;
}
/** How far a dossier has been published, in the table of feeds. */
export const publishedKey = 'PUBLISHED';
/** What there is of a subscription beside its entries. */
export function feedKey(subscriptionId: string): string {
  return `FEED#${subscriptionId}`;
}
/** How far a lane goes. */
export function laneKey(lane: number): string {
  return `LANE#${String(lane).padStart(2, '0')}`;
}
/** The entries of a lane. */
export function entriesKey(subscriptionId: string, lane: number): string {
  return `${feedKey(subscriptionId)}#${laneKey(lane)}`;
}
/** Padded so that the order of text is the order of numbers. */
export function entryKey(sequence: number): string {
  return String(sequence).padStart(sequenceDigits, '0');
}
/** A lane that is written a thousand times a second is full after thirty years. */
export const sequenceDigits = 12;
/** How far the calls of a lane are. */
export function sentKey(lane: number): string {
  return `SENT#${String(lane).padStart(2, '0')}`;
}
/** Which of a subscription's senders works. */
export const senderKey = 'SENDER';
/** The calls of a subscription's webhook. */
export function deliveriesKey(subscriptionId: string): string {
  return `DELIVERIES#${subscriptionId}`;
}
/** A call in the order of time. @param at epoch milliseconds */
export function deliveryKey({
  at,
  lane,
  sequence,
}: {
  readonly at: number;
  readonly lane: number;
  readonly sequence: number;
}): string {
  return `${new Date(at).toISOString()}#${laneKey(lane)}#${entryKey(sequence)}`;
}
