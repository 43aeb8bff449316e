import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { ringClock } from '../../../domain/execution/ring-clock.ts';
import { takeIn, type Said } from '../../../domain/intake/take-in.ts';
import { allowedActions } from '../../../domain/journey/allowed-actions.ts';
import { frontDoors, type Dossier, type FrontDoor } from '../../../domain/journey/dossier.ts';
import { eventFacts } from '../../../domain/journey/events.ts';
import { fold } from '../../../domain/journey/evolve.ts';
import { isEnd } from '../../../domain/journey/places.ts';
import { memoryBook, type MemoryBook } from '../../doubles/book.ts';
import { legalTruth } from '../../simulate/legal.ts';
import { day, everybody, hour, only, opening, report, truth } from './town.ts';

const minute = hour / 60;

/** One step of a story: which of the open actions, and how long after the one before. */
const steps = fc.record({
  choice: fc.nat(99),
  pause: fc.integer({ min: 0, max: 2 * 24 * 60 }).map((minutes) => minutes * minute),
  solution: fc.constantFrom('redeliver', 'hold', 'return'),
  outcome: fc.constantFrom('accepted', 'returned'),
  reason: fc.constantFrom('receiver-absent', 'citizen-moved'),
  returnBy: fc.constantFrom('post', 'agency'),
});
type Step = typeof steps extends fc.Arbitrary<infer T> ? T : never;

const story = fc.record({
  frontDoor: fc.constantFrom(...frontDoors),
  isCounted: fc.boolean(),
  steps: fc.array(steps, { minLength: 2, maxLength: 16, size: 'max' }),
  /** In which order they arrive, which of them twice, and after which the clock is heard. */
  order: fc.array(fc.nat(), { minLength: 16, maxLength: 16 }),
  twice: fc.array(fc.boolean(), { minLength: 16, maxLength: 16 }),
  heard: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
});

interface World {
  readonly book: MemoryBook;
  readonly dossierId: string;
  now: number;
}

function opened(frontDoor: FrontDoor): World {
  const { event, dossier } = opening(frontDoor, { procedureCode: '2.001263' });
  const book = memoryBook();
  book.lay(dossier, [event]);
  return { book, dossierId: dossier.dossierId, now: dossier.since };
}

async function head({ book, dossierId }: World): Promise<Dossier> {
  const dossier = await book.head(dossierId);
  if (dossier === undefined) throw new Error('no dossier');
  return dossier;
}

/** Whatever is due by now is rung, on its own date, as the executions and the sweep do. */
async function ringAll(world: World): Promise<void> {
  for (let rung = 0; rung < 60; rung += 1) {
    const before = await head(world);
    const after = await ringClock(world.book, world.dossierId, () => world.now);
    if (after.version === before.version) return;
  }
}

async function say(world: World, said: Said): Promise<'taken' | 'refused'> {
  const taken = await takeIn({ book: world.book, now: () => world.now, pause: async () => {} }, said);
  return 'refusal' in taken ? 'refused' : 'taken';
}

/** Tells a story as it happens, and returns what was said. */
async function lived(world: World, told: readonly Step[], isCounted: boolean): Promise<readonly Said[]> {
  const said: Said[] = [];
  for (const { choice, pause, solution, outcome, reason, returnBy } of told) {
    // Of two acts of one instant only a device’s own count tells which came first.
    world.now += isCounted ? pause : pause + minute;
    await ringAll(world);
    const dossier = await head(world);
    // After its end little is told of a journey, and soon nothing.
    if (isEnd(dossier.place) && choice % 4 > 0) break;
    const open = everybody
      .filter(({ role }) => role !== 'clock')
      .flatMap((by) => allowedActions(dossier, by).map((action) => ({ by, action })))
      .filter(({ action }) => !['Scanned', 'ContactCorrected'].includes(action.event));
    // Roads get long where most steps lead on, and not everything is lost at once.
    const onwards = open.filter(
      ({ action: { event, to } }) => to.some((place) => place !== dossier.place) && event !== 'ReportedMissing',
    );
    const among = choice % 4 > 0 && onwards.length > 0 ? onwards : open;
    const chosen = among[choice % Math.max(1, among.length)];
    if (chosen === undefined) break;
    const { by, action } = chosen;
    const all = { ...truth(dossier, action.event, world.now), solution, outcome, reason, returnBy };
    const details = only(all, [
      ...action.requires,
      ...action.allows.filter((name) => name !== 'papers' && name !== 'resultDueAt'),
    ]);
    const device = isCounted ? { device: { id: 'phone-of-all', sequence: said.length + 1 } } : {};
    const one = {
      dossierId: world.dossierId,
      report: { ...report(by, action.event, details, world.now), ...device },
      personal: {},
    };
    if ((await say(world, one)) === 'taken') said.push(one);
  }
  return said;
}

