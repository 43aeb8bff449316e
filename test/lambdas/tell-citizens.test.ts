import { describe, expect, it } from '@jest/globals';
import { takeIn } from '../../domain/intake/take-in.ts';
import type { Party } from '../../domain/journey/dossier.ts';
import type { Details, EventType } from '../../domain/journey/events.ts';
import type { Wish } from '../../domain/telling/wish.ts';
import type { Message, Messenger } from '../../domain/ports/messenger.ts';
import { tellCitizens, type Addresses } from '../../lambdas/tell-citizens/tell-citizens.ts';
import { freshEntry } from '../doubles/book.suite.ts';
import { memoryBook } from '../doubles/book.ts';
import { memoryMessenger } from '../doubles/messenger.ts';
import { memoryTellings } from '../doubles/tellings.ts';
import { clerk, day, hour, label, monday, officer } from '../domain/journey/town.ts';
import { dyingOnce, Killed, type Moment } from './people.ts';

const wish: Wish = { channel: 'sms', language: 'vi', toReceiver: false };

/** A dossier on its way, whoever asked to be told of it, and the network that tells. */
async function set(messages: Wish | null = wish) {
  let now = monday + hour;
  let addresses: Addresses = { applicant: '0900000001' };
  const book = memoryBook();
  const tellings = memoryTellings();
  const sms = memoryMessenger();
  const entry = freshEntry({}, messages === null ? {} : { messages });
  await book.open(entry);
  const { dossierId, charges } = entry.step.dossier;
  const intake = { book, now: () => now, pause: async () => {} };
  let reports = 0;
  const report = async (by: Party, type: EventType, details: Details): Promise<string> => {
    now += 60_000;
    const eventId = `e-${dossierId}-${(reports += 1)}`;
    const said = { eventId, type, occurredAt: now, by, details };
    const taken = await takeIn(intake, { dossierId, report: said, personal: {} });
    if ('refusal' in taken) throw new Error(`${type} was refused: ${taken.refusal.name}`);
    return eventId;
  };
  const papers = { originals: 2, copies: 1 };
  const tellWith = (messenger: Messenger, take = (said: Parameters<typeof takeIn>[1]) => takeIn(intake, said)) =>
    tellCitizens({
      book,
      takeIn: take,
      tellings,
      addressesOf: async () => addresses,
      messengers: { sms: messenger, zalo: messenger, email: messenger },
      now: () => now,
    });
  return {
    book,
    tellings,
    sms,
    dossierId,
    tellWith,
    intake,
    tell: async () => tellWith(sms)(dossierId),
    states: async () => (await tellings.of(dossierId)).map(({ message, state, why }) => [message, state, why ?? '']),
    told: async () =>
      (await book.timeline(dossierId)).filter(({ type }) => type === 'CitizenTold').map(({ details }) => details),
    collect: async () =>
      report(clerk, 'Collected', { papers, sealNumber: 'BK-1', amountCollected: charges.dueAtCollection }),
    dispatch: async () => report(clerk, 'Dispatched', { itemCode: label() }),
    handOver: async () =>
      report(officer, 'HandedToAgency', {
        papers,
        sealIntact: true,
        feeHandedOver: charges.stateFee,
        resultDueAt: now + 5 * day,
      }),
    pass: (ms: number) => void (now += ms),
    erase: () => void (addresses = {}),
  };
}

