import type { JourneyEvent, Note, Party } from '../journey/dossier.ts';
import type { DocumentLine, EventType } from '../journey/events.ts';
import { asItHappened, type AsJudged } from '../journey/judged.ts';

/** Who has a document: at every instant one, or nobody knows since when, and who signed for it last. */
export type Holder =
  | { readonly kind: 'citizen' }
  | { readonly kind: 'post' | 'agency'; readonly unit: string }
  | { readonly kind: 'unknown'; readonly since: number; readonly lastSigner: string };

/** One line of the list of documents, with who has it now. */
export interface HeldDocument extends Omit<DocumentLine, 'state' | 'reason'> {
  readonly holder: Holder;
  /** As it was found when it was last counted; absent for whole. */
  readonly state?: 'damaged' | 'refused';
}

/** One change of hands. Times are epoch milliseconds. */
export interface HandOver {
  readonly eventId: string;
  readonly type: EventType;
  readonly at: number;
  readonly from: Holder;
  readonly to: Holder;
  /** How many lines of the list changed hands. */
  readonly lines: number;
  /**
   * `both`: who gave said so and who received confirmed it, or both signed one paper; `giver` and `receiver`: the other
   * side has not been heard.
   */
  readonly signed: 'both' | 'giver' | 'receiver';
}

/** Where the chain is broken, and who has to mend it. */
export interface Break {
  readonly kind: 'missing' | 'refused' | 'counts-differ' | 'one-sided';
  readonly eventId: string;
  readonly since: number;
  readonly owner: string;
}

export interface Custody {
  readonly documents: readonly HeldDocument[];
  readonly chain: readonly HandOver[];
  readonly breaks: readonly Break[];
}

type Told = JourneyEvent | Note;

interface Step {
  /** What it takes: inbound papers, what the agency gives out, or both. */
  readonly moves: 'dossier' | 'result' | 'taken-back' | 'all';
  readonly to: (by: Party, event: Told) => Holder;
  /** A list here is of what is new, not of what is known. */
  readonly brings?: true;
}

const citizen: Holder = { kind: 'citizen' };
function post({ unit }: Party): Holder {
  return { kind: 'post', unit };
}

/** The facts by which documents change hands. */
function stepOf(type: EventType, agency: string): Step | undefined {
  const toAgency = (): Holder => ({ kind: 'agency', unit: agency });
  const steps: Partial<Record<EventType, Step>> = {
    Collected: { moves: 'dossier', to: post, brings: true },
    LodgedAtAgency: { moves: 'dossier', to: toAgency, brings: true },
    SupplementSent: { moves: 'dossier', to: post, brings: true },
    HandedToAgency: { moves: 'dossier', to: toAgency },
    SupplementReceived: { moves: 'dossier', to: toAgency, brings: true },
    DisputeSettled: { moves: 'dossier', to: toAgency },
    ResultCollected: { moves: 'result', to: post },
    ReturnCollected: { moves: 'dossier', to: post },
    Delivered: { moves: 'all', to: () => citizen },
    RestDelivered: { moves: 'all', to: () => citizen },
    ResultHandedOut: { moves: 'result', to: () => citizen },
    TakenBack: { moves: 'dossier', to: () => citizen },
    ReturnedToCitizen: { moves: 'all', to: () => citizen },
    ReturnedToAgency: { moves: 'all', to: toAgency },
    HandedBack: { moves: 'taken-back', to: toAgency },
    DeliveryCancelled: { moves: 'all', to: post },
    Found: { moves: 'all', to: (by) => (by.role === 'officer' ? toAgency() : post(by)) },
  };
  return steps[type];
}

/** Surrendered papers are no line of any published list. */
const takenBack = -1;

type Doc = { -readonly [Key in keyof HeldDocument]: HeldDocument[Key] };

function sameLine(
  one: Pick<DocumentLine, 'document' | 'form'>,
  other: Pick<DocumentLine, 'document' | 'form'>,
): boolean {
  return one.document === other.document && one.form === other.form;
}

function isSameHolder(one: Holder, other: Holder): boolean {
  return one.kind === other.kind && unitOf(one) === unitOf(other);
}

