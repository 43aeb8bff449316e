import { describe, expect, it } from '@jest/globals';
import { takeIn, type Said } from '../../../domain/intake/take-in.ts';
import { clockToKeep, withKnownClock, type DeviceClock } from '../../../domain/journey/device-clock.ts';
import { memoryBook } from '../../doubles/book.ts';
import { clerk, courier, day, hour, monday, opening, report } from './town.ts';

const minute = hour / 60;
const scan = report(courier, 'Scanned', { postOfficeId: 'PO-BACKAN' }, monday);
function known(ms: number, measuredAt = monday): DeviceClock {
  return { skewSeconds: ms / 1000, measuredAt };
}

describe('the clock of a device', () => {
  it('the clock of a device that says nothing of itself is taken for what it was known to be, for seven days', () => {
    const clock = known(3 * hour);
    expect(withKnownClock(scan, undefined, monday)).toEqual(scan);
    expect(withKnownClock(scan, clock, monday + 7 * day)).toEqual({ ...scan, sentAt: monday + 7 * day + 3 * hour });
    expect(withKnownClock(scan, clock, monday + 7 * day + 1)).toEqual(scan);
    const telling = { ...scan, sentAt: monday };
    expect(withKnownClock(telling, clock, monday)).toEqual(telling);
  });

  it.each<[string, DeviceClock | undefined, number, number, boolean]>([
    ['it is wrong, and nothing was known', undefined, monday, 2 * hour, true],
    ['it lags, and nothing was known', undefined, monday, -7 * hour, true],
    ['it is right, and nothing was known', undefined, monday, minute, false],
    ['it is as wrong as it was', known(2 * hour), monday + day, 2 * hour + minute, false],
    ['it is as wrong as it was more than a day ago', known(2 * hour), monday + day + 1, 2 * hour, true],
    ['it is further ahead than it was', known(2 * hour), monday + 1, 3 * hour, true],
    ['it has been set right', known(2 * hour), monday + 1, -minute, true],
    ['it seems to lag, because the message has waited', known(2 * hour), monday + 1, -day, false],
    ['it lags, and what was known is forgotten', known(2 * hour), monday + 7 * day + 1, -day, true],
  ])('the clock of a device is remembered by its own word: %s', (_when, before, receivedAt, aheadMs, isKept) => {
    const kept = clockToKeep({ ...scan, sentAt: receivedAt + aheadMs }, before, receivedAt);
    expect(kept).toEqual(isKept ? known(aheadMs, receivedAt) : undefined);
    expect(clockToKeep(scan, before, receivedAt)).toBeUndefined();
  });

  const sending = async () => {
    const book = memoryBook();
    const { dossier, event } = opening('counter');
    book.lay(dossier, [event]);
    let sequence = 0;
    const send = async (change: Partial<Said['report']>, now: number) => {
      sequence += 1;
      const told = { ...scan, eventId: `phone-${sequence}`, device: { id: 'phone-0001', sequence }, ...change };
      const said = { dossierId: dossier.dossierId, report: told, personal: {} };
      const taken = await takeIn({ book, now: () => now, pause: async () => {} }, said);
      return 'note' in taken ? taken.note : 'refusal' in taken ? taken.refusal : taken.event;
    };
    return { book, send };
  };

  it('the clock of a device that was three hours ahead is so for what its unit sends later', async () => {
    const { book, send } = await sending();
    const at = monday + 8 * hour;
    await send({ occurredAt: at + 3 * hour, sentAt: at + 3 * hour }, at);
    expect(await book.deviceClock(courier.unit, 'phone-0001')).toEqual(known(3 * hour, at));
    const later = await send({ occurredAt: at + 4 * hour }, at + day);
    expect(later).toMatchObject({ occurredAt: at + hour, claimedAt: at + 4 * hour, skewSeconds: 3 * 3600 });
    const elsewhere = { ...courier, unit: 'PO-BACHTHONG' };
    expect(await book.deviceClock(elsewhere.unit, 'phone-0001')).toBeUndefined();
    const nextDay = await send({ occurredAt: at + 4 * hour, device: { id: 'phone-0002', sequence: 1 } }, at + day);
    expect(nextDay).toMatchObject({ occurredAt: at + 4 * hour });
    expect(nextDay).not.toHaveProperty('skewSeconds');
  });

  it('the clock of a device is not learned from what was refused, nor from a duplicate', async () => {
    const { book, send } = await sending();
    const at = monday + 8 * hour;
    expect(await send({ type: 'ResultAnnounced', details: {}, by: clerk, sentAt: at + hour }, at)).toMatchObject({
      name: 'NoSuchStep',
    });
    await send({ occurredAt: at }, at);
    expect(await send({ eventId: 'phone-2', occurredAt: at, sentAt: at + hour }, at)).toMatchObject({
      eventId: 'phone-2',
    });
    expect(await book.deviceClock(courier.unit, 'phone-0001')).toBeUndefined();
  });
});
