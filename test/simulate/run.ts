import { takeIn, type Said } from '../../domain/intake/take-in.ts';
import { eventFacts } from '../../domain/journey/events.ts';
import { isEnd } from '../../domain/journey/places.ts';
import { lawEdition, rules, stands } from '../../domain/journey/rules.ts';
import { asJudged, movesPaper } from '../../domain/journey/judged.ts';
import { monday } from '../domain/journey/town.ts';
import { cloudFrom, type Cloud } from './cloud.ts';
import type { FaultKind } from './faults.ts';
import { lookUp, otherwiseInAnotherOrder, wrongInBook } from './invariants.ts';
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
  // What only a clock finds is found when it rings: a lost record at the place’s next date, in six months at most.
  for (let round = 0; round < 5; round += 1) {
    await cloud.clock.jumpTo(cloud.clock.now() + (round === 3 ? 200 * 24 * hour : 2 * hour));
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
async function wrongNow({ truth }: Cloud, { papers, accepted }: World): Promise<string | undefined> {
  for (const { dossierId } of papers) {
    const desk = [...truth.matters.values()].filter((matter) => matter.dossierId === dossierId);
    const violation = wrongInBook(await lookUp(truth, dossierId), desk, accepted.values(), secretName);
    if (violation !== undefined) return violation;
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
    const other = await otherwiseInAnotherOrder(await lookUp(cloud.truth, dossierId), cloud.clock.now());
    if (other !== undefined) return wrong(other);
  }
  return undefined;
}

function isFact({ report }: Said): boolean {
  return report.device !== undefined && eventFacts[report.type].kind !== 'remark';
}

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
export function coverage(walked: ReadonlySet<string>): {
  readonly roads: string;
  readonly cells: string;
  readonly unwalked: readonly string[];
} {
  const standing = rules.filter((rule) => stands(rule, lawEdition));
  const all = new Set(standing.map(({ from, on, to }) => `${from} ${on} ${to}`));
  const cells = new Set(standing.map(({ from, on }) => `${from} ${on}`));
  const unwalked = [...all].filter((road) => !walked.has(road));
  const seenCells = new Set([...walked].map((road) => road.split(' ').slice(0, 2).join(' ')));
  return {
    unwalked,
    roads: `${all.size - unwalked.length} of ${all.size}`,
    cells: `${[...cells].filter((cell) => seenCells.has(cell)).length} of ${cells.size}`,
  };
}
