import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventBody } from '../../client/api-client.ts';
import { meet, type Traveller, type World } from '../../local/demo/traveller.ts';
import { dueOf, nextReport, open, placeOf, registrationAt, walkTo } from './roads.ts';
import { startProcess, type StartedProcess } from './started-process.ts';
import { bootTown, clerk, discard, freshDataDirectory } from './town.ts';

const minute = 60_000;

/** The same dossier, met again in a system that was started anew. */
function again(world: World, { dossier }: Traveller): Traveller {
  return meet(world, dossier);
}

describe('a system that was stopped in good order', () => {
  const dataDir = freshDataDirectory();
  afterAll(() => discard(dataDir));

  it('a system that was stopped in good order has every dossier where it was and carries it on, deadlines included', async () => {
    const before = await bootTown(dataDir);
    const sent = await open(before, 'counter');
    await walkTo(before, sent, 'InTransitToAgency');
    const forgotten = await open(before, 'counter');
    // Nobody waits here until the execution has followed: that is for the next start.
    const { by, type, details = {} } = nextReport(sent, 'InTransitToAgency');
    await before.as(by).record(sent.dossier.dossierId, {
      eventId: 'handed-0001',
      type,
      details,
      occurredAt: new Date(before.clock.now()).toISOString(),
    });
    const stoppedAt = before.clock.now();
    await before.close();

    const after = await bootTown(dataDir);
    try {
      expect(after.clock.now()).toBeGreaterThanOrEqual(stoppedAt);
      await after.settled();
      expect(await after.execution(sent.dossier.dossierId)).toMatchObject({
        status: 'RUNNING',
        states: ['Resume', 'Registered', 'Collected', 'InTransitToAgency', 'AtAgency'],
      });
      await again(after, forgotten).until((await dueOf(after, forgotten)) + 5 * minute);
      expect(await placeOf(after, forgotten)).toBe('Cancelled');
      expect(await after.execution(forgotten.dossier.dossierId)).toMatchObject({ status: 'SUCCEEDED' });
      await walkTo(after, again(after, sent), 'Delivered');
      expect(await after.execution(sent.dossier.dossierId)).toMatchObject({ status: 'SUCCEEDED' });
    } finally {
      await after.close();
    }
  });
});

describe('a system that was killed with -9', () => {
  let dataDir: string;
  let running: StartedProcess;
  beforeEach(async () => {
    dataDir = freshDataDirectory();
    running = await startProcess(dataDir);
  });
  afterEach(async () => {
    await running.kill();
    discard(dataDir);
  });
  const killAndStart = async (): Promise<void> => {
    await running.kill();
    running = await startProcess(dataDir);
  };

  it('a system that was killed with -9 goes on with a journey from the last event that was answered, and keeps the clock', async () => {
    const traveller = await open(running, 'counter');
    const { dossierId } = traveller.dossier;
    await walkTo(running, traveller, 'InTransitToAgency');
    const killedAt = running.clock.now();
    await killAndStart();
    expect(running.clock.now()).toBeGreaterThanOrEqual(killedAt - 1000);
    expect(await placeOf(running, traveller)).toBe('InTransitToAgency');
    expect((await running.caughtUp(dossierId)).states).toEqual([
      'Resume',
      'Registered',
      'Collected',
      'InTransitToAgency',
    ]);
    await walkTo(running, again(running, traveller), 'OutForDelivery');
    await killAndStart();
    await walkTo(running, again(running, traveller), 'Delivered');
    expect(await running.caughtUp(dossierId)).toMatchObject({ status: 'SUCCEEDED', billedTransitions: 9 });
  });

  it('a system that was killed with -9 still watches the deadlines that it watched before', async () => {
    const forgotten = await open(running, 'counter');
    const sent = await open(running, 'counter');
    await walkTo(running, sent, 'InTransitToAgency');
    for (const { dossier } of [forgotten, sent]) await running.caughtUp(dossier.dossierId);
    await killAndStart();
    await again(running, forgotten).until((await dueOf(running, forgotten)) + 5 * minute);
    await running.caughtUp(forgotten.dossier.dossierId);
    expect(await placeOf(running, forgotten)).toBe('Cancelled');
    const overdue = await running.as(clerk).read(sent.dossier.dossierId);
    expect(overdue).toMatchObject({ overdue: true, place: { name: 'InTransitToAgency' } });
    expect(overdue.timeline.at(-1)).toMatchObject({ type: 'DeadlinePassed' });
  });

  it('a system that was killed with -9 has lost nothing that it had answered, whatever was on its way, and takes up the rest', async () => {
    const answered = new Map<string, readonly string[]>();
    const steps = ['Registered', 'Collected'] as const;
    const bodyOf = (traveller: Traveller, place: (typeof steps)[number]): EventBody => {
      const { type, details = {} } = nextReport(traveller, place);
      return { eventId: `event-at-${place}`, type, details, occurredAt: new Date(running.clock.now()).toISOString() };
    };
    const bodies = new Map<string, readonly EventBody[]>();
    const send = async (number: number): Promise<void> => {
      const dossier = await running.as(clerk).register(registrationAt('counter'), `killed-registration-${number}`);
      answered.set(dossier.dossierId, []);
      const traveller = meet(running, dossier);
      bodies.set(
        dossier.dossierId,
        steps.map((place) => bodyOf(traveller, place)),
      );
      for (const body of bodies.get(dossier.dossierId) ?? []) {
        await running.as(clerk).record(dossier.dossierId, body);
        answered.set(dossier.dossierId, [...(answered.get(dossier.dossierId) ?? []), body.eventId]);
      }
    };
    const clients = Array.from({ length: 12 }, async (_one, number) => send(number));
    await Promise.race([Promise.all(clients.slice(0, 4)), Promise.any(clients)]);
    await running.kill();
    await Promise.allSettled(clients);
    running = await startProcess(dataDir);

    expect(answered.size).toBeGreaterThan(0);
    for (const [dossierId, eventIds] of answered) {
      const { timeline } = await running.as(clerk).read(dossierId);
      expect(timeline.map(({ eventId }) => eventId)).toEqual(expect.arrayContaining([...eventIds]));
      // What was not answered may be sent again, as it was: it counts once.
      for (const body of bodies.get(dossierId) ?? []) await running.as(clerk).record(dossierId, body);
      expect((await running.as(clerk).read(dossierId)).timeline).toHaveLength(3);
      // An execution that was started late begins where the book is by then.
      const { states } = await running.caughtUp(dossierId);
      const whole = ['Resume', 'Registered', 'Collected', 'InTransitToAgency'];
      expect(states).toEqual(['Resume', ...whole.slice(whole.length + 1 - states.length)]);
    }
  });
});
