/** `npm run coverage`: what the tests run of each folder, from the summary that jest wrote. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import * as z from 'zod';

const Share = z.object({ total: z.number(), covered: z.number() });
const Summary = z.record(z.string(), z.object({ lines: Share, branches: Share }));

const files = Summary.parse(JSON.parse(readFileSync('coverage/coverage-summary.json', 'utf8')));
const folders = Map.groupBy(
  Object.entries(files).filter(([file]) => file !== 'total'),
  ([file]) => relative(process.cwd(), file).split('/')[0] ?? '',
);

function share(of: readonly z.infer<typeof Share>[]): string {
  const total = of.reduce((sum, one) => sum + one.total, 0);
  const covered = of.reduce((sum, one) => sum + one.covered, 0);
  return total === 0 ? '–' : `${((covered / total) * 100).toFixed(1)} %`;
}

console.log(`${'folder'.padEnd(16)}${'lines'.padStart(9)}${'branches'.padStart(10)}`);
for (const [folder, those] of [...folders].toSorted(([a], [b]) => a.localeCompare(b))) {
  const [lines, branches] = [those.map(([, one]) => one.lines), those.map(([, one]) => one.branches)];
  console.log(`${folder.padEnd(16)}${share(lines).padStart(9)}${share(branches).padStart(10)}`);
}
