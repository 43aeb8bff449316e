import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { aTown } from './a-town.ts';
import { startReceiver, type Got, type Manner, type Receiver } from './receiver.ts';
import { open, registrationAt, walkTo } from './roads.ts';
import { clerk, ops, supervisor, type Town } from './town.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

// Holds ADR 0040.
describe('a webhook', () => {
  let town: Town;
  aTown((booted) => {
    town = booted;
  });
  const receivers: Receiver[] = [];
  afterEach(async () => {
    for (const { subscriptionId } of await town.as(supervisor).subscriptions.list())
      await town.as(supervisor).subscriptions.end(subscriptionId);
  });
  afterAll(async () => {
    await Promise.all(receivers.map(async (one) => one.close()));
  });

  const listening = async (manner?: Manner): Promise<Receiver> => {
    const receiver = await startReceiver(manner);
    receivers.push(receiver);
    return receiver;
  };
  const calling = async (receiver: Receiver) => {
    const { subscriptionId: id, secret = '' } = await town.as(supervisor).subscriptions.add({ url: receiver.url });
    return { id, secret };
  };
  const api = () => town.as(supervisor).subscriptions;
  const later = async (ms: number): Promise<void> => {
    await town.clock.jumpTo(town.clock.now() + ms);
    await town.settled();
  };
  const typesOf = (got: readonly Got[], dossierId: string): readonly string[] =>
    got.filter(({ subject }) => subject === dossierId).map(({ type }) => type.replace('dossier-post.', ''));
  /** As a receiver checks it, but for the time: the town's clock is not the machine's. */
  const isSigned = ({ headers, body }: Got, secret: string): boolean => {
    const at = new Date(Number(headers['webhook-timestamp']) * 1000);
    const wanted = new Webhook(secret).sign(String(headers['webhook-id']), at, body);
    return String(headers['webhook-signature']).split(' ').includes(wanted);
  };

  it('a webhook is called with every event of a dossier in its order, each signed', async () => {
    const receiver = await listening();
    const { id, secret } = await calling(receiver);
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'AtAgency');
    await town.settled();
    const { events } = await api().events(id);
    expect(typesOf(receiver.got, traveller.dossier.dossierId)).toEqual(
      events.map(({ type }) => type.replace('dossier-post.', '')),
    );
    expect(receiver.got.every((call) => isSigned(call, secret))).toBe(true);
    expect(receiver.got.every((call) => isSigned(call, `whsec_${btoa('another')}`))).toBe(false);
    expect(receiver.got.map(({ headers }) => headers['webhook-id'])).toEqual(events.map((one) => one.id));
    expect((await api().read(id)).webhook).toMatchObject({ waiting: 0 });
    expect(JSON.stringify(await api().list())).not.toContain(secret);
  });

  it('a webhook whose receiver dies is tried again with growing pauses, and hears all of it in order', async () => {
    const receiver = await listening();
    const { id } = await calling(receiver);
    await receiver.die();
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'InTransitToAgency');
    await town.settled();
    expect((await api().read(id)).webhook).toMatchObject({ waiting: 3, failing: { since: expect.any(String) } });
    for (const minutes of [1, 2, 5, 10]) await later(minutes * minute);
    const tries = (await api().deliveries(id)).items.toReversed();
    expect(tries.map(({ attempt }) => attempt)).toEqual(tries.map((_try, index) => index + 1));
    expect(new Set(tries.map(({ fault }) => fault))).toEqual(new Set(['unreachable']));
    const pauses = tries.slice(1).map(({ at }, index) => Date.parse(at) - Date.parse(tries[index]?.at ?? ''));
    expect(pauses.length).toBeGreaterThanOrEqual(3);
    const least = [1, 2, 5, 10, 30, 60].map((minutes) => minutes * minute);
    expect(pauses.every((pause, index) => pause >= (least[index] ?? 0))).toBe(true);
    await receiver.comeBack();
    await later(3 * 60 * minute);
    expect(typesOf(receiver.got, traveller.dossier.dossierId)).toEqual([
      'DossierRegistered',
      'Collected',
      'Dispatched',
    ]);
    const { webhook } = await api().read(id);
    expect(webhook).toMatchObject({ waiting: 0 });
    expect(webhook).not.toHaveProperty('failing');
  });

  it.each<[string, Manner, string]>([
    ['answers with another status', 500, 'refused'],
    ['sends it elsewhere', (answer) => answer.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(), 'redirected'],
    [
      'says yes when it is too late',
      (answer) => void setTimeout(() => answer.writeHead(200).end(), 12_000),
      'too-late',
    ],
    ['hangs up', (answer) => answer.destroy(), 'unreachable'],
  ])('a webhook whose receiver %s is not taken, and comes again', async (_how, manner, fault) => {
    const receiver = await listening(manner);
    const { id } = await calling(receiver);
    const traveller = await open(town, 'counter');
    await town.settled();
    const [delivery] = (await api().deliveries(id)).items;
    expect(delivery).toMatchObject({ taken: false, fault });
    receiver.answerWith(200);
    for (let n = 0; n < 5 && receiver.got.length < 2; n += 1) await later(minute);
    expect(typesOf(receiver.got, traveller.dossier.dossierId)).toEqual(['DossierRegistered', 'DossierRegistered']);
    expect(new Set(receiver.got.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  it('a webhook whose receiver answers with an endless body is taken, and read no further', async () => {
    const receiver = await listening((answer) => {
      answer.writeHead(200);
      const pour = (): void => {
        while (!answer.destroyed && answer.write(Buffer.alloc(65_536)));
      };
      answer.on('drain', pour).on('error', () => {});
      pour();
    });
    const { id } = await calling(receiver);
    await open(town, 'counter');
    await town.settled();
    const [delivery] = (await api().deliveries(id)).items;
    expect(delivery).toMatchObject({ taken: true, status: 200 });
  });

  it('a webhook that fails for three days is paused, says so, and goes on where it stopped', async () => {
    const receiver = await listening(503);
    const { id } = await calling(receiver);
    const traveller = await open(town, 'counter');
    await town.settled();
    for (let n = 0; n < 4; n += 1) await later(day);
    expect((await api().read(id)).webhook?.paused).toMatchObject({ why: 'failing' });
    expect((await town.as(ops).subscriptions.read(id)).webhook?.paused).toMatchObject({ why: 'failing' });
    const tried = receiver.got.length;
    expect(tried).toBeGreaterThan(5);
    await later(day);
    expect(receiver.got).toHaveLength(tried);
    receiver.answerWith(204);
    expect((await api().change(id, { paused: false })).webhook).not.toHaveProperty('paused');
    await town.settled();
    expect(typesOf(receiver.got.slice(tried), traveller.dossier.dossierId)[0]).toBe('DossierRegistered');
    expect((await api().read(id)).webhook).toMatchObject({ waiting: 0 });
  });

  it('a webhook whose receiver says that it is gone is paused at once', async () => {
    const receiver = await listening(410);
    const { id } = await calling(receiver);
    await open(town, 'counter');
    await town.settled();
    expect((await api().read(id)).webhook?.paused).toMatchObject({ why: 'gone' });
    expect(receiver.got).toHaveLength(1);
  });

  it('a webhook is signed with both secrets for a day after a rotation, and with the new one alone then', async () => {
    const receiver = await listening();
    const { id, secret: former } = await calling(receiver);
    const { secret = '' } = await api().rotate(id);
    expect(secret).not.toBe(former);
    await api().test(id);
    await later(day + minute);
    await api().test(id);
    const [during, after] = receiver.got.filter(({ type }) => type === 'dossier-post.Test');
    const checks = [during, after].map((call) => call && [isSigned(call, former), isSigned(call, secret)]);
    expect(checks).toEqual([
      [true, true],
      [false, true],
    ]);
  });

  it('a webhook is replayed from an instant, and one event of it is sent again', async () => {
    const receiver = await listening();
    const { id } = await calling(receiver);
    await open(town, 'counter');
    await later(minute);
    const from = new Date(town.clock.now()).toISOString();
    const second = await open(town, 'counter');
    await walkTo(town, second, 'Collected');
    await town.settled();
    const before = receiver.got.length;
    await api().replay(id, from);
    await town.settled();
    const again = receiver.got.slice(before);
    expect(typesOf(again, second.dossier.dossierId)).toEqual(['DossierRegistered', 'Collected']);
    expect(again.every(({ subject }) => subject === second.dossier.dossierId)).toBe(true);
    const [last] = (await api().deliveries(id)).items;
    const { lane = 0, sequence = 0 } = last ?? {};
    expect(await api().redeliver(id, { lane, sequence })).toMatchObject({ taken: true, lane, sequence });
    expect(receiver.got.at(-1)?.headers['webhook-id']).toBe(again.at(-1)?.headers['webhook-id']);
    await expect(api().redeliver(id, { lane, sequence: 999 })).rejects.toMatchObject({ code: 'UnknownDelivery' });
  });

  it.each([
    'http://portal.example/hook',
    'https://127.0.0.1/hook',
    'https://169.254.169.254/latest/meta-data',
    'https://[::ffff:10.0.0.1]/hook',
    'https://2130706433/hook',
    'https://user:secret@portal.example/hook',
    'ftp://portal.example/hook',
  ])('a webhook is not made for %s', async (url) => {
    await expect(api().add({ url })).rejects.toMatchObject({ code: 'AddressRefused' });
  });

  it('a webhook that stalls on all of its lanes holds up nobody else', async () => {
    const quick = await listening();
    const heardByThen: number[] = [];
    const opened: string[] = [];
    const heard = (): number =>
      quick.got.filter(({ subject = '', type }) => opened.includes(subject) && type.endsWith('DossierRegistered'))
        .length;
    const stalls = await listening((answer) => answer.on('close', () => heardByThen.push(heard())));
    await calling(stalls);
    await calling(quick);
    for (let n = 0; n < 5; n += 1) opened.push((await town.as(clerk).register(registrationAt('counter'))).dossierId);
    await town.settled();
    // Everything was heard before the first of the stalled calls came to its end.
    expect(heardByThen[0]).toBe(5);
    expect(heard()).toBe(5);
  });
});