/** ADR 0043. */
describe('whoever asked to be told', () => {
  it('whoever asked to be told gets one message for a fact, however often the news comes', async () => {
    const { sms, collect, tell, states } = await set();
    await collect();
    await Promise.all([tell(), tell(), tell()]);
    await tell();
    expect(sms.sent).toHaveLength(1);
    expect(sms.sent).toMatchObject([{ to: '0900000001', text: expect.stringContaining('Buu dien da nhan ho so') }]);
    expect(await states()).toEqual([['collected', 'sent', '']]);
  });

  it('whoever has not asked to be told is written nothing, and nothing is kept of it', async () => {
    const { sms, collect, tell, states } = await set(null);
    await collect();
    await tell();
    expect([sms.sent, await states()]).toEqual([[], []]);
  });

  it('whoever asked to be told and was told of the agency’s date is in the book as told, once, and the term of the way in ends', async () => {
    const { book, dossierId, collect, dispatch, handOver, tell, told } = await set();
    await collect();
    await dispatch();
    await handOver();
    expect((await book.head(dossierId))?.terms?.map(({ kind }) => kind)).toContain('inbound-leg');
    await tell();
    await tell();
    expect(await told()).toEqual([{ told: 'due-date', channel: 'sms' }]);
    expect((await book.head(dossierId))?.terms?.map(({ kind }) => kind) ?? []).not.toContain('inbound-leg');
  });

  it.each<Moment>(['before', 'after'])(
    'whoever asked to be told is perhaps told, and not again, when the sender dies %s the network takes the message',
    async (moment) => {
      const { sms, dossierId, collect, tellWith, tell, states } = await set();
      await collect();
      const dying = { send: dyingOnce(moment, async (to: string, message: Message) => sms.send(to, message)) };
      await expect(tellWith(dying)(dossierId)).rejects.toThrow(Killed);
      await tell();
      expect(await states()).toEqual([['collected', 'claimed', '']]);
      expect(sms.sent).toHaveLength(moment === 'after' ? 1 : 0);
    },
  );

  it('whoever asked to be told stands in the book as told though the sender died before it was recorded', async () => {
    const { sms, dossierId, intake, collect, dispatch, handOver, tellWith, tell, told } = await set();
    await collect();
    await dispatch();
    await handOver();
    await expect(
      tellWith(
        sms,
        dyingOnce('before', async (said) => takeIn(intake, said)),
      )(dossierId),
    ).rejects.toThrow(Killed);
    expect(await told()).toEqual([]);
    await tell();
    expect(await told()).toEqual([{ told: 'due-date', channel: 'sms' }]);
  });

  it('whoever asked to be told gets the message later when the network is busy, and not sooner than five minutes', async () => {
    const { sms, tellings, collect, tell, pass, states, dossierId } = await set();
    await collect();
    sms.isAway = true;
    await expect(tell()).rejects.toThrow('away');
    expect(await states()).toEqual([['collected', 'planned', '']]);
    sms.isAway = false;
    pass(5 * 60_000 - 1);
    await tell();
    expect(sms.sent).toEqual([]);
    pass(1);
    const now = (await tellings.of(dossierId))[0]?.sendAt ?? 0;
    expect(await tellings.dueBy(now, 10)).toEqual([dossierId]);
    await tell();
    expect(sms.sent).toHaveLength(1);
  });

  it('whoever asked to be told and whose number the network refuses is not tried again, and does not stand as told', async () => {
    const { sms, collect, dispatch, handOver, tell, told, states, pass } = await set();
    await collect();
    await dispatch();
    await handOver();
    sms.refuses('0900000001');
    await tell();
    pass(day);
    await tell();
    expect([sms.sent, await told()]).toEqual([[], []]);
    expect(await states()).toEqual([
      ['collected', 'refused', ''],
      ['at-agency', 'refused', ''],
    ]);
  });

  it('whoever asked to be told sleeps: what became known at night comes in the morning, if it is still so', async () => {
    const { sms, collect, dispatch, handOver, tell, pass, states } = await set();
    await collect();
    await dispatch();
    pass(14 * hour);
    await handOver();
    await tell();
    expect(sms.sent).toEqual([]);
    pass(10 * hour);
    await tell();
    expect(sms.sent.map(({ text }) => text.slice(0, 14))).toEqual(['Buu dien da nh', 'Co quan da nha']);
    expect((await states()).every(([, state]) => state === 'sent')).toBe(true);
  });

  it('whoever asked to be told sleeps: what was due in the evening and could not be sent then waits for the morning', async () => {
    const { sms, collect, tell, pass, states } = await set();
    await collect();
    sms.isAway = true;
    await expect(tell()).rejects.toThrow('away');
    sms.isAway = false;
    pass(12 * hour);
    await tell();
    expect([sms.sent.length, await states()]).toEqual([0, [['collected', 'planned', '']]]);
    pass(11 * hour);
    await tell();
    expect(sms.sent).toHaveLength(1);
  });

  it('whoever asked to be told and has been erased meanwhile is not written to', async () => {
    const { sms, collect, tell, pass, erase, states } = await set();
    pass(14 * hour);
    await collect();
    await tell();
    erase();
    pass(10 * hour);
    await tell();
    expect([sms.sent, await states()]).toEqual([[], [['collected', 'dropped', 'unreachable']]]);
  });
});
