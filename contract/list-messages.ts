import * as z from 'zod';
import { newsOn, untoldReasons, type Telling, type TellingState } from '../domain/telling/tellings.ts';
import { messageNames } from '../domain/telling/messages.ts';
import { addressees, languages, messageChannels, type Wish } from '../domain/telling/wish.ts';
import type { JourneyEvent } from '../domain/journey/dossier.ts';
import { EventName, Instant } from './dossier-view.ts';
import type { Operation } from './operation.ts';
import { dossierId, shown } from './wire.ts';

/** What became of a message, for people: who claimed it and did not come back has perhaps sent it. */
const outcomes = {
  planned: 'planned',
  claimed: 'perhaps-sent',
  sent: 'sent',
  refused: 'refused',
  dropped: 'dropped',
  untold: 'untold',
} as const satisfies Record<TellingState, string>;

const MessageView = z
  .strictObject({
    message: z.enum(messageNames),
    to: z.enum(addressees),
    channel: z.enum(messageChannels),
    language: z.enum(languages),
    outcome: z.enum(outcomes).meta({
      description:
        '`planned`: waits for its hour. `perhaps-sent`: whoever sent it did not come back to say; it is not sent again. `refused`: the network will never take it. `dropped`: was not so any more when its hour came. `untold`: was not so any more when it became known.',
    }),
    why: z.enum(untoldReasons).exactOptional().meta({ description: 'Why it was dropped or not told.' }),
    at: Instant.meta({ description: 'When it was sent, perhaps sent, or is to be sent at the earliest.' }),
  })
  .meta({ id: 'Message', description: 'One message to one person; it has no word of its text or address.' });

const MessagesView = z
  .strictObject({
    asked: z
      .strictObject({ channel: z.enum(messageChannels), language: z.enum(languages) })
      .exactOptional()
      .meta({ description: 'How the citizen asked to be told; absent when he did not, and then nobody is told.' }),
    events: z
      .array(
        z.strictObject({
          eventId: z.string(),
          type: EventName,
          messages: z.array(MessageView).readonly(),
          why: z.enum(['not-asked', 'no-message', 'does-not-stand', 'not-yet']).exactOptional().meta({
            description:
              'Why there is no message. `no-message`: nobody is told of this kind of fact. `not-yet`: it is being seen to.',
          }),
        }),
      )
      .readonly(),
    reminders: z.array(MessageView).readonly().meta({ description: 'Before a term ends, each once.' }),
  })
  .meta({ id: 'MessageLog' });

/** Shows for every event of a dossier why somebody was told of it, or was not. */
export const listMessages = {
  name: 'list-messages',
  method: 'GET',
  path: '/v1/dossiers/{dossierId}/messages',
  doors: ['portal', 'clerk', 'courier', 'officer', 'supervisor', 'ops'],
  summary: { en: 'What people were told, and why not', vi: 'Đã báo tin gì cho công dân, vì sao không' },
  request: z.strictObject({ path: z.strictObject({ dossierId }) }),
  statuses: [200],
  answer: MessagesView,
  refusals: ['UnknownDossier'],
} as const satisfies Operation;

/** @param all events in the order of arrival */
export function messagesView(
  wish: Wish | undefined,
  all: readonly JourneyEvent[],
  tellings: readonly Telling[],
): z.output<typeof MessagesView> {
  const about = (eventId: string) => tellings.filter(({ cause }) => cause === eventId || cause === `not.${eventId}`);
  return {
    ...(wish === undefined ? {} : { asked: { channel: wish.channel, language: wish.language } }),
    events: all.map((event) => {
      const { eventId, type } = event;
      const messages = about(eventId).map(messageView);
      const why = messages.length > 0 ? undefined : whyNone(wish, event);
      return { eventId, type, messages, ...(why === undefined ? {} : { why }) };
    }),
    reminders: tellings.filter(({ cause }) => cause.startsWith('before.')).map(messageView),
  };
}

function whyNone(wish: Wish | undefined, event: JourneyEvent) {
  if (newsOn(event) === undefined) return 'no-message';
  if (wish === undefined) return 'not-asked';
  return event.standing === undefined ? 'not-yet' : 'does-not-stand';
}

function messageView(telling: Telling): z.output<typeof MessageView> {
  const { message, to, channel, language, state, why, sendAt, claimedAt, sentAt } = telling;
  return {
    message,
    to,
    channel,
    language,
    outcome: outcomes[state],
    ...(why === undefined ? {} : { why }),
    at: shown(sentAt ?? claimedAt ?? sendAt),
  };
}
