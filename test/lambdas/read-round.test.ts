import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { readRound as operation } from '../../contract/read-round.ts';
import type { Dossier, Party } from '../../domain/journey/dossier.ts';
import { roundDoorOf } from '../../domain/people/round.ts';
import { readRound } from '../../lambdas/read-round/read-round.ts';
import { at, courier, dossierAt, monday, opening } from '../domain/journey/town.ts';
import { memoryBook } from '../doubles/book.ts';
import { bodyOf } from './people.ts';

const me: Party = { ...courier, person: 'courier-one' };
const day = '2026-03-02';
const Round = z.object({ items: z.array(z.object({ dossierId: z.string(), errand: z.string(), done: z.boolean() })) });

/** A book whose dossiers were taken out for delivery by somebody, at a time. */
function aDay() {
  const book = memoryBook();
  const { event } = opening('counter');
  let count = 0;
  const out = (taken: number, change: Partial<Dossier> = {}, by: Party = me): string => {
    const dossierId = `d-${(count += 1)}`;
    const dossier = dossierAt('OutForDelivery', { dossierId, since: taken, dueAt: taken + 1, ...change });
    book.lay(dossier, [{ ...event, type: 'OutForDelivery', by, occurredAt: taken }]);
    return dossierId;
  };
  const pickup = (dueAt: number, change: Partial<Dossier> = {}): string => {
    const dossierId = `d-${(count += 1)}`;
    book.lay(dossierAt('PickupScheduled', { dossierId, dueAt, ...change }));
    return dossierId;
  };
  const read = async (caller = me) =>
    bodyOf(await readRound(roundDoorOf(book), () => monday)({ path: { day } }, caller));
  const told = async (caller = me) =>
    Round.parse(await read(caller)).items.map(({ dossierId, errand, done }) => `${dossierId} ${errand} ${done}`);
  return { book, out, pickup, read, told };
}

describe('a courier’s round', () => {
  it('a courier’s round has what he took out on that day of Vietnam, and nothing of another day or another courier', async () => {
    const { out, told } = aDay();
    out(at('2026-03-01T23:59'));
    const [first, last] = [out(at('2026-03-02T00:00')), out(at('2026-03-02T23:59'))];
    out(at('2026-03-03T00:00'));
    out(monday, {}, { ...courier, person: 'courier-two' });
    out(monday, {}, courier);
    expect(await told()).toEqual([`${first} delivery false`, `${last} delivery false`]);
  });

  it('a courier’s round has the pickups of his office that are agreed for that day or overdue', async () => {
    const { pickup, told } = aDay();
    const [late, today] = [pickup(at('2026-02-27T17:00'), { reminders: 2 }), pickup(at('2026-03-02T11:00'))];
    pickup(at('2026-03-03T00:00'));
    pickup(at('2026-03-02T11:00'), { postOfficeId: 'PO-NARI' });
    expect((await told()).toSorted()).toEqual([`${late} pickup false`, `${today} pickup false`]);
    expect(await told({ ...me, unit: 'PO-NARI' })).toHaveLength(1);
  });

  it('a courier’s round tells what is still to be done first, by its date, and then what is done', async () => {
    const { out, pickup, told } = aDay();
    const delivered = out(monday, { place: 'Delivered' });
    const failed = out(monday, { place: 'AwaitingRedelivery', since: monday + 1 });
    const later = out(monday, { dueAt: at('2026-03-02T17:00') });
    const sooner = pickup(at('2026-03-02T09:00'));
    expect(await told()).toEqual([
      `${sooner} pickup false`,
      `${later} delivery false`,
      ...[delivered, failed].map((id) => `${id} delivery true`),
    ]);
  });

  it('a courier’s round does not take for his what another took out after him', async () => {
    const { out, told } = aDay();
    const brought = out(monday, { since: monday + 3_600_000 });
    expect(await told()).toEqual([`${brought} delivery true`]);
  });

  it('a courier’s round leaves out what has gone to another office’s hands', async () => {
    const { out, told } = aDay();
    out(monday, { postOfficeId: 'PO-NARI', deliveryPostOfficeId: 'PO-NARI', agencyId: 'AG-UBND-01933' });
    expect(await told()).toEqual([]);
  });

  it('a courier’s round says of each errand where it leads and what is to be paid there, and names nobody', async () => {
    const { out, pickup, read } = aDay();
    out(monday);
    pickup(at('2026-03-02T09:00'));
    const body = operation.answer.parse(await read());
    const { dueAtCollection, dueOnDelivery } = opening('counter').dossier.charges;
    expect(body).toMatchObject({
      day,
      items: [
        { errand: 'delivery', toCollect: dueOnDelivery, commune: { id: 'CM-01843', vi: expect.any(String) } },
        { errand: 'pickup', toCollect: dueAtCollection, place: { name: 'PickupScheduled' } },
      ],
    });
    expect(body).not.toHaveProperty('more');
  });

  it('a courier’s round says that it is not all where there is more than a hundred of a kind', async () => {
    const { out, read, told } = aDay();
    for (let n = 0; n < 101; n += 1) out(monday + n);
    expect(await told()).toHaveLength(100);
    expect(await read()).toMatchObject({ more: true });
    const other = aDay();
    for (let n = 0; n < 101; n += 1) other.pickup(monday + n);
    expect(await other.read()).toMatchObject({ more: true });
  });

  it('a courier’s round of whoever has no name has the pickups of his office', async () => {
    const { out, pickup, told } = aDay();
    out(monday);
    const agreed = pickup(at('2026-03-02T09:00'));
    expect(await told(courier)).toEqual([`${agreed} pickup false`]);
  });
});
