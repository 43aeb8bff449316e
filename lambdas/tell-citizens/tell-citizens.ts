import type { Dossier, JourneyEvent } from '../../domain/journey/dossier.ts';
import { asJudged, type AsJudged } from '../../domain/journey/judged.ts';
import type { TakeIn } from '../../domain/intake/take-in.ts';
import type { BookReader, TimelineReader } from '../../domain/ports/book.ts';
import type { Messenger } from '../../domain/ports/messenger.ts';
import type { Tellings } from '../../domain/ports/tellings.ts';
import { wordsOf } from '../../domain/telling/messages.ts';
import type { Addressee, MessageChannel } from '../../domain/telling/wish.ts';
import { outsideQuietHours } from '../../domain/telling/quiet-hours.ts';
import { rendered } from '../../domain/telling/render.ts';
import { tellingsToPlan, whyNot, type Telling } from '../../domain/telling/tellings.ts';

/** Where each is reached: a mobile number or an e-mail address; absent for who is not, or has been erased. */
export type Addresses = Readonly<Partial<Record<Addressee, string>>>;

export interface TellCitizensPorts {
  readonly book: BookReader & TimelineReader;
  readonly takeIn: TakeIn;
  readonly tellings: Tellings;
  /** Of the people of a dossier, on the channel that was asked for. */
  readonly addressesOf: (dossier: Dossier) => Promise<Addresses>;
  readonly messengers: Readonly<Record<MessageChannel, Messenger>>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** A network takes nothing now. The message is its own name for why. */
class NotTaken extends Error {
  override readonly name = 'NotTaken';
}

/** What a network would not take now is tried again after this. */
const retryMs = 5 * 60_000;

/**
 * Tells people what they asked to be told of a dossier: plans what is not planned yet, sends what is due, and records
 * in the book what the citizen has been told (`CitizenTold`, on which statutory terms end; TT17 art. 7(2)b). Keeps no
 * state: told twice, it sends nothing twice. A telling is claimed before it is sent, so that whoever is killed in
 * between leaves one that was perhaps sent, and is not sent again.
 */
export function tellCitizens({ book, takeIn, tellings, addressesOf, messengers, now }: TellCitizensPorts) {
  return async (dossierId: string): Promise<void> => {
    const announcedAt = await tellings.announcedAt(dossierId);
    const dossier = await book.head(dossierId);
    if (dossier?.messages === undefined) return;
    const [known, timeline] = await Promise.all([tellings.of(dossierId), book.timeline(dossierId)]);
    const judged = asJudged(timeline);
    const told: Telling[] = [...known];
    for (const telling of tellingsToPlan(dossier, judged, known, now()))
      if ((await tellings.write(dossierId, undefined, telling)) === 'written') told.push(telling);
    for (const telling of told) {
      const isDue = telling.state === 'planned' && telling.sendAt <= now() && outsideQuietHours(now()) === now();
      await recordTold(judged, dossierId, isDue ? await send(telling, dossier, judged) : telling);
    }
    if (announcedAt !== undefined) await tellings.settle(dossierId, announcedAt);
  };

  /** @returns the telling as it is afterwards */
  async function send(telling: Telling, dossier: Dossier, judged: AsJudged): Promise<Telling> {
    const { dossierId } = dossier;
    const change = async (before: Telling, after: Telling): Promise<Telling> =>
      (await tellings.write(dossierId, before, after)) === 'written' ? after : before;
    const address = (await addressesOf(dossier))[telling.to];
    const why = whyNot(telling, dossier, judged, now()) ?? (address === undefined ? 'unreachable' : undefined);
    if (why !== undefined || address === undefined)
      return change(telling, { ...telling, state: 'dropped', why: why ?? 'unreachable' });
    const claimed = await change(telling, { ...telling, state: 'claimed', claimedAt: now() });
    if (claimed.state !== 'claimed') return telling;
    const answer = await messengers[telling.channel].send(
      address,
      rendered(telling, dossier, eventOf(telling, judged)),
    );
    switch (answer.outcome) {
      case 'sent':
        return change(claimed, { ...claimed, state: 'sent', sentAt: now(), messageId: answer.messageId });
      case 'refused':
        return change(claimed, { ...claimed, state: 'refused' });
      default:
        await change(claimed, { ...telling, sendAt: outsideQuietHours(now() + retryMs) });
        throw new NotTaken(answer.why);
    }
  }

  /** Also what was sent by whoever was killed before he could record it. */
  async function recordTold({ all }: AsJudged, dossierId: string, telling: Telling): Promise<void> {
    const { message, channel, sentAt, cause, to } = telling;
    const { told } = wordsOf(message);
    // The dots keep it apart from every id that may come over the wire.
    const eventId = `told.${cause}.${to}`;
    if (sentAt === undefined || told === undefined || all.some((event) => event.eventId === eventId)) return;
    const by = { role: 'messenger', unit: 'messages' } as const;
    const report = { eventId, type: 'CitizenTold', occurredAt: sentAt, by, details: { told, channel } } as const;
    const taken = await takeIn({ dossierId, report, personal: {} });
    if ('refusal' in taken) throw new Error(`the book refuses that the citizen was told: ${taken.refusal.name}`);
  }
}

/** What a telling is about; of a reminder, the appointment that it reminds of. */
function eventOf({ cause }: Telling, { all, standing }: AsJudged): JourneyEvent | undefined {
  const eventId = cause.replace(/^not\./, '');
  return (
    all.find((event) => event.eventId === eventId) ??
    standing.findLast(({ details }) => details.appointment !== undefined)
  );
}
