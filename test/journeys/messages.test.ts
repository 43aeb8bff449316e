import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { postCalendar, startOfNextWorkingDay } from '../../domain/calendar/working-calendar.ts';
import { dayOf, instantAt } from '../../domain/calendar/local-time.ts';
import type { RegisterBody } from '../../client/api-client.ts';
import { setOut, type Traveller } from '../../local/demo/traveller.ts';
import { aTown } from './a-town.ts';
import { dueOf, registrationAt, walkTo, wordsOfPeopleIn } from './roads.ts';
import { clerk, officer, type Town } from './town.ts';

const Outbox = z.object({
  messages: z.array(z.object({ channel: z.string(), to: z.string(), text: z.string(), at: z.iso.datetime() })),
});
const day = 24 * 3_600_000;

/** ADR 0043. */
describe('the messages', () => {
  let town: Town;
  aTown(async (booted) => {
    town = booted;
    // In the morning of a working day, so that nobody is asleep.
    await town.clock.jumpTo(startOfNextWorkingDay(town.clock.now(), postCalendar) + 60 * 60_000);
    await town.settled();
  });

  /** What went out about a dossier, in the order of time. */
  const outbox = async ({ dossier }: Traveller) => {
    const answer = await fetch(`${town.awsUrl}/_local/outbox?as=json`);
    const shown = dossier.trackingCode.match(/\d{3}/g)?.join('-') ?? '';
    const { messages } = Outbox.parse(await answer.json());
    return messages.filter(({ text }) => text.includes(shown)).toReversed();
  };
  /** The same once there are so many: each minute somebody looks after what is due. */
  const told = async (traveller: Traveller, count: number) => {
    for (let minutes = 0; minutes < 15 && (await outbox(traveller)).length < count; minutes += 1)
      await traveller.later(1);
    return outbox(traveller);
  };
  const setOutWith = async (messages: RegisterBody['messages'], more: Partial<RegisterBody> = {}) =>
    setOut(town, clerk, { ...registrationAt('counter'), ...(messages === undefined ? {} : { messages }), ...more });

  it('the messages of a happy journey are five, in plain letters, to the number that was given, and the book knows what was told', async () => {
    const traveller = await setOutWith({ channel: 'sms', language: 'vi' });
    const { dossierId } = traveller.dossier;
    expect(traveller.dossier.charges.lines).toContainEqual({ kind: 'messages', amount: 3_000, due: 'at-collection' });
    const way = ['Collected', 'AtAgency', 'ResultInTransit', 'OutForDelivery', 'Delivered'] as const;
    for (const [index, place] of way.entries()) {
      await walkTo(town, traveller, place);
      await told(traveller, index + 1);
    }
    const sent = await outbox(traveller);
    expect(sent.map(({ text }) => text.slice(0, 21))).toEqual([
      'Buu dien da nhan ho s',
      'Co quan da nhan ho so',
      'Buu dien da nhan ket ',
      'Hom nay buu ta phat k',
      'Da phat ket qua ho so',
    ]);
    expect(new Set(sent.map(({ to }) => to))).toEqual(
      new Set([`+84${registrationAt('counter').applicant.phone.slice(1)}`]),
    );
    const { timeline } = await town.as(clerk).read(dossierId);
    expect(timeline.filter(({ type }) => type === 'CitizenTold')).toMatchObject([
      { by: { role: 'messenger' }, details: { told: 'due-date', channel: 'sms' } },
    ]);
    const log = await town.as(officer).messages(dossierId);
    expect(log.asked).toEqual({ channel: 'sms', language: 'vi' });
    expect(log.events.find(({ type }) => type === 'HandedToAgency')?.messages).toMatchObject([
      { message: 'at-agency', to: 'applicant', outcome: 'sent' },
    ]);
    expect(log.events.find(({ type }) => type === 'Dispatched')).toMatchObject({ messages: [], why: 'no-message' });
    expect(wordsOfPeopleIn(JSON.stringify(log))).toEqual([]);
  });

  it('nobody is written to who has not asked, and the log says so', async () => {
    const traveller = await setOutWith(undefined);
    await walkTo(town, traveller, 'AtAgency');
    await traveller.later(2);
    expect(await outbox(traveller)).toEqual([]);
    const log = await town.as(clerk).messages(traveller.dossier.dossierId);
    expect(log).not.toHaveProperty('asked');
    expect(log.events.find(({ type }) => type === 'HandedToAgency')).toMatchObject({ why: 'not-asked' });
  });

  it('whoever asked for e-mail gets it with every mark, at the address that was given', async () => {
    const traveller = await setOutWith({ channel: 'email', language: 'vi', email: 'vi.du@example.vn' });
    expect(traveller.dossier.charges.lines.map(({ kind }) => kind)).not.toContain('messages');
    await walkTo(town, traveller, 'Collected');
    expect(await told(traveller, 1)).toMatchObject([
      { channel: 'email', to: 'vi.du@example.vn', text: expect.stringContaining('Bưu điện đã nhận hồ sơ') },
    ]);
  });

  it('a landline gets no messages, and the registration says what to do', async () => {
    const landline = { ...registrationAt('counter').applicant, phone: '0209 387 0123' };
    await expect(setOutWith({ channel: 'sms', language: 'vi' }, { applicant: landline })).rejects.toMatchObject({
      problem: { errors: [{ pointer: '/body/applicant/phone' }] },
    });
    const byMail = { channel: 'email', language: 'vi', email: 'vi.du@example.vn' } as const;
    expect((await setOutWith(byMail, { applicant: landline })).dossier.place.name).toBe('Registered');
  });

  it('what becomes known at night is told in the morning', async () => {
    const traveller = await setOutWith({ channel: 'sms', language: 'en' });
    const evening = instantAt(dayOf(traveller.now()), 22 * 60);
    await traveller.until(evening);
    await walkTo(town, traveller, 'Collected');
    await traveller.later(60);
    expect(await outbox(traveller)).toEqual([]);
    await traveller.until(instantAt(dayOf(evening) + 1, 7 * 60 + 10));
    const [message, ...more] = await told(traveller, 1);
    expect([message?.text.slice(0, 22), more]).toEqual(['The post has taken in ', []]);
    expect(Date.parse(message?.at ?? '')).toBeGreaterThanOrEqual(instantAt(dayOf(evening) + 1, 7 * 60));
  });

  it('a supplement is told, and reminded of once, five days before its term ends', async () => {
    const traveller = await setOutWith({ channel: 'sms', language: 'vi' });
    await walkTo(town, traveller, 'AtAgency');
    await told(traveller, 2);
    await traveller.report(officer, 'SupplementRequested', { reason: 'papers-incomplete' });
    const asked = await told(traveller, 3);
    expect(asked.at(-1)?.text).toMatch(/^Co quan can them giay to/);
    const due = await dueOf(town, traveller);
    await traveller.until(due - 5 * day - 60 * 60_000);
    await traveller.later(2);
    expect(await outbox(traveller)).toHaveLength(3);
    await traveller.until(due - 4 * day);
    expect((await told(traveller, 4)).at(-1)?.text).toMatch(/^Nhac: con den/);
    await traveller.until(due - 2 * day);
    await traveller.later(2);
    expect(await outbox(traveller)).toHaveLength(4);
    expect((await town.as(clerk).messages(traveller.dossier.dossierId)).reminders).toMatchObject([
      { message: 'supplement-ends', outcome: 'sent' },
    ]);
  });

  it('a delivery that is cancelled is taken back by one more message to the same person', async () => {
    const traveller = await setOutWith({ channel: 'sms', language: 'vi' });
    await walkTo(town, traveller, 'Delivered');
    while (!(await outbox(traveller)).some(({ text }) => text.startsWith('Da phat'))) await traveller.later(1);
    const before = (await outbox(traveller)).length;
    await traveller.report(clerk, 'DeliveryCancelled', { reason: 'recorded-in-error' });
    const after = (await told(traveller, before + 1)).slice(before);
    expect(after.map(({ text }) => text.slice(0, 10))).toEqual(['Dinh chinh']);
  });

  it('an outage of the network loses nothing, and sends nothing twice', async () => {
    const traveller = await setOutWith({ channel: 'sms', language: 'vi' });
    await town.faults.set('sns', true);
    try {
      await walkTo(town, traveller, 'Collected');
      await traveller.later(30);
      expect(await outbox(traveller)).toEqual([]);
    } finally {
      await town.faults.set('sns', false);
    }
    await told(traveller, 1);
    await traveller.later(10);
    expect(await outbox(traveller)).toHaveLength(1);
  });
});
