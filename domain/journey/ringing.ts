/** More of the same phone may be on its way: a date that had passed before it was known waits so long (judged). */
const graceMs = 30 * 60_000;

/**
 * The same event, or head, with the time before which its clock is not heard, where its date had passed already.
 * @param receivedAt epoch milliseconds
 */
export function ringingLater<T extends { readonly dueAt?: number }>(
  what: T,
  receivedAt: number,
): T & { readonly ringsAt?: number } {
  return what.dueAt !== undefined && what.dueAt < receivedAt ? { ...what, ringsAt: receivedAt + graceMs } : what;
}

/** When the clock of a place is heard: on its date, or as soon after it as can be. */
export function ringsOn({
  dueAt,
  ringsAt,
}: {
  readonly dueAt?: number;
  readonly ringsAt?: number;
}): number | undefined {
  return dueAt === undefined ? undefined : (ringsAt ?? dueAt);
}
