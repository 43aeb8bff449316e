import * as z from 'zod';
import type { JourneyEvent, Note } from '../domain/journey/dossier.ts';
import type { Detail, EventType } from '../domain/journey/events.ts';
import { remarks, rules } from '../domain/journey/rules.ts';
import type { LanePlace } from '../domain/ports/feeds.ts';
import { EventView, Instant, tellingView } from './dossier-view.ts';
import { shown } from './wire.ts';

/** What every type of ours begins with. */
const typePrefix = 'dossier-post.';

/** The digits of `sequence`: padded, so that the order of text is the order of numbers. */
const sequenceDigits = 12;

/** What is told of an arrival: the event as it was judged when it came, as parties read it; nobody is named. */
const FeedData = z
  .strictObject({
    dossierId: z.string().meta({ examples: ['d-3v7h2qk9m4e8x1c6t5w0b2n7rz'] }),
    event: EventView,
  })
  .meta({ id: 'FeedData', description: 'What has arrived in the book about a dossier.' });

const envelope = {
  specversion: z.literal('1.0'),
  id: z.string().meta({
    description: 'The same for one arrival, however often it is told: whoever knows it has heard it.',
    examples: ['d-3v7h2qk9m4e8x1c6t5w0b2n7rz.c0ffee-000017'],
  }),
  source: z.string().meta({ description: 'Which system tells it.', examples: ['urn:dossier-post:DossierPost'] }),
  subject: z.string().meta({ description: 'The id of the dossier.', examples: ['d-3v7h2qk9m4e8x1c6t5w0b2n7rz'] }),
  time: Instant.meta({ description: 'When it arrived; when it happened is in `data`.' }),
  datacontenttype: z.literal('application/json'),
  subscription: z.string().meta({ description: 'Through which subscription it is told.' }),
  lane: z.int().min(0).meta({ description: 'All events of one dossier go through one lane, in their order.' }),
  sequence: z
    .string()
    .regex(/^\d{12}$/)
    .meta({ description: 'Its place in the lane, without a gap from 1.', examples: ['000000000042'] }),
};

export const FeedEvent = z
  .strictObject({
    ...envelope,
    type: z
      .string()
      .meta({ description: '`dossier-post.` and the event’s type.', examples: ['dossier-post.Collected'] }),
    data: FeedData,
  })
  .meta({ id: 'FeedEvent', description: 'An arrival as a CloudEvent 1.0, with its place in the lanes of a feed.' });
export type FeedEvent = z.output<typeof FeedEvent>;

/** What an event of this type may say beyond that it happened: as every edition of the law has had it. */
export function detailsOf(type: EventType): readonly Detail[] {
  const lines = [...rules, ...remarks].filter(({ on }) => on === type);
  return [...new Set(lines.flatMap(({ requires, allows = [] }) => [...requires, ...allows]))];
}

/** The type of an event on the wire. */
export function feedType(type: EventType): string {
  return `${typePrefix}${type}`;
}

/** What a test call says: nothing of any dossier. */
export function testEvent(source: string, id: string, subscription: string, now: number): unknown {
  return {
    specversion: '1.0',
    id,
    source,
    type: `${typePrefix}Test`,
    time: shown(now),
    datacontenttype: 'application/json',
    subscription,
    data: {},
  };
}

/**
 * One arrival as it is told.
 * @param source which system tells it, a URI
 */
export function feedEvent(
  source: string,
  dossierId: string,
  telling: JourneyEvent | Note,
  { subscriptionId, lane, sequence }: LanePlace,
): FeedEvent {
  return {
    specversion: '1.0',
    id: `${dossierId}.${telling.eventId}`,
    source,
    type: feedType(telling.type),
    subject: dossierId,
    time: shown(telling.receivedAt),
    datacontenttype: 'application/json',
    subscription: subscriptionId,
    lane,
    sequence: String(sequence).padStart(sequenceDigits, '0'),
    data: { dossierId, event: tellingView(telling) },
  };
}