/** The unit that has it, or signed for it last; the citizen has none. */
function unitOf(holder: Holder): string {
  if (holder.kind === 'citizen') return 'citizen';
  return holder.kind === 'unknown' ? holder.lastSigner : holder.unit;
}

/**
 * Who has which document, how it came there, and where the chain is broken: a fold of what stands, in legal order. Each
 * line has one holder at every instant, because each fact takes it from whoever had it: what claims it from somewhere
 * else finds no place in the legal order, and lies on a desk as a contradiction.
 * @param judged the events of the dossier
 * @param notes what was noted beside them: the offers of hand-overs
 * @param agency whose counter it is about
 */
export function custodyOf(judged: AsJudged, notes: readonly Note[], agency: string): Custody {
  const documents: Doc[] = [];
  const chain: HandOver[] = [];
  const breaks: Break[] = [];
  let offer: Told | undefined;

  for (const event of asItHappened(judged, notes)) {
    // What is parked, contradicts or was lifted changes no hands.
    if ('standing' in event) continue;
    const { type, by, details, eventId, occurredAt: at } = event;
    if (type === 'HandoverOffered') offer = event;
    if (type === 'ResultAnnounced')
      documents.push({ document: 'result', form: 'original', count: 1, holder: { kind: 'agency', unit: agency } });
    if (type === 'ReportedMissing' || type === 'DamagedAndRepacked') lose(event);
    if (type === 'UnitSucceeded' && details.succession) succeed(details.succession);
    const step = stepOf(type, agency);
    if (step === undefined || (type === 'DisputeSettled' && details.outcome !== 'accepted')) continue;
    if (step.brings) list(event);
    if (details.papersTakenBack) {
      const { originals, copies } = details.papersTakenBack;
      documents.push({ document: takenBack, form: 'original', count: originals + copies, holder: post(by) });
    }
    const to = step.to(by, event);
    const moving = documents.filter((document) => isMoved(document, step, to, event));
    const [first] = moving;
    if (first !== undefined && moving.some(({ holder }) => !isSameHolder(holder, to)))
      handOver(event, moving, to, signedBy(event, to, offer));
    if (type === 'HandedToAgency' || type === 'ReturnedToAgency') offer = undefined;
    if (isCounted(event)) breaks.push({ kind: 'counts-differ', eventId, since: at, owner: by.unit });
  }
  // What was found, or settled by somebody, is broken no more.
  const settled = new Set(
    judged.standing.flatMap(({ type, details }) => (type === 'MatterSettled' ? [details.concerns ?? ''] : [])),
  );
  const isOpen = ({ kind, since, eventId }: Break): boolean =>
    !settled.has(eventId) &&
    (kind !== 'missing' || documents.some(({ holder }) => holder.kind === 'unknown' && holder.since === since));
  return { documents, chain, breaks: breaks.filter(isOpen) };

  /** What a list brings; without one, what was counted is one sealed whole by its form. */
  function list({ details }: Told): void {
    const counted: readonly DocumentLine[] = details.papers
      ? (
          [
            { document: 0, form: 'original', count: details.papers.originals },
            { document: 0, form: 'copy', count: details.papers.copies },
          ] as const
        ).filter(({ count }) => count > 0)
      : [];
    for (const { state = 'accepted', reason: _why, ...line } of details.documents ?? counted) {
      const known = documents.find((document) => sameLine(document, line));
      if (state !== 'accepted') continue;
      if (known === undefined) documents.push({ ...line, holder: citizen });
      else if (known.holder.kind === 'citizen') known.count = line.count;
    }
  }

  function handOver(event: Told, moving: readonly Doc[], to: Holder, signed: HandOver['signed']): void {
    const { eventId, type, occurredAt: at, details, by } = event;
    const from = moving[0]?.holder ?? citizen;
    let lines = 0;
    for (const document of moving) {
      const found = details.documents?.find((line) => sameLine(line, document));
      if (found?.state === 'missing') {
        document.holder = { kind: 'unknown', since: at, lastSigner: unitOf(document.holder) };
        breaks.push({ kind: 'missing', eventId, since: at, owner: unitOf(document.holder) });
        continue;
      }
      if (found?.state === 'refused') {
        document.state = 'refused';
        breaks.push({ kind: 'refused', eventId, since: at, owner: unitOf(document.holder) });
        continue;
      }
      if (found?.state === 'damaged') document.state = 'damaged';
      document.holder = to;
      lines += 1;
    }
    if (lines === 0) return;
    chain.push({ eventId, type, at, from, to, lines, signed });
    // Nobody hands over what was found, or what was never given.
    if (signed === 'both' || from.kind === 'unknown' || type === 'DeliveryCancelled') return;
    // The citizen's signature is for the post to get.
    const unheard = signed === 'giver' ? to : from;
    breaks.push({
      kind: 'one-sided',
      eventId,
      since: at,
      owner: unheard.kind === 'citizen' ? by.unit : unitOf(unheard),
    });
  }

  /** What goes missing leaves the hands of whoever reports it, not those of others. */
  function lose({ type, by, details, eventId, occurredAt: since }: Told): void {
    const gone = documents.filter(({ holder }) => holder.kind === (by.role === 'officer' ? 'agency' : 'post'));
    for (const document of gone) {
      const found = details.documents?.find((line) => sameLine(line, document));
      if (found?.state === 'damaged') document.state = 'damaged';
      if (type === 'DamagedAndRepacked' && found?.state !== 'missing') continue;
      const owner = unitOf(document.holder);
      document.holder = { kind: 'unknown', since, lastSigner: owner };
      if (!breaks.some((one) => one.eventId === eventId)) breaks.push({ kind: 'missing', eventId, since, owner });
    }
  }

  function succeed({ unit, successor }: { readonly unit: string; readonly successor: string }): void {
    for (const document of documents)
      if (document.holder.kind !== 'unknown' && document.holder.kind !== 'citizen' && document.holder.unit === unit)
        document.holder = { ...document.holder, unit: successor };
  }
}

