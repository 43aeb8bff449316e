/**
 * `npm run mutate`: makes single changes to the product, one at a time, and tells which of them no test notices.
 *
 *   npm run mutate [-- --sample 60] [--seed 1] [--files domain/journey/decide.ts,…]
 *
 * It works in a copy of the project, so the tree stays as it is. A change is a comparison turned round, a literal
 * changed, a member of a list or a call dropped. The tests of the changed file's folder are asked first, the slower
 * ones of the whole law and stack then; a change that does not compile counts as noticed.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    sample: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    files: { type: 'string' },
  },
});

interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly before: string;
  readonly after: string;
}

/** Each takes a line of code, and gives it back with one thing changed. */
const changes: readonly (readonly [RegExp, string])[] = [
  [/ === /, ' !== '],
  [/ !== /, ' === '],
  [/ < /, ' >= '],
  [/ > /, ' <= '],
  [/ && /, ' || '],
  [/ \+ 1\b/, ' + 2'],
  [/ \+ /, ' - '],
  [/\btrue\b/, 'false'],
  [/\bfalse\b/, 'true'],
  [/\b(\d{2,})\b/, '1$1'],
  [/\['([\w-]+)', /, '['],
  [/, '([\w-]+)'\]/, ']'],
  [/\['([\w-]+)'\]/, '[]'],
  [/"([A-Z]\w+\.[A-Z]\w+Exception)",/, '"Never.$1",'],
  [/^(\s*)(?:await )?[\w.#]+\([^()]*\);$/, '$1;'],
];

const where =
  values.files?.split(',') ??
  globSync('{domain,lambdas,adapters,lib}/**/*.ts').concat('statemachines/dossier-journey.ts');
const mutants = where.flatMap(mutantsOf);

function mutantsOf(file: string): Mutant[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((before, index) => {
      const isCode = !/^\s*(\/\/|\*|\/\*|import |export type|export interface|readonly |\| |source:|vi:|en:)/.test(
        before,
      );
      return changes
        .filter(([pattern]) => isCode && pattern.test(before))
        .map(([pattern, to]) => ({ file, line: index + 1, before, after: before.replace(pattern, to) }));
    });
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

function sampled(all: readonly Mutant[], size: number, seed: number): readonly Mutant[] {
  const chance = chances(seed);
  return all
    .map((mutant) => ({ mutant, rank: chance.next().value }))
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, size)
    .map(({ mutant }) => mutant);
}

const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
process.once('exit', () => rmSync(copy, { recursive: true, force: true }));
for (const entry of globSync('{*,.prettierrc.json,.ci}', { exclude: ['node_modules', 'cdk.out', 'coverage'] }))
  cpSync(entry, join(copy, entry), { recursive: true });
symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'));

/** The tests that are near a file, and those that hold the whole. */
function testsFor(file: string): readonly (readonly string[])[] {
  const [top = '', folder = ''] = file.split('/');
  if (top === 'lib') return [['test/stack', 'test/docs']];
  if (top === 'statemachines') return [['test/statemachines'], ['test/adapters/stepfunctions']];
  if (top === 'lambdas') return [['test/lambdas'], ['test/stack', 'test/journeys/happy']];
  if (top === 'adapters')
    return [
      [`test/adapters/${folder}`, 'test/doubles'],
      ['test/lambdas', 'test/journeys/happy'],
    ];
  return [
    [`test/domain/${folder.replace(/\.ts$/, '')}`, 'test/released'],
    ['test/domain', 'test/lambdas', 'test/statemachines', 'test/contract'],
  ];
}

/** Tests that fail by themselves would notice everything. */
function refuseFailingTests(files: readonly string[]): void {
  const groups = new Map(files.flatMap(testsFor).map((tests) => [tests.join(' '), tests]));
  if (run(['node_modules/typescript/bin/tsc', '-p', '.']) !== 0) throw new Error('The project does not compile.');
  for (const [name, tests] of groups)
    if (!passes(tests)) throw new Error(`Without any change these tests fail already: ${name}`);
}

function passes(tests: readonly string[]): boolean {
  const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '--bail', '--silent'];
  return run([...jest, ...tests]) === 0;
}

function isNoticed({ file, line, after }: Mutant): boolean {
  const path = join(copy, file);
  const whole = readFileSync(path, 'utf8');
  const lines = whole.split('\n');
  lines[line - 1] = after;
  writeFileSync(path, lines.join('\n'));
  if (file.startsWith('statemachines/')) run(['statemachines/write-definition.ts']);
  try {
    if (run(['node_modules/typescript/bin/tsc', '-p', '.']) !== 0) return true;
    return !testsFor(file).every(passes);
  } finally {
    writeFileSync(path, whole);
    if (file.startsWith('statemachines/')) run(['statemachines/write-definition.ts']);
  }
}

function run(args: readonly string[]): number {
  return spawnSync(process.execPath, args, { cwd: copy, stdio: 'ignore', timeout: 180_000 }).status ?? 1;
}

const chosen = sampled(mutants, Number(values.sample), Number(values.seed));
refuseFailingTests(chosen.map(({ file }) => file));
const tally = new Map<string, { made: number; noticed: number }>();
for (const [index, mutant] of chosen.entries()) {
  const folder = mutant.file.split('/')[0] ?? '';
  const counted = tally.get(folder) ?? { made: 0, noticed: 0 };
  const noticed = isNoticed(mutant);
  tally.set(folder, { made: counted.made + 1, noticed: counted.noticed + Number(noticed) });
  if (!noticed)
    console.log(`unnoticed ${mutant.file}:${mutant.line}\n  - ${mutant.before.trim()}\n  + ${mutant.after.trim()}`);
  process.stderr.write(`\r${index + 1} of ${chosen.length}`);
}
const counts = [...tally.values()];
const made = counts.reduce((sum, one) => sum + one.made, 0);
const noticed = counts.reduce((sum, one) => sum + one.noticed, 0);
for (const [folder, one] of tally) console.log(`${folder.padEnd(14)} ${one.noticed} of ${one.made}`);
console.log(`noticed ${noticed} of ${made} (${((noticed / made) * 100).toFixed(1)} %), sampled from ${mutants.length}`);
