/**
 * `npm run fuzz -- [--seed S] [--requests N] [--only K]`: requests drawn from the contract, right ones and spoiled
 * ones, by everybody, against the whole system. Ends with 1 at the first answer that is wrong, made small.
 */
import { parseArgs } from 'node:util';
import { fuzz, type Finding } from './run.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    requests: { type: 'string', default: '20000' },
    only: { type: 'string' },
  },
});
const seed = Number(values.seed);
const { requests, perSecond, byStatus, found } = await fuzz({
  seed,
  requests: Number(values.requests),
  ...(values.only === undefined ? {} : { only: Number(values.only) }),
});
const statuses = [...byStatus]
  .toSorted(([one], [other]) => one - other)
  .map(([status, count]) => `${count} × ${status}`);
console.log(`seed ${seed}: ${requests} requests, ${perSecond} a second: ${statuses.join(', ')}`);
console.log(found === undefined ? 'Nothing wrong.' : shown(found));
process.exitCode = found === undefined ? 0 : 1;

function shown({ number, sent, what }: Finding): string {
  const { caller, method, path, headers, body } = sent;
  const lines = [`${method} ${path}`, ...headers.map(([name, value]) => `${name}: ${value}`), '', body ?? ''];
  return `\n${what}\n\n${caller} sends\n${lines.join('\n')}\n\nnpm run fuzz -- --seed ${seed} --only ${number}`;
}