/** Whether a step takes a document: what it is about, from whoever can give it. */
function isMoved(
  { document, form, toReturn, holder }: HeldDocument,
  { moves, brings }: Step,
  to: Holder,
  { type, details }: Told,
): boolean {
  const isResult = document === 'result';
  const isTakenBack = document === takenBack;
  if (type === 'Found') return holder.kind === 'unknown';
  if (type === 'RestDelivered') return !isTakenBack && (holder.kind === 'unknown' || holder.kind === 'post');
  if (type === 'DeliveryCancelled')
    return isTakenBack ? false : holder.kind === 'citizen' && (isResult || toReturn === true);
  if (moves === 'taken-back') return isTakenBack && holder.kind === 'post';
  if (isTakenBack) return false;
  if (holder.kind === 'unknown' || isSameHolder(holder, to)) return false;
  if (brings) return !isResult && (holder.kind === 'citizen' || to.kind === 'agency');
  // What the post brings it gives, to the citizen and to the agency; everything else the agency gives.
  const giver = to.kind === 'agency' || (to.kind === 'citizen' && moves === 'all') ? 'post' : 'agency';
  if (holder.kind !== giver) return false;
  if (moves === 'result')
    return details.documents?.some((line) => sameLine(line, { document, form })) ?? (isResult || toReturn === true);
  return !isResult || moves === 'all';
}

/**
 * Who is known to have signed. Both have where the papers were offered by one and confirmed by another person, or where
 * a picture shows the signed slip or record.
 */
function signedBy({ by, details: { evidence = [] } }: Told, to: Holder, offer: Told | undefined): HandOver['signed'] {
  const isOffered =
    to.kind === 'agency' && offer !== undefined && (offer.by.person !== by.person || offer.by.unit !== by.unit);
  if (isOffered || evidence.some(({ kind }) => kind === 'signature' || kind === 'slip' || kind === 'record'))
    return 'both';
  return (to.kind === 'agency') === (by.role === 'officer') ? 'receiver' : 'giver';
}

/** Counts that differ from the slip stand with the event that said so. */
function isCounted(event: Told): boolean {
  return 'disputes' in event && event.disputes.some(({ field }) => field === 'papers');
}
