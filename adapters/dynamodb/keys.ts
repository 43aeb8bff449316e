/**
 * The keys of the book. Every item of one dossier shares its partition; a tracking code and a registration have one of
 * their own.
 */
export function dossierKey(dossierId: string): string {
  return `DOSSIER#${dossierId}`;
}
/** The dossier a partition belongs to; undefined for other partitions. */
export function dossierIdIn(pk: string): string | undefined {
  return /^DOSSIER#(.+)$/.exec(pk)?.[1];
}
export const head = 'HEAD';
/** The definitions of executions know this key. */
export const execution = 'WAIT';
/** Event numbers are padded so that their text order is their order. */
export function eventKey(number: number): string {
  return `EVENT#${String(number).padStart(6, '0')}`;
}
/** Something that arrived in a dossier's partition: an event by its number, a note by its key. */
export type ArrivalKey = { readonly number: number } | { readonly note: string };
/** Which of them a sort key names; undefined for other items. */
export function arrivalIn(sk: string): ArrivalKey | undefined {
  const [, number] = /^EVENT#(\d+)$/.exec(sk) ?? [];
  if (number !== undefined) return { number: Number(number) };
  return sk.startsWith('NOTE#') ? { note: sk } : undefined;
}
/** The number of an event's key; undefined for other items. */
export function eventNumberIn(sk: string): number | undefined {
  const [, number] = /^EVENT#(\d{6})$/.exec(sk) ?? [];
  return number === undefined ? undefined : Number(number);
}
export function eventIdKey(eventId: string): string {
  return `EVENTID#${eventId}`;
}
export function scanKey(scanId: string): string {
  return `SCAN#${scanId}`;
}
/** The room that all of a dossier's scans take. */
export const scanRoom = 'SCANS';
export function findingKey(kind: string): string {
  return `FINDING#${kind}`;
}
/** What is noted apart from the events, in the order of its arrival. @param receivedAt ISO 8601 */
export function noteKey(receivedAt: string, eventId: string): string {
  return `NOTE#${receivedAt}#${eventId}`;
}
/** Counts a day's notes. @param day `YYYY-MM-DD`, local */
export function noteCountKey(day: string): string {
  return `NOTES#${day}`;
}
export function matterKey({ kind, eventId }: { readonly kind: string; readonly eventId: string }): string {
  return `MATTER#${kind}#${eventId}`;
}
/** Which matter a sort key names; undefined for other items. */
export function matterIn(sk: string): { readonly kind: string; readonly eventId: string } | undefined {
  const [, kind, eventId] = /^MATTER#([^#]+)#(.+)$/.exec(sk) ?? [];
  return kind === undefined || eventId === undefined ? undefined : { kind, eventId };
}
/** A look in the table of looks, in the order of time. */
export function lookKey({ at, requestId }: { readonly at: number; readonly requestId: string }): string {
  return `LOOK#${new Date(at).toISOString()}#${requestId}`;
}
/** What somebody is told of a dossier. @param telling as in `tellingKey` */
export function tellingItemKey(telling: string): string {
  return `TELLING#${telling}`;
}
/** Something has arrived of a dossier, and people may have to be told. */
export const announcement = 'ANNOUNCED';
/** What people are to be told, in the index of what is due. */
export const dueTellings = 'TELLINGS';
/** How often a paper was printed. */
export function printKey(paper: string): string {
  return `PRINT#${paper}`;
}
export function trackingKey(trackingCode: string): string {
  return `TRACKING#${trackingCode}`;
}
/** The partition of tracking codes that ended before their time. */
export const endedCodes = 'ENDED';
/** In the order of time. */
export function endedCodeKey({
  receivedAt,
  eventId,
}: {
  readonly receivedAt: number;
  readonly eventId: string;
}): string {
  return `CODE#${new Date(receivedAt).toISOString()}#${eventId}`;
}
export function itemCodeKey(itemCode: string): string {
  return `ITEM#${itemCode}`;
}
/** Whatever bears an agency's code: each dossier has an item of its own under it, for agencies mistype. */
export function officialCodeKey(officialCode: string): string {
  return `OFFICIAL#${officialCode}`;
}
/** What was counted on a unit's desk. */
export function deskCountsKey(unit: string): string {
  return `DESK#${unit}`;
}
/** A device by its unit's word: none can speak for another's. */
export function deviceKey(unit: string, deviceId: string): string {
  return `DEVICE#${unit}#${deviceId}`;
}
export function bagKey(bagCode: string): string {
  return `BAG#${bagCode}`;
}
export const manifest = 'MANIFEST';
export function bagFactKey(eventId: string): string {
  return `FACT#${eventId}`;
}
/** Which fact of which bag a key names; undefined for other items. */
export function bagFactIn(pk: string, sk: string): { readonly bagCode: string; readonly eventId: string } | undefined {
  const [, bagCode] = /^BAG#(.+)$/.exec(pk) ?? [];
  const [, eventId] = /^FACT#(.+)$/.exec(sk) ?? [];
  return bagCode === undefined || eventId === undefined ? undefined : { bagCode, eventId };
}
export function registrationKey(fingerprint: string): string {
  return `REGISTRATION#${fingerprint}`;
}
/** What was answered under an Idempotency-Key. */
export function answerKey(fingerprint: string): string {
  return `ANSWER#${fingerprint}`;
}
export const answerOf = 'ANSWER';
export function personKey(personId: string): string {
  return `PERSON#${personId}`;
}
export const applicant = 'APPLICANT';
export function contactKey(eventId: string): string {
  return `CONTACT#${eventId}`;
}
export function receiverKey(eventId: string): string {
  return `RECEIVER#${eventId}`;
}
