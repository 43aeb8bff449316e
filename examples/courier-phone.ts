/**
 * A courier's telephone in a village without signal: keeps what happened in a queue of its own, sends all of it when
 * there is signal, and shows what became of each.
 *
 *   npm start                               in one terminal
 *   npm run example -- courier-phone        in another
 */
import type { ApiClient, BatchBody } from '../client/api-client.ts';
import { everybody, label, person } from './connection.ts';

type Item = BatchBody['items'][number];

/** What a phone keeps until the system has it: on a real one in its storage, so that it outlives a flat battery. */
class Outbox {
  readonly #items: Item[] = [];
  readonly #device = `phone-${crypto.randomUUID().slice(0, 8)}`;
  #sequence = 0;

  /** The event's id is drawn here, once: however often it is sent, it counts once. */
  keep(dossierId: string, type: Item['type'], details: Item['details'] = {}): void {
    this.#sequence += 1;
    this.#items.push({
      dossierId,
      type,
      details,
      eventId: crypto.randomUUID(),
      occurredAt: new Date().toISOString(),
      device: { id: this.#device, sequence: this.#sequence },
    });
  }

  /** Sends everything; what is answered for good leaves the queue, the rest is sent again with the next signal. */
  async flush(api: ApiClient, isAnswerLost = false): Promise<void> {
    const { items } = await api.recordAll({ items: [...this.#items], sentAt: new Date().toISOString() });
    if (isAnswerLost) return console.log('The signal went before the answer came: everything stays in the queue.');
    for (const { eventId, status, recorded, problem } of items) {
      const item = this.#items.find((kept) => kept.eventId === eventId);
      if (item === undefined) continue;
      const waits = recorded?.waitsFor?.map(({ vi }) => vi).join(', ');
      console.log(
        `${item.type}: ${recorded === undefined ? `refused, ${problem?.code ?? status} – ${problem?.detailVi ?? ''}` : (recorded.firstOutcome ?? recorded.outcome)}${waits === undefined ? '' : `, waits for: ${waits}`}${status === 200 ? ' (they had it already)' : ''}`,
      );
      if (problem?.retryable !== true) this.#items.splice(this.#items.indexOf(item), 1);
    }
    console.log(`Left in the queue: ${this.#items.length}.`);
  }
}

const clerk = person('clerk');
const courier = person('courier');
const [procedure] = (await everybody.catalogue.procedures({ q: 'phieu ly lich tu phap' })).items;
const dossier = await clerk.register({
  frontDoor: 'pickup',
  procedureCode: procedure?.code ?? '',
  agencyId: 'AG-PASC-BACKAN',
  communeId: 'CM-01840',
  applicant: { fullName: 'Nguyễn Thị Ví Dụ', phone: '0900 000 001', address: 'Tổ 1, phường Đức Xuân' },
});
console.log(`The round of today: ${dossier.trackingCode}, ${dossier.charges.dueAtCollection} đồng to collect.`);

const outbox = new Outbox();
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
outbox.keep(dossier.dossierId, 'PickupAgreed', { appointment: { from: inMinutes(5), until: inMinutes(60) } });
// The citizen had 10,000 đồng less than the slip says: it happened, so it stands, and somebody has to settle it.
outbox.keep(dossier.dossierId, 'Collected', {
  papers: { originals: 1, copies: 1 },
  sealNumber: 'DX-0042',
  amountCollected: dossier.charges.dueAtCollection - 10_000,
});
// Told long before the result can be there: it is kept until it fits.
outbox.keep(dossier.dossierId, 'OutForDelivery');
// A dossier that he has no business with.
outbox.keep('d-00000000000000000000000000', 'Dispatched', { itemCode: label() });

await outbox.flush(courier, true);
await outbox.flush(courier);
