import { ringClock } from '../../domain/execution/ring-clock.ts';
import { takeIn, type Said } from '../../domain/intake/take-in.ts';
import type { Dossier, JourneyEvent, Note } from '../../domain/journey/dossier.ts';
import { fold } from '../../domain/journey/evolve.ts';
import { asJudged, movesPaper } from '../../domain/journey/judged.ts';
import type { Matter } from '../../domain/journey/matters.ts';
import type { BookReader, TimelineReader } from '../../domain/ports/book.ts';
import { memoryBook, type MemoryBook } from '../doubles/book.ts';
import { legalTruth } from './legal.ts';

const hour = 3_600_000;

/** Everything that the book says of a dossier. */
export interface Kept {
  readonly dossierId: string;
  readonly head: Dossier | undefined;
  readonly events: readonly JourneyEvent[];
  readonly notes: readonly Note[];
}

/** What was accepted, and, of what a phone told, when it really happened. */
export interface Accepted {
  readonly said: Pick<Said, 'dossierId'> & { readonly report: Pick<Said['report'], 'eventId' | 'type'> };
  readonly happenedAt?: number;
}

export async function lookUp(book: BookReader & TimelineReader, dossierId: string): Promise<Kept> {
  const [head, events, notes] = await Promise.all([
    book.head(dossierId),
    book.timeline(dossierId),
    book.notes(dossierId, 10_000),
  ]);
  return { dossierId, head, events, notes };
}

/**
 * What holds of a dossier at every moment at which nobody is writing.
 * @param desk what has to be settled of it
 * @param secret a word that may stand nowhere in the book
 * @returns what does not hold, in words
 */
export function wrongInBook(
  { dossierId, head, events, notes }: Kept,
  desk: readonly Pick<Matter, 'kind'>[],
  accepted: Iterable<Accepted>,
  secret: string,
): string | undefined {
  if (head === undefined) return `${dossierId} is not in the book`;
  const wrong = (words: string): string => `${dossierId} at ${head.place}: ${words}`;
  if (events.some(({ number }, index) => number !== index + 1)) return wrong('the numbers of its events have a gap');
  const all = [...events, ...notes];
  if (new Set(all.map(({ eventId }) => eventId)).size !== all.length) return wrong('an event is in the book twice');
  for (const { said, happenedAt } of accepted) {
    if (said.dossierId !== dossierId) continue;
    const kept = all.find(({ eventId }) => eventId === said.report.eventId);
    if (kept === undefined) return wrong(`${said.report.type} was accepted and is not in the book`);
    if (happenedAt !== undefined && kept.occurredAt !== happenedAt)
      return wrong(`${said.report.type} stands at another time than it happened`);
  }
  if (JSON.stringify(sorted(fold(events))) !== JSON.stringify(sorted(head)))
    return wrong('the head is not what its events make of it');
  if (JSON.stringify([head, events, notes]).includes(secret)) return wrong('the book names a person');
  const { standing, pending } = asJudged(events);
  const rung = standing.filter(({ by }) => by.role === 'clock').map(({ type, occurredAt }) => `${type} ${occurredAt}`);
  if (new Set(rung).size !== rung.length) return wrong('somebody was told twice of one date');
  const placeless = desk.filter(({ kind }) => kind === 'parked' || kind === 'contradiction');
  return placeless.length === pending.length
    ? undefined
    : wrong(`${pending.length} facts have no place, and ${placeless.length} lie on a desk`);
}

/**
 * Tells the facts of a dossier once more, on an empty desk, in another order.
 * @param now epoch milliseconds
 * @returns what is otherwise then, in words; undefined also when a decision comes too early
 */
export async function otherwiseInAnotherOrder(
  { dossierId, head, events }: Kept,
  now: number,
): Promise<string | undefined> {
  const [first, ...later] = events;
  if (head === undefined || first === undefined) return undefined;
  const book = memoryBook();
  book.lay(fold([first]), [first]);
  // What a clock said is said by the clock again.
  let left = later.filter(({ by }) => by.role !== 'clock').toSorted((one, other) => scrambled(one) - scrambled(other));
  while (left.length > 0) {
    const refused: JourneyEvent[] = [];
    for (const event of left) {
      const taken = await takeIn(
        { book, now: () => now - 2 * hour, pause: async () => undefined },
        saidAgain(dossierId, event),
      );
      if ('refusal' in taken) refused.push(event);
    }
    if (refused.length === left.length) return undefined;
    left = refused;
  }
  for (const instant of [now - hour / 2, now]) await ringAll(book, dossierId, instant);
  const again = await book.head(dossierId);
  // A new tracking code is drawn by the system, and is no part of what was said.
  const other = again && { ...again, trackingCode: head.trackingCode };
  if (other === undefined) return undefined;
  const eventsAgain = await book.timeline(dossierId);
  if (isOvertaken(events, eventsAgain)) return undefined;
  const [told, toldAgain] = [legalTruth(head, events), legalTruth(other, eventsAgain)];
  return JSON.stringify(sorted(told)) === JSON.stringify(sorted(toldAgain))
    ? undefined
    : `the same events in another order make something else: ${difference(toldAgain, told)}`;
}

/**
 * Whether what happened after a clock had run out was told, in one of two orders, before it rang: there the fact stands
 * where the papers were, and here where the clock led them, or it is kept for a person.
 */
function isOvertaken(...orders: readonly [readonly JourneyEvent[], readonly JourneyEvent[]]): boolean {
  const judged = orders.map(asJudged);
  const rung = judged.map(({ standing }) =>
    standing
      .filter(({ by, type }) => by.role === 'clock' && type !== 'DeadlinePassed')
      .map(({ occurredAt }) => occurredAt),
  );
  const once = rung.flatMap((some, index) => some.filter((date) => rung[1 - index]?.includes(date) !== true));
  const facts = judged.flatMap(({ standing, pending }) => [...standing.filter(movesPaper), ...pending]);
  return once.some((date) => facts.some(({ by, occurredAt }) => by.role !== 'clock' && occurredAt > date));
}

/** Whatever is due by an instant is rung. */
async function ringAll(book: MemoryBook, dossierId: string, now: number): Promise<void> {
  for (let version = 0; ;) {
    const rung = await ringClock(book, dossierId, () => now);
    if (rung.version === version) return;
    version = rung.version;
  }
}

/** Some order that is not that of the numbers, and always the same. */
function scrambled({ number }: JourneyEvent): number {
  return (number * 7919) % 101;
}

function saidAgain(dossierId: string, { eventId, type, occurredAt, by, details, device }: JourneyEvent): Said {
  const report = { eventId, type, occurredAt, by, details, ...(device === undefined ? {} : { device }) };
  return { dossierId, report, personal: {} };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}

/** Where two accounts of one dossier part. */
function difference(one: Legal, other: Legal): string {
  const lines = ({ timeline, legal, overdue, dueAt }: Legal): readonly string[] => [
    ...timeline.map(
      ({ type, occurredAt, from, to }) => `${type} ${new Date(occurredAt).toISOString()} ${from} → ${to}`,
    ),
    ...Object.entries({ ...legal, overdue, dueAt }).map(
      ([field, value]) => `${field} ${JSON.stringify(sorted(value))}`,
    ),
  ];
  const [first, second] = [lines(one), lines(other)];
  return [
    ...first.filter((line) => !second.includes(line)).map((line) => `\n  + ${line}`),
    ...second.filter((line) => !first.includes(line)).map((line) => `\n  - ${line}`),
  ].join('');
}
type Legal = ReturnType<typeof legalTruth>;
