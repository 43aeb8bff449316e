/** An instant as people in Vietnam read it: `2026-12-01 08:00:00 +07:00`. */
export function vietnamTime(instant: number): string {
  return `${new Date(instant + 7 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')} +07:00`;
}
