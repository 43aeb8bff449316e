import type { Said } from '../intake/take-in.ts';
import { takeInAll, type TakenOfMany } from '../intake/take-in-all.ts';
import type { Intake } from '../intake/take-in.ts';
import { isParty, type Device, type Dossier, type Party } from '../journey/dossier.ts';
import type { Details, EventType } from '../journey/events.ts';

/** What can be said of a whole bag: it changes hands, or is seen on the way. */
export const bagTypes = [
  'Dispatched',
  'Scanned',
  'HandoverOffered',
  'HandedToAgency',
  'HandoverDisputed',
  'ResultCollected',
  'ReturnCollected',
  'ReturnedToAgency',
] as const satisfies readonly EventType[];

/** What is said of one dossier in a bag, where it is not what is said of the whole. */
export interface BagLine {
  readonly dossierId: string;
  readonly type?: (typeof bagTypes)[number];
  readonly details?: Details;
}

/** One fact about a bag: it is accepted first, and its dossiers follow. */
export interface BagFact {
  readonly bagCode: string;
  readonly eventId: string;
  readonly type: (typeof bagTypes)[number];
  readonly occurredAt: number;
  readonly by: Party;
  readonly device?: Device;
  readonly details: Details;
  readonly lines: readonly BagLine[];
  /** When it was kept, in epoch milliseconds. */
  readonly keptAt: number;
}

/** The bags of the book. */
export interface Bags {
  /** The dossiers that were put into a bag last; undefined for none. */
  manifest(bagCode: string): Promise<readonly string[] | undefined>;
  /** These are in the bag from now on. */
  pack(bagCode: string, dossierIds: readonly string[]): Promise<void>;
  /**
   * Keeps the fact, to be finished by whoever looks for what is due, should this process die.
   * @param dueAt epoch milliseconds
   * @returns `known` where it was kept before
   */
  keep(fact: BagFact, dueAt: number): Promise<'kept' | 'known'>;
  fact(bagCode: string, eventId: string): Promise<BagFact | undefined>;
  /** Nothing of it is left to be done. */
  finish(bagCode: string, eventId: string): Promise<void>;
}

/** What became of one dossier of a bag. */
export interface BagOutcome {
  readonly said: Said;
  readonly taken: TakenOfMany;
}

/**
 * Takes in what a bag's fact says of each of its dossiers, once each, however often it is done. What is not said of a
 * dossier is as on its slip: whoever hands fifty over with one scan says of each that it is whole.
 * @returns what became of each, in the order of the lines
 */
export async function takeInBag(intake: Intake, fact: BagFact): Promise<readonly BagOutcome[]> {
  const { book } = intake;
  const all: (BagOutcome | Said)[] = [];
  for (const [index, line] of fact.lines.entries()) {
    const eventId = `bag.${fact.eventId}.${index}`;
    const [dossier, known] = await Promise.all([book.head(line.dossierId), book.eventById(line.dossierId, eventId)]);
    const type = line.type ?? fact.type;
    // Where something else happened, what is said of the rest of the bag says nothing of it.
    const ofAll = line.type === undefined ? fact.details : {};
    const details = { ...(dossier === undefined ? {} : asOnSlip(dossier, type)), ...ofAll, ...line.details };
    const { occurredAt, by, device } = fact;
    const said: Said = {
      dossierId: line.dossierId,
      report: { eventId, type, occurredAt, by, ...(device === undefined ? {} : { device }), details },
      personal: {},
    };
    if (dossier === undefined || known === undefined || !isParty(dossier, by)) all.push(said);
    else
      all.push({
        said,
        taken: 'number' in known ? { event: known, isNew: false, dossier } : { note: known, isNew: false, dossier },
      });
  }
  const open = all.filter((one): one is Said => 'report' in one);
  const taken = await takeInAll(intake, open);
  const outcomes = new Map(open.map((said, index) => [said, taken[index] ?? { isNotReached: true as const }]));
  return all.map((one) => ('taken' in one ? one : { said: one, taken: outcomes.get(one) ?? { isNotReached: true } }));
}

/** `takeInAndPack` with its book and bags. */
export type TakeInBag = (fact: BagFact) => Promise<readonly BagOutcome[]>;

/** With these a bag is packed; whatever else is said of it leaves in it what is in it. */
const packing: readonly EventType[] = ['Dispatched', 'ResultCollected', 'ReturnCollected'];

/**
 * Does all that a bag's fact asks for, as far as it can be done now: its dossiers, and what is in the bag then. That is
 * only what was taken in, so that nobody puts into a bag what is none of his.
 */
export async function takeInAndPack(intake: Intake, bags: Bags, fact: BagFact): Promise<readonly BagOutcome[]> {
  const outcomes = await takeInBag(intake, fact);
  const inside = outcomes.flatMap(({ said, taken }) => ('isNew' in taken ? [said.dossierId] : []));
  if (packing.includes(fact.type) && inside.length > 0) await bags.pack(fact.bagCode, inside);
  if (isDone(outcomes)) await bags.finish(fact.bagCode, fact.eventId);
  return outcomes;
}

/** Whether nothing is left to be tried again. */
export function isDone(outcomes: readonly BagOutcome[]): boolean {
  return outcomes.every(({ taken }) => !('thrown' in taken) && !('isNotReached' in taken));
}

function asOnSlip({ papers, charges }: Dossier, type: EventType): Details {
  if (type !== 'HandedToAgency') return {};
  return { ...(papers === undefined ? {} : { papers }), sealIntact: true, feeHandedOver: charges.stateFee };
}
