import { takeIn, type Said } from '../../domain/intake/take-in.ts';
import { fold } from '../../domain/journey/evolve.ts';
import { isEnd } from '../../domain/journey/places.ts';
import { rules } from '../../domain/journey/rules.ts';
import { ringClock } from '../../domain/execution/ring-clock.ts';
import type { JourneyEvent } from '../../domain/journey/dossier.ts';
import { asJudged, movesPaper } from '../../domain/journey/judged.ts';
import { memoryBook, type MemoryBook } from '../doubles/book.ts';
import { monday } from '../domain/journey/town.ts';
import { cloudFrom, type Cloud } from './cloud.ts';
import type { FaultKind } from './faults.ts';
import { legalTruth } from './legal.ts';
import { worldOf, type World } from './people.ts';
import type { Planted } from './planted.ts';
import { randomFrom } from './random.ts';
import { secretName } from './secret.ts';

/** What came of one seed. */
export interface Outcome {
  readonly seed: number;
  /** What was found wrong, in words; undefined when all holds. */
  readonly violation?: string;
  readonly story: readonly string[];
  readonly events: number;
  readonly faults: ReadonlyMap<FaultKind, number>;
  /** `from on to` of every line of the law that was walked, and `place event` of everything that was told. */
  readonly roads: ReadonlySet<string>;
}

const hour = 3_600_000;
const sweepEvery = 5 * 60_000;

/** Plays one seed: so many steps in a bad world, then the world comes to rest, and everything has to hold. */
export async function play(seed: number, steps: number, planted: Planted = {}): Promise<Outcome> {
  const random = randomFrom(seed);
  const story: string[] = [];
  // Step Functions draws its jitter from here, too.
  const drawn = Math.random;
  Math.random = () => random.fraction();
  const cloud = await cloudFrom(random, monday, planted);
  try {
    const world = await worldOf(
      cloud,
      random,
      (words) => story.push(`${new Date(cloud.clock.now() + 7 * hour).toISOString().slice(0, 16)} ${words}`),
      planted.take ?? takeIn,
    );
    let violation: string | undefined;
    for (let step = 1; step <= steps && violation === undefined; step += 1) {
      await world.step();
      if (step % 20 === 0) violation = await wrongNow(cloud, world);
    }
    if (violation === undefined) {
      await rest(cloud, world);
      world.lapseAll();
      violation = (await wrongNow(cloud, world)) ?? (await wrongAtRest(cloud, world));
    }
    const roads = new Set<string>();
    let events = 0;
    for (const { dossierId } of world.papers)
      for (const event of asJudged(await cloud.truth.timeline(dossierId)).all) {
        events += 1;
        if (event.standing === undefined && movesPaper(event)) roads.add(`${event.from} ${event.type} ${event.to}`);
      }
    return {
      seed,
      story,
      events,
      faults: cloud.faults.counts,
      roads,
      ...(violation === undefined ? {} : { violation }),
    };
  } catch (error) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { seed, story, events: 0, faults: cloud.faults.counts, roads: new Set(), violation: `it threw: ${words}` };
  } finally {
    Math.random = drawn;
    await cloud.close();
  }
}

/** Everything is delivered, told and rung. */
async function rest(cloud: Cloud, world: World): Promise<void> {
  cloud.faults.storm = 0;
  await world.sendAll();
  const calm = async (): Promise<void> => {
    for (let turns = 0; turns < 200 && (cloud.stream.length > 0 || cloud.ended.length > 0); turns += 1) {
      cloud.spawn(() => cloud.deliver(100));
      await cloud.scheduler.settle();
      cloud.spawn(() => cloud.tellEnds());
      await cloud.scheduler.settle();
    }
  };
  await calm();
  // What only a clock finds is found when it rings: a lost record at the latest at the place's next date.
  for (let round = 0; round < 5; round += 1) {
    await cloud.clock.jumpTo(cloud.clock.now() + (round === 3 ? 40 * 24 * hour : 2 * hour));
    await cloud.scheduler.settle();
    await calm();
    for (let times = 0; times < 2; times += 1) {
      await cloud.clock.jumpTo(cloud.clock.now() + 2 * sweepEvery);
      cloud.spawn(() => cloud.sweep());
      await cloud.scheduler.settle();
      await calm();
    }
  }
}

