import type { Report } from './report.ts';
import type { Note } from './dossier.ts';

/** Is this the report that once became this event, or note? What was clamped then is clamped again before comparing. */
export function sameReport(event: Note, report: Report): boolean {
  return (
    event.type === report.type &&
    event.by.role === report.by.role &&
    event.by.unit === report.by.unit &&
    claimOf(event) ===
      (event.claimedAt === undefined ? Math.min(report.occurredAt, event.receivedAt) : report.occurredAt) &&
    inOrder(event.details) === inOrder(report.details)
  );
}

function claimOf({ claimedAt, occurredAt }: Note): number {
  return claimedAt ?? occurredAt;
}

/** The same text for the same content, in whatever order its fields were written. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
