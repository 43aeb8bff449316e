import type { Dossier, JourneyEvent } from '../../domain/journey/dossier.ts';
import { asJudged } from '../../domain/journey/judged.ts';

/**
 * What is legally true of a dossier, whatever the order in which it became known, and however often somebody was told.
 */
export function legalTruth(dossier: Dossier, events: readonly JourneyEvent[]) {
  const { version, milestone, idle, reminders, dueAt, ringsAt, digest, judgedAnewAt, ...legal } = dossier;
  return {
    legal,
    overdue: reminders > 0,
    // A reminder is told when it is told; a date that nobody has been reminded of is a date.
    dueAt: reminders > 0 ? undefined : dueAt,
    timeline: asJudged(events)
      .standing.filter(({ type }) => type !== 'DeadlinePassed')
      .map(({ type, occurredAt, from, to, by }) => ({ type, occurredAt, from, to, by: by.role })),
  };
}
