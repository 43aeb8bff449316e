import { addWorkingDays, postCalendar } from '../calendar/working-calendar.ts';
import { actingUnit } from './acting-unit.ts';
import { isParty, type Dossier, type JourneyEvent } from './dossier.ts';
import { termFacts, termKinds, type TermKind } from './terms.ts';

/**
 * What somebody has to settle: a fact that is early and waits for another one, a fact that contradicts others, a
 * difference between what was handed over and what the book knew, a proof that is still to come.
 */
const kindsOfEvents = ['parked', 'contradiction', 'dispute', 'proof-pending'] as const;
type KindOfEvent = (typeof kindsOfEvents)[number];
/** Those, and the statutory terms that run. */
export const matterKinds = [...kindsOfEvents, ...termKinds] as const;
export type MatterKind = KindOfEvent | TermKind;

/** One of them, about one event: a row on its owner's desk until it is settled, with a date of its own. */
export interface Matter {
  readonly kind: MatterKind;
  readonly eventId: string;
  /** The post office or agency that has to see to it. */
  readonly owner: string;
  /** Epoch milliseconds, as the other. */
  readonly openedAt: number;
  readonly dueAt: number;
}

/** What one step changes of them. */
export interface MatterChanges {
  readonly opened: readonly Matter[];
  readonly closed: readonly Matter[];
}

/** Nothing to settle. */
export const noMatters: MatterChanges = { opened: [], closed: [] };

/** In words for people. */
export const matterWords: Record<MatterKind, { readonly vi: string; readonly en: string }> = {
  'parked': { vi: 'Chờ sự kiện trước đó', en: 'Waits for an earlier event' },
  'contradiction': { vi: 'Mâu thuẫn với diễn biến đã ghi', en: 'Contradicts what is recorded' },
  'dispute': { vi: 'Số liệu giao nhận có sai lệch', en: 'Differs from what the book knew' },
  'proof-pending': { vi: 'Chờ bổ sung bằng chứng', en: 'Proof still to come' },
  ...termFacts,
};

/**
 * Working days of the post until a matter should be settled. Judged: what waits for others has two, what somebody can
 * look into at once has one.
 */
const workingDays: Record<KindOfEvent, number> = { 'parked': 2, 'contradiction': 1, 'dispute': 1, 'proof-pending': 1 };

/** What is open of a dossier: about its events, and the terms that run. @param events as they are judged now */
export function mattersOf(events: readonly JourneyEvent[], dossier: Dossier): readonly Matter[] {
  return [...mattersAbout(events, dossier), ...(dossier.terms ?? [])];
}

/**
 * What is open about a dossier's events.
 * @param events as they are judged now
 * @param dossier as it is now: what waits for others is on the desk of whoever acts next
 */
export function mattersAbout(events: readonly JourneyEvent[], dossier: Dossier): readonly Matter[] {
  const closings = events.filter(({ type }) => type === 'MatterSettled' || type === 'ProofSupplied');
  return events.flatMap((event) =>
    kindsOf(
      event,
      closings.filter(({ details }) => details.concerns === event.eventId),
    ).map((kind) => ({
      kind,
      eventId: event.eventId,
      owner: ownerOf(kind, event, dossier),
      openedAt: event.receivedAt,
      dueAt: addWorkingDays(event.receivedAt, workingDays[kind], postCalendar),
    })),
  );
}

function kindsOf(event: JourneyEvent, closings: readonly JourneyEvent[]): readonly KindOfEvent[] {
  if (event.standing === 'parked') return ['parked'];
  if (event.standing === 'contradicts') return ['contradiction'];
  if (event.standing !== undefined) return [];
  const isSettled = closings.some(({ type }) => type === 'MatterSettled');
  const isProven = (event.proofPending ?? []).every((detail) =>
    closings.some(({ details }) => details[detail] !== undefined),
  );
  return [
    ...(event.disputes === undefined || isSettled ? [] : (['dispute'] as const)),
    ...(isProven || isSettled ? [] : (['proof-pending'] as const)),
  ];
}

function ownerOf(kind: MatterKind, { by }: JourneyEvent, dossier: Dossier): string {
  // Whoever is on the route no more, because another unit has taken over, settles nothing.
  const reporter = by.role === 'portal' || !isParty(dossier, by) ? dossier.postOfficeId : by.unit;
  return kind === 'parked' ? (actingUnit(dossier) ?? reporter) : reporter;
}

/** What a step opens, and what it closes. */
export function changesOf(before: readonly Matter[], after: readonly Matter[]): MatterChanges {
  const inList = (list: readonly Matter[], { kind, eventId }: Matter): Matter | undefined =>
    list.find((one) => one.kind === kind && one.eventId === eventId);
  return {
    // One that has another owner or date is written anew.
    opened: after.filter((matter) => {
      const was = inList(before, matter);
      return was?.owner !== matter.owner || was.dueAt !== matter.dueAt;
    }),
    closed: before.filter((matter) => inList(after, matter) === undefined),
  };
}
