import { localDay } from '../calendar/local-time.ts';
import type { Dossier, JourneyEvent } from '../journey/dossier.ts';
import { invitationsOf } from '../journey/invitations.ts';
import type { AsJudged } from '../journey/judged.ts';
import { isReminder, news, newsList, reminderList, type MessageName, type News } from './messages.ts';
import type { Addressee, Language, MessageChannel, Wish } from './wish.ts';
import { outsideQuietHours } from './quiet-hours.ts';

const hour = 3_600_000;
const day = 24 * hour;

/**
 * `planned`: it waits for its hour. `claimed`: somebody was about to send it; without an end it is perhaps sent, and is
 * not sent again. `refused`: the network will never take it. `dropped`: it was no longer true when its hour came.
 * `untold`: it was not true any more when it arrived.
 */
export const tellingStates = ['planned', 'claimed', 'sent', 'refused', 'dropped', 'untold'] as const;
export type TellingState = (typeof tellingStates)[number];

/** Why a message was not sent. */
export const untoldReasons = ['overtaken', 'day-over', 'does-not-stand', 'unreachable'] as const;
export type UntoldReason = (typeof untoldReasons)[number];

/** One message to one person, for one cause: there is never a second. Times are epoch milliseconds. */
export interface Telling {
  /**
   * The event's id, `before.<number>.<date>` of the place whose term ends, or `not.<event's id>` of what is corrected.
   */
  readonly cause: string;
  readonly to: Addressee;
  readonly channel: MessageChannel;
  readonly language: Language;
  readonly message: MessageName;
  readonly state: TellingState;
  /** Not before. */
  readonly sendAt: number;
  readonly why?: UntoldReason;
  readonly claimedAt?: number;
  readonly sentAt?: number;
  /** The network's id of it. */
  readonly messageId?: string;
}

/** What a telling is known by. */
export function tellingKey({ cause, to, channel }: Pick<Telling, 'cause' | 'to' | 'channel'>): string {
  return `${cause}#${to}#${channel}`;
}

/**
 * What has still to be planned for a dossier of which somebody has asked to be told: news of each fact that stands, a
 * reminder before the term of its place ends, and, where something told does not hold any more, one correction to the
 * same person.
 * @param known every telling there is; what was planned once is never planned again
 */
export function tellingsToPlan(
  dossier: Dossier,
  judged: AsJudged,
  known: readonly Telling[],
  now: number,
): readonly Telling[] {
  const causes = new Set(known.map(({ cause }) => cause));
  const { messages: wish } = dossier;
  const planned = wish === undefined ? [] : [...newsOf(judged, wish, now), ...reminderOf(dossier, wish, now)];
  return [...planned, ...correctionsOf(judged, known, now)]
    .filter(({ cause }) => !causes.has(cause))
    .map((telling) => {
      const why = whyNot(telling, dossier, judged, telling.sendAt);
      return why === undefined ? telling : { ...telling, state: 'untold', why };
    });
}

/** What people are told of a fact, by the place that it leads to. @returns undefined when nobody is told of it */
export function newsOn({ type, to }: Pick<JourneyEvent, 'type' | 'to'>): (typeof newsList)[number] | undefined {
  return newsList.find(([, { on, while: places }]) => on.includes(type) && places?.includes(to) !== false);
}

function newsOf({ standing }: AsJudged, wish: Wish, now: number): readonly Telling[] {
  return standing.flatMap((event) => {
    const found = newsOn(event);
    if (found === undefined) return [];
    const [name, one] = found;
    return [toTell(event.eventId, name, addresseeOf(one.to, wish), wish, outsideQuietHours(now))];
  });
}

function reminderOf(dossier: Dossier, wish: Wish, now: number): readonly Telling[] {
  const { place, dueAt } = dossier;
  const found = reminderList.find(([, { place: waits }]) => waits === place);
  if (found === undefined || dueAt === undefined) return [];
  const [name, one] = found;
  if (one.when === 'invited-twice' && invitationsOf(dossier).length < 2) return [];
  const sendAt = outsideQuietHours(dueAt - one.hoursBefore * hour);
  // The term is so short that whoever has just been told needs no reminder.
  if (sendAt <= dossier.since || sendAt >= dueAt || sendAt < now - day) return [];
  return [toTell(reminderCause(dossier), name, addresseeOf(one.to, wish), wish, sendAt)];
}

/** The same term is reminded of once, and a moved one is another. */
function reminderCause({ milestone, dueAt }: Pick<Dossier, 'milestone' | 'dueAt'>): string {
  return `before.${milestone}.${dueAt}`;
}

/** To whom it was sent, or perhaps sent, is told that it does not hold. */
function correctionsOf(judged: AsJudged, known: readonly Telling[], now: number): readonly Telling[] {
  const fallen = new Set([...fallenOf(judged), ...cancelledOf(judged)]);
  return known
    .filter(({ cause, state }) => fallen.has(cause) && (state === 'sent' || state === 'claimed'))
    .map(({ cause, to, channel, language }) =>
      toTell(`not.${cause}`, 'correction', to, { channel, language }, outsideQuietHours(now)),
    );
}

function fallenOf({ all }: AsJudged): readonly string[] {
  return all.flatMap(({ eventId, standing }) => (standing === undefined ? [] : [eventId]));
}

/** A delivery that was recorded in error stands, and so does that it was none. */
function cancelledOf({ standing }: AsJudged): readonly string[] {
  return standing.flatMap(({ type }, index) => {
    if (type !== 'DeliveryCancelled') return [];
    return standing.slice(0, index).findLast((event) => event.type === 'Delivered')?.eventId ?? [];
  });
}

/**
 * Why a message must not be sent at `at` though it was planned: what it says is not so, or not any more.
 * @returns undefined when it is true
 */
export function whyNot(
  { message, cause }: Pick<Telling, 'message' | 'cause'>,
  dossier: Dossier,
  { standing }: AsJudged,
  at: number,
): UntoldReason | undefined {
  if (message === 'correction') return undefined;
  if (isReminder(message)) return cause === reminderCause(dossier) ? undefined : 'overtaken';
  const event = standing.find(({ eventId }) => eventId === cause);
  if (event === undefined) return 'does-not-stand';
  const { while: places, sameDay }: News = news[message];
  if (places?.includes(dossier.place) === false) return 'overtaken';
  return sameDay && localDay(event.occurredAt) !== localDay(at) ? 'day-over' : undefined;
}

function addresseeOf(to: Addressee, { toReceiver }: Wish): Addressee {
  return toReceiver ? to : 'applicant';
}

function toTell(
  cause: string,
  message: MessageName,
  to: Addressee,
  { channel, language }: Pick<Wish, 'channel' | 'language'>,
  sendAt: number,
): Telling {
  return { cause, to, channel, language, message, state: 'planned', sendAt };
}
