import { takeIn, type Intake, type Taken } from '../intake/take-in.ts';
import type { Dossier, Party } from '../journey/dossier.ts';
import type { Details, EventType, Reason } from '../journey/events.ts';
import { nationalStatusOf } from '../journey/status.ts';
import { mayDo } from '../people/rights.ts';

/** A status that an agency's one-stop system says a dossier has. */
export interface ReportedStatus {
  readonly dossierId: string;
  /** The system's own id of the message: the same counts once. */
  readonly messageId: string;
  /** 1 to 10; any other number is kept for a person. */
  readonly status: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly by: Party;
  readonly reason?: Reason;
  readonly resultDueAt?: number;
  readonly amountDue?: number;
}

/** `same`: it has that status; `followed`: a step of the law made it so; `parked`: a person has to see to it. */
export type StatusTaken =
  | { readonly outcome: 'same'; readonly dossier: Dossier }
  | { readonly outcome: 'followed' | 'parked'; readonly taken: Taken; readonly dossier: Dossier }
  | Extract<Taken, { readonly refusal: unknown }>;

/** `takeStatus` with its book. */
export type TakeStatus = (said: ReportedStatus) => Promise<StatusTaken>;

/**
 * Follows the status of an agency's one-stop system by the step of the law that it stands for. What stands for none, or
 * for one that the law does not allow where the dossier is, is kept for a person of the agency.
 */
export async function takeStatus(intake: Intake, said: ReportedStatus): Promise<StatusTaken> {
  const { dossierId, messageId, status, at, by } = said;
  const dossier = await intake.book.head(dossierId);
  if (dossier === undefined) return { refusal: { name: 'UnknownDossier' } };
  const report = (type: EventType, details: Details, eventId: string) => ({
    dossierId,
    report: { eventId, type, occurredAt: at, by, details },
    personal: {},
  });
  const [followed, parked] = [`status.${messageId}.step`, `status.${messageId}.kept`];
  if (!mayDo(dossier, by, 'report')) return { refusal: { name: 'UnknownDossier' } };
  for (const [eventId, outcome] of [
    [followed, 'followed'],
    [parked, 'parked'],
  ] as const) {
    const known = await intake.book.eventById(dossierId, eventId);
    if (known !== undefined && 'number' in known)
      return { outcome, taken: { event: known, isNew: false, dossier }, dossier };
  }
  if (nationalStatusOf(dossier) === status) return { outcome: 'same', dossier };
  const step = stepFor(dossier, said);
  if (step !== undefined) {
    const taken = await takeIn(intake, report(step.type, step.details, followed));
    if (!('refusal' in taken) && !('event' in taken && taken.event.standing !== undefined))
      return { outcome: 'followed', taken, dossier: taken.dossier };
  }
  const taken = await takeIn(intake, report('StatusReported', { reportedStatus: status }, parked));
  return 'refusal' in taken ? taken : { outcome: 'parked', taken, dossier: taken.dossier };
}

/** The step of the law that a status stands for, where the dossier is; undefined for none. */
function stepFor(
  { place }: Dossier,
  { status, reason, resultDueAt, amountDue }: ReportedStatus,
): { readonly type: EventType; readonly details: Details } | undefined {
  const because = (other: Reason): Details => ({ reason: reason ?? other });
  switch (status) {
    case 3:
      return { type: 'Refused', details: because('not-eligible') };
    case 4:
      return place === 'SupplementRequested'
        ? { type: 'SupplementReceived', details: resultDueAt === undefined ? {} : { resultDueAt } }
        : undefined;
    case 5:
      return { type: 'SupplementRequested', details: because('papers-incomplete') };
    case 6:
      return amountDue === undefined ? undefined : { type: 'DutyRequested', details: { amountDue } };
    case 7:
      return { type: 'Withdrawn', details: because('citizen-asked') };
    case 8:
      return { type: 'Stopped', details: because('not-eligible') };
    case 9:
      return { type: 'ResultAnnounced', details: {} };
    case 10:
      return place === 'ResultAtAgency' ? { type: 'ResultHandedOut', details: {} } : undefined;
    default:
      return undefined;
  }
}
