/**
 * How the scan check judges a directory of files, beside what poppler and libjpeg say of them:
 *
 *   node test/adapters/scan-check/compare.ts DIRECTORY
 *
 * Needs `pdfinfo` and `djpeg`. A PDF should be verified when pdfinfo opens it, a JPEG when djpeg decodes it without a
 * warning.
 */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scanCheck } from './scan-check.ts';

const directory = process.argv[2] ?? '.';
const check = scanCheck();
const files = globSync('**/*.{pdf,PDF,jpg,JPG,jpeg,JPEG}', { cwd: directory }).map((file) => join(directory, file));
const tally = new Map<string, number>();
let [agreed, slowest] = [0, 0];
for (const file of files) {
  const isPdf = /\.pdf$/i.test(file);
  const theirs = spawnSync(isPdf ? 'pdfinfo' : 'djpeg', isPdf ? [file] : ['-outfile', '/dev/null', file], {
    encoding: 'utf8',
  });
  const begun = performance.now();
  const ours = await check.open(readFileSync(file), isPdf ? 'application/pdf' : 'image/jpeg');
  slowest = Math.max(slowest, performance.now() - begun);
  const verdict = ours.ok
    ? ['verified', ...ours.value.contents.flags].join(' ')
    : 'why' in ours.refusal
      ? ours.refusal.why
      : ours.refusal.name;
  tally.set(verdict, (tally.get(verdict) ?? 0) + 1);
  if (ours.ok === (theirs.status === 0)) agreed += 1;
  else console.log(`${file}: ${verdict}; ${theirs.status === 0 ? 'opened' : theirs.stderr.trim().split('\n').at(-1)}`);
}
console.log(Object.fromEntries(tally));
console.log(`${agreed} of ${files.length} as poppler and libjpeg judge, the slowest in ${Math.round(slowest)} ms`);
