/**
 * `npm run mutate`: makes single changes to the product, one at a time, and tells which of them no test notices.
 *
 *   npm run mutate [-- --each 40] [--seed 1] [--parts domain,lib] [--files domain/journey/decide.ts,…]
 *
 * So many changes are drawn from each part of the product, or from the named files. It works in a copy of the project,
 * so the tree stays as it is. A change that does not compile is no change that anybody could make: it is not counted.
 * Ctrl-C ends it with the share until then.
 */
import { globSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { changesOf, type Change } from './changes.ts';
import { noticing } from './noticing.ts';

const { values } = parseArgs({
  options: {
    each: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    parts: { type: 'string', default: 'domain,lambdas,adapters,statemachines,lib' },
    files: { type: 'string' },
  },
});

const files = values.files?.split(',') ?? globSync(values.parts.split(',').map((part) => `${part}/**/*.ts`)).toSorted();
const parts = Map.groupBy(files.flatMap(changesOf), partOf);

function partOf({ file }: Change): string {
  return file.split('/')[0] ?? '';
}

/** A number that follows from a seed, evenly spread from 0 to 1. */
function* chances(seed: number): Generator<number, number> {
  for (let state = seed | 0; ;) {
    state = (state + 0x6d2b79f5) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    const more = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    yield ((more ^ (more >>> 14)) >>> 0) / 2 ** 32;
  }
}

function shuffled(all: readonly Change[], seed: number): readonly Change[] {
  const chance = chances(seed);
  return all
    .map((change) => ({ change, rank: chance.next().value }))
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ change }) => change);
}

const each = Number(values.each);
const counts = new Map<string, { made: number; noticed: number }>();

function tell(): void {
  const all = [...counts];
  for (const [part, counted] of all)
    console.log(`${part.padEnd(14)} ${counted.noticed} of ${counted.made}, drawn from ${parts.get(part)?.length}`);
  const made = sum(all.map(([, counted]) => counted.made));
  const noticed = sum(all.map(([, counted]) => counted.noticed));
  console.log(`noticed ${noticed} of ${made} (${((noticed / made) * 100).toFixed(1)} %), seed ${values.seed}`);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

process.once('exit', tell);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const outcomeOf = noticing();
for (const [part, changes] of parts) {
  const counted = { made: 0, noticed: 0 };
  counts.set(part, counted);
  for (const change of shuffled(changes, Number(values.seed))) {
    if (counted.made === each) break;
    const outcome = await outcomeOf(change);
    if (outcome === 'does not compile') continue;
    counted.made += 1;
    if (outcome !== 'unnoticed') counted.noticed += 1;
    if (outcome !== 'noticed') console.log(`${outcome} ${change.words}`);
    process.stderr.write(`\r${part} ${counted.made} of ${each} `);
  }
}
