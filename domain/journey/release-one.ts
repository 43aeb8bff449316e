import type { Dossier, JourneyEvent, Opening } from './dossier.ts';
import { remarks, rules, stands, type Effect } from './rules.ts';

/** The law that stood when events did not yet say under which they were decided. */
const edition = { law: 1, calendar: 'VN-2026-2027.1' } as const;

type Unsaid = Pick<JourneyEvent, 'effects' | 'edition'>;

/**
 * What an event of the first release does not say of itself: there was one law, so the table tells.
 */
export function unsaidInReleaseOne({
  type,
  from,
  to,
  milestone,
}: Pick<JourneyEvent, 'type' | 'from' | 'to' | 'milestone'>): Unsaid {
  const lines: readonly { readonly effects?: readonly Effect[] }[] = milestone
    ? rules.filter((rule) => stands(rule, edition.law) && rule.from === from && rule.on === type && rule.to === to)
    : remarks.filter((remark) => stands(remark, edition.law) && remark.on === type);
  return { effects: lines[0]?.effects ?? [], edition };
}

/**
 * The events of a dossier that the first release opened, as today's code folds them: what was fixed at the registration
 * stood in the head alone, and the agency's date was moved by the time that a supplement took, to the millisecond.
 * @param head the dossier as it was stored
 */
export function completedFromReleaseOne(events: readonly JourneyEvent[], head: Dossier): readonly JourneyEvent[] {
  let promised: number | undefined;
  let since = 0;
  return events.map((event) => {
    const arrivedAt = Math.max(event.occurredAt, since);
    const waited = arrivedAt - since;
    if (event.milestone) since = arrivedAt;
    if (event.number === 1) return { ...event, opened: openingOf(head, events) };
    if (!event.effects.includes('set-result-date')) return event;
    const moved = event.from === 'SupplementRequested' && promised !== undefined ? promised + waited : undefined;
    promised = event.details.resultDueAt ?? moved ?? promised;
    return promised === undefined ? event : { ...event, resultDueAt: promised };
  });
}

function openingOf(head: Dossier, events: readonly JourneyEvent[]): Opening {
  const wasRedirected = events.some(({ effects }) => effects.includes('redirect'));
  return {
    dossierId: head.dossierId,
    trackingCode: head.trackingCode,
    personId: head.personId,
    frontDoor: head.frontDoor,
    procedureCode: head.procedureCode,
    agencyId: head.agencyId,
    postOfficeId: head.postOfficeId,
    // Where it was to be delivered at first is not written down; the redirections that followed are.
    deliveryPostOfficeId: wasRedirected ? head.postOfficeId : head.deliveryPostOfficeId,
    communeId: head.communeId,
    remote: head.remote,
    returnByPost: head.returnByPost,
    charges: head.charges,
  };
}
