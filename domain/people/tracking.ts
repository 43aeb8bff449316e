import { inLegalOrder } from '../journey/judge.ts';
import { asJudged, movesPaper } from '../journey/judged.ts';
import type { Dossier, JourneyEvent } from '../journey/dossier.ts';
import type { TrackingReader } from '../ports/book.ts';

/** What whoever holds the code on the slip sees of a dossier: no names, no procedure, no offices. */
export interface Tracked extends Pick<Dossier, 'trackingCode' | 'place' | 'dueAt'> {
  /** What moved the paper, in legal order. */
  readonly stages: readonly Pick<JourneyEvent, 'type' | 'occurredAt' | 'doubt'>[];
}

/** The public's narrow door. @returns undefined for a code that nobody was given */
export type Track = (trackingCode: string) => Promise<Tracked | undefined>;

/** More than a journey has: one with thousands of reminders costs no more to track. */
const mostEvents = 100;

/** Lets the public follow the dossiers of this book. */
export function trackingIn(book: TrackingReader): Track {
  return async (code) => {
    const dossierId = await book.dossierIdOf(code);
    const dossier = dossierId === undefined ? undefined : await book.head(dossierId);
    if (dossier === undefined) return undefined;
    const { trackingCode, place, dueAt } = dossier;
    const stages = (await stagesOf(book, dossier)).map(({ type, occurredAt, doubt }) => ({
      type,
      occurredAt,
      ...(doubt === undefined ? {} : { doubt }),
    }));
    return { trackingCode, place, ...(dueAt === undefined ? {} : { dueAt }), stages };
  };
}

/** One short read, or each by its number where reminders lie between. */
async function stagesOf(book: TrackingReader, { dossierId, version, idle }: Dossier): Promise<readonly JourneyEvent[]> {
  if (version <= mostEvents) return asJudged(await book.newest(dossierId, mostEvents)).standing.filter(movesPaper);
  const others = new Set(idle);
  const numbers = Array.from({ length: version }, (_none, index) => index + 1).filter((number) => !others.has(number));
  const found = await book.numbered(dossierId, numbers.slice(-mostEvents));
  return found.filter(movesPaper).toSorted(inLegalOrder);
}
