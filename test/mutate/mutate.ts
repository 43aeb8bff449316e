/**
 * `npm run mutate`: makes single changes to the product, one at a time, and tells which of them no test notices.
 *
 *   npm run mutate [-- --each 40] [--seed 1] [--files domain/journey/decide.ts,…]
 *
 * So many changes are drawn from each part of the product, or from the named files. It works in a copy of the project,
 * so the tree stays as it is. A change that does not compile is no change that anybody could make: it is not counted.
 */
import { globSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { changesOf, type Change } from './changes.ts';
import { noticing } from './noticing.ts';

const { values } = parseArgs({
  options: {
    each: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    files: { type: 'string' },
  },
});

const files =
  values.files?.split(',') ??
  globSync('{domain,lambdas,adapters,lib}/**/*.ts').concat('statemachines/dossier-journey.ts').toSorted();
const parts = Map.groupBy(files.flatMap(changesOf), ({ file }) => file.split('/')[0] ?? '');

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
const asks = noticing();
const total = { made: 0, noticed: 0 };
for (const [part, changes] of parts) {
  const counted = { made: 0, noticed: 0 };
  for (const change of shuffled(changes, Number(values.seed))) {
    if (counted.made === each) break;
    const outcome = asks(change);
    if (outcome === 'does not compile') continue;
    counted.made += 1;
    if (outcome === 'noticed') counted.noticed += 1;
    else console.log(`unnoticed ${change.words}`);
    process.stderr.write(`\r${part} ${counted.made} of ${each} `);
  }
  total.made += counted.made;
  total.noticed += counted.noticed;
  console.log(`${part.padEnd(14)} ${counted.noticed} of ${counted.made}, drawn from ${changes.length}`);
}
const share = ((total.noticed / total.made) * 100).toFixed(1);
console.log(`noticed ${total.noticed} of ${total.made} (${share} %), seed ${values.seed}`);