/** What holds at every moment at which nobody is writing. */
async function wrongNow(cloud: Cloud, world: World): Promise<string | undefined> {
  for (const { dossierId } of world.papers) {
    const head = await cloud.truth.head(dossierId);
    const events = await cloud.truth.timeline(dossierId);
    const notes = await cloud.truth.notes(dossierId, 10_000);
    if (head === undefined) return `${dossierId} is not in the book`;
    const wrong = (words: string): string => `${dossierId} at ${head.place}: ${words}`;
    if (events.some(({ number }, index) => number !== index + 1)) return wrong('the numbers of its events have a gap');
    const ids = [...events, ...notes].map(({ eventId }) => eventId);
    if (new Set(ids).size !== ids.length) return wrong('an event is in the book twice');
    for (const { said, happenedAt } of world.accepted.values()) {
      if (said.dossierId !== dossierId) continue;
      const kept = [...events, ...notes].find(({ eventId }) => eventId === said.report.eventId);
      if (kept === undefined) return wrong(`${said.report.type} was accepted and is not in the book`);
      if (happenedAt !== undefined && kept.occurredAt !== happenedAt)
        return wrong(`${said.report.type} stands at another time than it happened`);
    }
    if (JSON.stringify(sorted(fold(events))) !== JSON.stringify(sorted(head)))
      return wrong('the head is not what its events make of it');
    if (JSON.stringify([head, events, notes]).includes(secretName)) return wrong('the book names a person');
    const { standing, pending } = asJudged(events);
    const rung = standing
      .filter(({ by }) => by.role === 'clock')
      .map(({ type, occurredAt }) => `${type} ${occurredAt}`);
    if (new Set(rung).size !== rung.length) return wrong('somebody was told twice of one date');
    const desk = [...cloud.truth.matters.values()].filter(
      (matter) => matter.dossierId === dossierId && (matter.kind === 'parked' || matter.kind === 'contradiction'),
    );
    if (desk.length !== pending.length)
      return wrong(`${pending.length} facts have no place, and ${desk.length} lie on a desk`);
  }
  return undefined;
}

/** What holds once everything has been delivered, told and rung. */
async function wrongAtRest(cloud: Cloud, world: World): Promise<string | undefined> {
  for (const { dossierId, real, isTangled } of world.papers) {
    const head = await cloud.truth.head(dossierId);
    if (head === undefined) return `${dossierId} is not in the book`;
    const wrong = (words: string): string => `${dossierId} at ${head.place}: ${words}`;
    const line = await cloud.truth.executionLine(dossierId);
    const running: number[] = [];
    for (let generation = 1; generation <= (line?.generation ?? 1); generation += 1) {
      const execution = await cloud.execution(dossierId, generation);
      if (execution?.input.includes(secretName)) return wrong('an execution names a person');
      if (execution?.status === 'RUNNING') running.push(generation);
    }
    if (isEnd(head.place)) {
      if (running.length > 0) return wrong(`its execution ${running.join(', ')} runs on`);
      if (head.dueAt !== undefined) return wrong('it is over and still has a date');
    } else {
      if (head.dueAt === undefined) return wrong('nothing will ever ring');
      const isPaused = line?.pausedAt !== undefined;
      if (!isPaused && running.length !== 1) return wrong(`${running.length} executions run`);
      if (!isPaused && (line?.wait?.place !== head.place || running[0] !== line.generation))
        return wrong(`its execution waits at ${line?.wait?.place ?? 'no place'}`);
    }

    const refused = world.refused.filter(({ said }) => said.dossierId === dossierId);
    const lost = refused.find(({ said, why }) => isFact(said) && why !== 'DateRefused');
    if (lost) return wrong(`${lost.said.report.type} was refused: ${lost.why}`);
    const { pending } = asJudged(await cloud.truth.timeline(dossierId));
    const isPlain = !isTangled && refused.length === 0;
    if (isPlain && pending.length > 0) return wrong(`${pending.length} facts that did happen find no place`);
    const isOver = isEnd(real.place) || isEnd(head.place);
    if (isPlain && !isOver && head.place !== real.place) return wrong(`the papers are at ${real.place}`);
    const now = legalTruth(head, await cloud.truth.timeline(dossierId));
    const again = await inAnotherOrder(cloud, dossierId);
    if (again !== undefined && JSON.stringify(sorted(again)) !== JSON.stringify(sorted(now)))
      return wrong(`the same events in another order make something else: ${difference(again, now)}`);
  }
  return undefined;
}

