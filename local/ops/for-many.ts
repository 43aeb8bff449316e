import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoDesk } from '../../adapters/dynamodb/book.ts';
import { dynamoDue } from '../../adapters/dynamodb/due.ts';
import { takeIn } from '../../domain/intake/take-in.ts';
import { decide } from '../../domain/journey/decide.ts';
import { officeOf, type Dossier } from '../../domain/journey/dossier.ts';
import type { Details, EventType } from '../../domain/journey/events.ts';
import type { Report } from '../../domain/journey/report.ts';
import { farAway } from './connection.ts';

/** One fact that ops record about every open dossier that it concerns. */
export interface FactForMany {
  readonly type: Extract<EventType, 'UnitSucceeded' | 'DatesMoved'>;
  /** The same each time the command is given: what was recorded is not recorded twice. */
  readonly eventId: string;
  readonly details: Details;
  readonly concerns: (dossier: Dossier) => boolean;
}

/** What it makes of one dossier, in words; `undefined` where it changes nothing. */
export type Outcome = (before: Dossier, after: Dossier) => string | undefined;

/**
 * Shows what a fact would make of every open dossier that it concerns, and records it where that is asked for. Given
 * again it goes on where it was ended, and records nothing twice.
 * @param now epoch milliseconds, by the clock of the system that is meant
 * @returns a line for each dossier, and a sentence
 */
export async function forMany(
  client: DynamoDBDocumentClient,
  table: string,
  now: () => number,
  { type, eventId, details, concerns }: FactForMany,
  outcome: Outcome,
  isApplied: boolean,
): Promise<string> {
  // Nothing is said of people, so their table is never asked.
  const book = dynamoDesk(client, { book: table, people: 'none' });
  const lines: string[] = [];
  let [changed, refused, recorded] = [0, 0, 0];
  for await (const { dossierId, kind } of dynamoDue(client, table).dueBefore(farAway)) {
    const dossier = kind === 'clock' ? await book.head(dossierId) : undefined;
    if (dossier === undefined || !concerns(dossier)) continue;
    const report: Report = { eventId, type, occurredAt: now(), by: { role: 'ops', unit: 'ops' }, details };
    const decision = decide(dossier, report, now(), await book.timeline(dossierId));
    if (!decision.ok) {
      refused += 1;
      lines.push(`${dossierId} in ${dossier.place}: refused, ${decision.refusal.name}`);
      continue;
    }
    const words = outcome(dossier, decision.value.dossier);
    if (words === undefined || (await book.eventById(dossierId, eventId)) !== undefined) continue;
    changed += 1;
    lines.push(`${dossierId} in ${dossier.place}: ${words}`);
    if (!isApplied) continue;
    const taken = await takeIn({ book, now, pause: async () => undefined }, { dossierId, report, personal: {} });
    if ('refusal' in taken) lines.push(`  not recorded: ${taken.refusal.name}`);
    else recorded += 1;
  }
  const isEmpty =
    changed === 0 ? 'There is nothing to record.' : 'Nothing is recorded yet: give it again with --apply.';
  const sentence = isApplied ? `Recorded for ${recorded} open dossiers.` : `${changed} open dossiers. ${isEmpty}`;
  return `${[...lines, sentence, ...(refused === 0 ? [] : [`Refused for ${refused}.`])].join('\n')}\n`;
}

/** Whether a post office or agency is on a dossier's route. */
export function isOnRoute(dossier: Dossier, unit: string): boolean {
  const { postOfficeId, deliveryPostOfficeId, agencyId } = dossier;
  return [postOfficeId, deliveryPostOfficeId, agencyId, officeOf(agencyId)].includes(unit);
}

/** How dates have moved, in words; undefined where none has. */
export const movedDates: Outcome = (before, after) => {
  const datesIn = ({ dueAt, terms = [] }: Dossier): ReadonlyMap<string, number | undefined> =>
    new Map([['due', dueAt], ...terms.map(({ kind, dueAt: at }) => [kind, at] as const)]);
  const was = datesIn(before);
  const moved = [...datesIn(after)].filter(([name, at]) => at !== was.get(name));
  const shown = (at: number | undefined): string => (at === undefined ? 'none' : new Date(at).toISOString());
  return moved.length === 0
    ? undefined
    : moved.map(([name, at]) => `${name} ${shown(was.get(name))} → ${shown(at)}`).join(', ');
};
