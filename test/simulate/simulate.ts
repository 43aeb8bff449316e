/**
 * `npm run simulate -- --seeds N --steps M [--seed S]`: plays seeds in two processes, and tells of the first that goes
 * wrong the shortest story it can find. `npm run simulate:planted`: plays bugs until each is caught.
 */
import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import { bugs } from './planted.ts';
import { coverage, play, shortest, type Outcome } from './run.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    steps: { type: 'string', default: '200' },
    seed: { type: 'string' },
    planted: { type: 'boolean', default: false },
    every: { type: 'string' },
  },
});
const steps = Number(values.steps);
const first = Number(values.seed ?? 1);
const last = first + (values.seed === undefined ? Number(values.seeds) : 1) - 1;

if (values.planted) process.exitCode = await plantAll();
else if (values.every === undefined) process.exitCode = await simulate();
else await playEvery(Number(values.every));

/** One of two processes: every other seed, each told to the parent. */
async function playEvery(offset: number): Promise<void> {
  for (let seed = first + offset; seed <= last; seed += 2) {
    const outcome = await play(seed, steps);
    process.send?.({ ...outcome, story: [], faults: [...outcome.faults], roads: [...outcome.roads] });
  }
  process.disconnect();
}

async function simulate(): Promise<number> {
  const started = performance.now();
  const roads = new Set<string>();
  const faults = new Map<string, number>();
  const wrong: number[] = [];
  let [played, events] = [0, 0];
  const take = ({ seed, violation, events: more, roads: walked, faults: done }: Told): void => {
    played += 1;
    events += more;
    walked.forEach((road) => roads.add(road));
    for (const [kind, count] of done) faults.set(kind, (faults.get(kind) ?? 0) + count);
    if (violation !== undefined) wrong.push(seed);
    if (process.stdout.isTTY) process.stdout.write(`\r${played} of ${last - first + 1} seeds, ${wrong.length} wrong `);
  };
  if (first === last) {
    const { faults: done, roads: walked, ...outcome } = await play(first, steps);
    take({ ...outcome, faults: [...done], roads: [...walked] });
  } else await Promise.all([0, 1].map(async (offset) => otherProcess(offset, take)));
  const { roads: share, cells, unwalked } = coverage(roads);
  console.log(
    `\n${played} seeds of ${steps} steps in ${Math.round((performance.now() - started) / 1000)} s: ${events} events, ` +
      `roads walked ${share}${unwalked.length === 0 ? '' : ` (not: ${unwalked.join('; ')})`}, places × events ${cells}\nfaults: ${[...faults].map(([kind, count]) => `${count} ${kind}`).join(', ')}`,
  );
  const [worst] = wrong.toSorted((one, other) => one - other);
  if (worst === undefined) {
    console.log('No violation.');
    return 0;
  }
  const { story, violation = '' } = await shortest(worst, steps);
  console.log(`\nseed ${worst} (${wrong.length} are wrong), its shortest story:\n${story.join('\n')}\n\n${violation}`);
  return 1;
}

type Told = Omit<Outcome, 'faults' | 'roads' | 'story'> & {
  readonly faults: readonly (readonly [string, number])[];
  readonly roads: readonly string[];
};

async function otherProcess(offset: number, take: (told: Told) => void): Promise<void> {
  const child = fork(new URL(import.meta.url), [...process.argv.slice(2), '--every', String(offset)]);
  child.on('message', (told: Told) => take(told));
  const code = await new Promise<number | null>((ended) => child.on('exit', ended));
  if (code !== 0) throw new Error(`a process of the simulation ended with ${code}`);
}

/** Each bug is put in, and played until it is caught. */
async function plantAll(): Promise<number> {
  let missed = 0;
  for (const bug of bugs) {
    let caught: Outcome | undefined;
    for (let seed = 1; seed <= 300 && caught === undefined; seed += 1) {
      const outcome = await play(seed, steps, bug);
      if (outcome.violation !== undefined) caught = outcome;
    }
    if (caught === undefined) missed += 1;
    const found =
      caught === undefined
        ? 'NOT CAUGHT in 300 seeds'
        : `seed ${caught.seed}: ${(caught.violation ?? '').split('\n')[0]}`;
    console.log(`${bug.needsTwo === true ? '2' : '1'}  ${bug.what}\n     ${found}`);
  }
  const two = bugs.filter(({ needsTwo }) => needsTwo).length;
  console.log(`${bugs.length - missed} of ${bugs.length} bugs caught, ${two} of them need two faults or two actors.`);
  return missed === 0 ? 0 : 1;
}