function isFact({ report }: Said): boolean {
  return report.device !== undefined && report.type !== 'Scanned';
}

/** The facts of a dossier once more, on an empty desk, in another order; undefined when a decision comes too early. */
async function inAnotherOrder(cloud: Cloud, dossierId: string): Promise<Legal | undefined> {
  const events = await cloud.truth.timeline(dossierId);
  const [first, ...later] = events;
  // What happened after an end that a clock has rung is kept for a person; told before it, it would have stood.
  const { standing, pending } = asJudged(events);
  const end = standing.findLast(({ by, type }) => by.role === 'clock' && type !== 'DeadlinePassed');
  const isTooLate = end !== undefined && pending.some(({ occurredAt }) => occurredAt > end.occurredAt);
  if (first === undefined || isTooLate) return undefined;
  const book = memoryBook();
  book.lay(fold([first]), [first]);
  const now = cloud.clock.now();
  // What a clock said is said by the clock again.
  let left = later.filter(({ by }) => by.role !== 'clock').toSorted((one, other) => scrambled(one) - scrambled(other));
  while (left.length > 0) {
    const refused: JourneyEvent[] = [];
    for (const event of left) {
      const taken = await takeIn(
        { book, now: () => now - 2 * hour, pause: async () => undefined },
        saidAgain(dossierId, event),
      );
      if ('refusal' in taken) refused.push(event);
    }
    if (refused.length === left.length) return undefined;
    left = refused;
  }
  for (const instant of [now - hour / 2, now]) await ringAll(book, dossierId, instant);
  const head = await book.head(dossierId);
  return head && legalTruth(head, await book.timeline(dossierId));
}

/** Whatever is due by an instant is rung. */
async function ringAll(book: MemoryBook, dossierId: string, now: number): Promise<void> {
  for (let version = 0; ;) {
    const rung = await ringClock(book, dossierId, () => now);
    if (rung.version === version) return;
    version = rung.version;
  }
}

/** Some order that is not that of the numbers, and always the same. */
function scrambled({ number }: JourneyEvent): number {
  return (number * 7919) % 101;
}

function saidAgain(dossierId: string, { eventId, type, occurredAt, by, details, device }: JourneyEvent): Said {
  const report = { eventId, type, occurredAt, by, details, ...(device === undefined ? {} : { device }) };
  return { dossierId, report, personal: {} };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}

/** Where two accounts of one dossier part. */
function difference(one: Legal, other: Legal): string {
  const lines = ({ timeline, legal, overdue, dueAt }: Legal): readonly string[] => [
    ...timeline.map(
      ({ type, occurredAt, from, to }) => `${type} ${new Date(occurredAt).toISOString()} ${from} → ${to}`,
    ),
    ...Object.entries({ ...legal, overdue, dueAt }).map(
      ([field, value]) => `${field} ${JSON.stringify(sorted(value))}`,
    ),
  ];
  const [first, second] = [lines(one), lines(other)];
  return [
    ...first.filter((line) => !second.includes(line)).map((line) => `\n  + ${line}`),
    ...second.filter((line) => !first.includes(line)).map((line) => `\n  - ${line}`),
  ].join('');
}
type Legal = ReturnType<typeof legalTruth>;

/** The shortest story of a seed that still goes wrong: as few steps as possible. */
export async function shortest(seed: number, steps: number, planted: Planted = {}): Promise<Outcome> {
  let [fewest, best] = [steps, await play(seed, steps, planted)];
  for (let step = Math.ceil(steps / 2); step >= 1; step = Math.floor(step / 2)) {
    while (fewest - step > 0) {
      const shorter = await play(seed, fewest - step, planted);
      if (shorter.violation === undefined) break;
      [fewest, best] = [fewest - step, shorter];
    }
  }
  return best;
}

/** How much of the law a run has come by. */
export function coverage(walked: ReadonlySet<string>): { readonly roads: string; readonly cells: string } {
  const all = new Set(rules.map(({ from, on, to }) => `${from} ${on} ${to}`));
  const cells = new Set(rules.map(({ from, on }) => `${from} ${on}`));
  const seen = [...all].filter((road) => walked.has(road)).length;
  const seenCells = new Set([...walked].map((road) => road.split(' ').slice(0, 2).join(' ')));
  return {
    roads: `${seen} of ${all.size}`,
    cells: `${[...cells].filter((cell) => seenCells.has(cell)).length} of ${cells.size}`,
  };
}
