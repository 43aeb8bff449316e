import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { Change } from './changes.ts';

/** Tests by file, in the order in which they are asked. */
interface Suites {
  readonly fast: readonly (readonly string[])[];
  readonly slow: readonly (readonly string[])[];
}

const takesLong = /best-practice|bundle|scan-check\.test/;
/** These start the whole system, or walk every road on it: what only they notice is told as unnoticed. */
const startsAll = /^test\/(local|journeys|emulator)\/|changed-law/;
/** What reaches files without importing them. */
const withoutImports: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^lambdas\/.*\/handler\.ts/, ['test/stack/room.test.ts', 'test/stack/bundle.test.ts']],
  [
    /^statemachines\//,
    globSync('test/statemachines/!(changed-law).test.ts').concat('test/adapters/stepfunctions/executions.test.ts'),
  ],
];

/**
 * Makes a copy of the project.
 * @returns what tells of a change whether a test notices it; the nearest and fastest tests are asked first
 */
export function noticing() {
  const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
  process.once('exit', () => rmSync(copy, { recursive: true, force: true }));
  for (const entry of globSync('{*,.prettierrc.json,.ci}', { exclude: ['node_modules', 'cdk.out', 'coverage'] }))
    cpSync(entry, join(copy, entry), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'));
  const suites = new Map<string, Suites>();
  const sound = new Set<string>();

  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8', timeout: 180_000 });
  const jest = (...args: readonly string[]) =>
    run('--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', ...args);

  return ({ file, start, end, text }: Change): 'noticed' | 'unnoticed' | 'does not compile' => {
    const { fast, slow } = suitesOf(file);
    refuseFailing([...fast, ...slow].flat());
    const path = join(copy, file);
    const source = readFileSync(path);
    writeFileSync(path, Buffer.concat([source.subarray(0, start), Buffer.from(text), source.subarray(end)]));
    try {
      // By itself and with what it imports first: that takes a tenth of the time of the whole.
      if (!compiles({ include: [], files: [file] })) return 'does not compile';
      if (file.startsWith('statemachines/') && run('statemachines/write-definition.ts').status !== 0) return 'noticed';
      if (fast.some(fails)) return 'noticed';
      if (!compiles({})) return 'does not compile';
      // Twice, because what takes long may be too slow on a busy machine.
      return slow.some((tests) => fails(tests) && fails(tests)) ? 'noticed' : 'unnoticed';
    } finally {
      writeFileSync(path, source);
      if (file.startsWith('statemachines/')) run('statemachines/write-definition.ts');
    }
  };

  function compiles(what: object): boolean {
    writeFileSync(join(copy, 'tsconfig.changed.json'), JSON.stringify({ extends: './tsconfig.json', ...what }));
    return run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.changed.json').status === 0;
  }

  function fails(tests: readonly string[]): boolean {
    const options = ['--bail', '--runInBand', '--silent', '--testTimeout=120000', '--runTestsByPath'];
    return tests.length > 0 && jest(...options, ...tests).status !== 0;
  }

  /** Tests that fail by themselves would notice everything. */
  function refuseFailing(tests: readonly string[]): void {
    const fresh = tests.filter((test) => !sound.has(test));
    if (fails(fresh) && fails(fresh))
      throw new Error(`Without any change some of these tests fail already: ${fresh.join(' ')}`);
    for (const test of fresh) sound.add(test);
  }

  function suitesOf(file: string): Suites {
    const known = suites.get(file) ?? inOrder(file);
    suites.set(file, known);
    return known;
  }

  function inOrder(file: string): Suites {
    const importing = jest('--listTests', '--findRelatedTests', file)
      .stdout.split('\n')
      .filter(Boolean)
      .map((test) => relative(copy, test))
      .filter((test) => !startsAll.test(test));
    const others = withoutImports.flatMap(([files, tests]) => (files.test(file) ? tests : []));
    const all = [...new Set([...importing, ...others])];
    const [folder = '', inner = ''] = file.split('/');
    const near = new RegExp(`^test/(${folder}/${inner}|${folder}|${folder === 'lib' ? 'stack' : 'doubles'})(/|\\.)`);
    const fast = all.filter((test) => !takesLong.test(test));
    return {
      fast: [fast.filter((test) => near.test(test)), fast.filter((test) => !near.test(test))],
      slow: [all.filter((test) => takesLong.test(test))],
    };
  }
}
