/** `npm run simulate:live -- --seeds N --steps M [--seed S]`: the system in a process that is killed with -9. */
import { parseArgs } from 'node:util';
import { playLive } from './live.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '3' },
    steps: { type: 'string', default: '40' },
    seed: { type: 'string' },
  },
});
const first = Number(values.seed ?? 1);
const last = first + (values.seed === undefined ? Number(values.seeds) : 1) - 1;
const total = { kills: 0, answered: 0, again: 0 };
for (let seed = first; seed <= last; seed += 1) {
  const { violation, kills, answered, again } = await playLive(seed, Number(values.steps));
  total.kills += kills;
  total.answered += answered;
  total.again += again;
  console.log(`seed ${seed}: ${kills} kills, ${answered} answered, ${again} sent again: ${violation ?? 'all holds'}`);
  if (violation !== undefined) process.exitCode = 1;
}
console.log(`${total.kills} kills with -9, ${total.answered} reports answered, ${total.again} sent again.`);
