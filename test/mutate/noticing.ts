import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { Change } from './changes.ts';

/** `ended`: noticed, because a test had not come to an end when long since it should have. */
type Outcome = 'noticed' | 'ended' | 'unnoticed' | 'does not compile';

/** What became of a run; of tests, `at` is the first that did not pass. */
interface Ran {
  readonly ran: 'passed' | 'failed' | 'ended';
  readonly at?: string | undefined;
}

/** These start the whole system, or walk every road on it: what only they notice is told as unnoticed. */
const startsAll = /^test\/(local|journeys|emulator|fuzz|simulate)\/|changed-law/;
/** What takes minutes is asked only about what it is for; what only it notices of others is told as unnoticed. */
const takesLong: readonly (readonly [RegExp, RegExp])[] = [
  [/best-practice/, /^lib\//],
  [/stack\/bundle/, /^lib\/|\/handler\.ts$/],
  [/^test\/stack\//, /^(lib|statemachines)\/|\/(handler|env)\.ts$/],
  [/scan-check\.test/, /^adapters\/scan-check\//],
];
/** What reaches files without importing them. */
const withoutImports: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^lambdas\/.*\/handler\.ts/, ['test/stack/room.test.ts', 'test/stack/bundle.test.ts']],
  [/^adapters\/scan-check\//, globSync('test/adapters/scan-check/*.test.ts')],
  [
    /^statemachines\//,
    globSync('test/{statemachines,stack}/*.test.ts').concat('test/adapters/stepfunctions/executions.test.ts'),
  ],
];

/** So much longer than it took before a test may take, on a busy machine; and jest to start. */
const timesSlower = 4;
const startMs = 30_000;
/** What was never seen to end. */
const patientMs = 240_000;

/**
 * Makes a copy of the project.
 * @returns what tells of a change whether a test notices it; the nearest and fastest tests are asked first
 */
export function noticing() {
  const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
  let running: ChildProcess | undefined;
  process.once('exit', () => {
    endWith(running);
    rmSync(copy, { recursive: true, force: true });
  });
  for (const entry of globSync('{*,.prettierrc.json,.ci}', { exclude: ['node_modules', 'cdk.out', 'coverage'] }))
    cpSync(entry, join(copy, entry), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'));
  const suites = new Map<string, readonly string[]>();
  /** How long each test file took when it passed. */
  const took = new Map<string, number>();
  /** They pass without any change. */
  const sound = new Set<string>();
  const unsound = new Set<string>();

  /** In a process group of its own: whatever it started goes when it goes. */
  async function run(args: readonly string[], limit?: NodeJS.Timeout, hear?: (line: string) => void) {
    const child = spawn(process.execPath, args, { cwd: copy, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    running = child;
    const said: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
    child.stderr.on('data', (chunk: Buffer) =>
      chunk
        .toString()
        .split('\n')
        .forEach((line) => hear?.(line)),
    );
    const closed = once(child, 'close');
    await once(child, 'exit');
    clearTimeout(limit);
    endWith(child);
    await closed;
    const ran = child.exitCode === 0 ? 'passed' : child.exitCode === null ? 'ended' : 'failed';
    return { ran, said: Buffer.concat(said).toString() } as const;
  }

  const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];

  return async (change: Change): Promise<Outcome> => {
    const { file, start, end, text } = change;
    const all = suites.get(file) ?? (await suitesOf(file));
    const path = join(copy, file);
    const source = readFileSync(path);
    const changed = Buffer.concat([source.subarray(0, start), Buffer.from(text), source.subarray(end)]);
    const isDefinition = file.startsWith('statemachines/');
    const write = async (what: Buffer): Promise<boolean> => {
      writeFileSync(path, what);
      return !isDefinition || (await run(['statemachines/write-definition.ts'])).ran === 'passed';
    };
    writeFileSync(path, changed);
    try {
      // By itself and with what it imports first: that takes a fifth of the time of the whole.
      if (!(await compiles({ include: [], files: [file] })) || !(await compiles({}))) return 'does not compile';
      if (!(await write(changed))) return 'noticed';
      for (;;) {
        const { ran, at } = await asked(inOrder(all, file));
        if (ran === 'passed' || at === undefined) return 'unnoticed';
        await write(source);
        const isSound = sound.has(at) || (await asked([at])).ran === 'passed' || (await asked([at])).ran === 'passed';
        if (isSound) sound.add(at);
        await write(changed);
        // What takes long may have been too slow on a busy machine.
        if (isSound && ran === 'failed' && !isLong(at)) return 'noticed';
        if (isSound && (await asked([at])).ran !== 'passed') return ran === 'ended' ? 'ended' : 'noticed';
        unsound.add(at);
        process.stderr.write(`\n${at} does not pass or fail every time: it is not asked\n`);
      }
    } finally {
      await write(source);
    }
  };

  async function compiles(what: { readonly files?: readonly string[]; readonly include?: readonly string[] }) {
    writeFileSync(join(copy, 'tsconfig.changed.json'), JSON.stringify({ extends: './tsconfig.json', ...what }));
    const again = what.files ? [] : ['--incremental', '--tsBuildInfoFile', 'changed.tsbuildinfo'];
    const { ran } = await run(['node_modules/typescript/bin/tsc', '-p', 'tsconfig.changed.json', ...again]);
    return ran === 'passed';
  }

  /** Until one does not pass. The limit is one of each test file: jest tells when it is through. */
  async function asked(tests: readonly string[]): Promise<Ran> {
    if (tests.length === 0) return { ran: 'passed' };
    const options = ['--bail', '--runInBand', '--forceExit', '--silent', '--testTimeout=120000'];
    const order = ['--testSequencer', './test/mutate/in-order.ts', '--runTestsByPath', ...tests];
    const longestMs = Math.max(...tests.map((test) => took.get(test) ?? patientMs / timesSlower));
    const limit = setTimeout(() => endWith(running), startMs + timesSlower * longestMs);
    const passed = new Set<string>();
    let since = performance.now();
    const { ran } = await run([...jest, ...options, ...order], limit, (line) => {
      const { how, test = '' } = /^(?<how>PASS|FAIL) (?<test>\S+)/.exec(line)?.groups ?? {};
      if (how === undefined) return;
      limit.refresh();
      if (how === 'PASS') took.set(test, performance.now() - since);
      if (how === 'PASS') passed.add(test);
      since = performance.now();
    });
    return { ran, at: tests.find((test) => !passed.has(test)) };
  }

  async function suitesOf(file: string): Promise<readonly string[]> {
    const { said } = await run([...jest, '--listTests', '--findRelatedTests', file]);
    const importing = said.split('\n').filter(Boolean);
    const others = withoutImports.flatMap(([files, tests]) => (files.test(file) ? tests : []));
    const all = [...new Set([...importing.map((test) => relative(copy, test)), ...others])]
      .filter((test) => !startsAll.test(test))
      .filter((test) => takesLong.every(([tests, files]) => !tests.test(test) || files.test(file)));
    suites.set(file, all);
    return all;
  }

  /** Those of its own folder first, then those of its part, each the fastest first; last what takes long. */
  function inOrder(tests: readonly string[], file: string): readonly string[] {
    const [folder = '', inner = ''] = file.split('/');
    const near = [`test/${folder}/${inner.replace(/\.ts$/, '')}`, `test/${folder}/`];
    const farness = (test: string): number => near.filter((start) => !test.startsWith(start)).length;
    const rank = (test: string): number => (isLong(test) ? 1e9 : 0) + 1e7 * farness(test) + (took.get(test) ?? 5000);
    return tests.filter((test) => !unsound.has(test)).toSorted((one, other) => rank(one) - rank(other));
  }

  function isLong(test: string): boolean {
    return (took.get(test) ?? 0) > 30_000;
  }
}

/** Ends a process and all that it started. */
function endWith(child: ChildProcess | undefined): void {
  if (child?.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // All of them are gone already.
  }
}