/** A counterexample in words: who told what, about when, in the order of its arrival. */
function named(frontDoor: FrontDoor, arriving: readonly Said[], error: unknown): Error {
  const lines = arriving.map(
    ({ report: { type, occurredAt, by } }) =>
      `  ${new Date(occurredAt).toISOString()} ${type} of ${by.role} ${by.unit}`,
  );
  const words = error instanceof Error ? error.message : String(error);
  return new Error([`${frontDoor}, arriving in this order:`, ...lines, words].join('\n'));
}

/** What is legally true, once the head has been held against its events. */
async function truthOf(world: World) {
  const events = await world.book.timeline(world.dossierId);
  const dossier = await head(world);
  expect(fold(events)).toEqual(dossier);
  expect(events.map(({ number }) => number)).toEqual(events.map((_event, index) => index + 1));
  return legalTruth(dossier, events);
}

// Holds ADR 0020.
describe('the facts of a story', () => {
  it('the facts of a story lead to the same dossier and the same legal timeline in whatever order they arrive, and however often', async () => {
    const arrived = { parked: 0, lifted: 0, judgedAnew: 0, tooLate: 0 };
    await fc.assert(
      fc.asyncProperty(story, async ({ frontDoor, isCounted, steps: told, order, twice, heard }) => {
        const live = opened(frontDoor);
        const said = await lived(live, told, isCounted);
        const late = opened(frontDoor);
        late.now = live.now + day;
        const shuffled = said
          .map((one, index) => ({ one, key: order[index] ?? 0, twice: twice[index] === true }))
          .toSorted((a, b) => a.key - b.key)
          .flatMap(({ one, twice: again }) => (again ? [one, one] : [one]));
        const arrive = async (): Promise<void> => {
          // Whoever is refused a decision for what is not known yet asks again when more is.
          let refused: Said[] = [];
          for (const [index, one] of shuffled.entries()) {
            late.now += hour;
            const again = refused;
            refused = [];
            for (const asked of [one, ...again]) if ((await say(late, asked)) === 'refused') refused.push(asked);
            if (heard[index] === true) await ringAll(late);
          }
          for (let rounds = 0; rounds < said.length && refused.length > 0; rounds += 1) {
            const again = refused;
            refused = [];
            for (const asked of again) if ((await say(late, asked)) === 'refused') refused.push(asked);
          }
          // What was only decided or asked for comes too late for a registration that lapsed for want of facts.
          if (refused.length > 0) {
            expect(refused.map(({ report: { type } }) => eventFacts[type].kind)).not.toContain('physical-fact');
            expect((await late.book.timeline(late.dossierId)).map(({ type }) => type)).toContain('RegistrationLapsed');
            arrived.tooLate += 1;
            return;
          }
          const end = Math.max(late.now, live.now) + hour;
          for (const world of [live, late]) {
            world.now = end;
            await ringAll(world);
          }
          expect(await truthOf(late)).toEqual(await truthOf(live));
          for (const { standing, judgedAnew = [] } of await late.book.timeline(late.dossierId)) {
            if (standing === 'parked') arrived.parked += 1;
            arrived.judgedAnew += judgedAnew.length;
            arrived.lifted += judgedAnew.filter((one) => one.standing === 'lifted').length;
          }
        };
        await arrive().catch((error: unknown) => {
          throw named(frontDoor, shuffled, error);
        });
      }),
      { numRuns: 2000, seed: 20_261_127 },
    );
    // The order is worth something only if it makes a difference on the way.
    const { tooLate, ...differences } = arrived;
    expect(Object.values(differences).every((count) => count > 50)).toBe(true);
    expect(tooLate).toBeLessThan(60);
  });
});
