/** `npm run dev`: the whole system on this machine, and whatever is saved is live in it a moment later. */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, globSync, readFileSync, renameSync, watch } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { BadFlag, readFlags, readPort } from '../../emulator/command-line.ts';
import { isForPeople } from '../../emulator/errors.ts';
import { startSystem } from '../system.ts';
import { welcome } from '../welcome.ts';
import { startBuilder } from './builder.ts';
import { codeIn, firstLines, makeAssembly, shapeOf } from './template.ts';

const help = `npm run dev -- [flags]

  --port N       the HTTP API's port (default 3000; 0 takes any free one)
  --aws-port N   the port of DynamoDB, S3 and Step Functions (default 4566; 0 takes any free one)
  --data DIR     where everything is kept (default .local/data)
  --help         this
`;

const project = join(import.meta.dirname, '..', '..');
const watched = ['bin', 'lib', 'lambdas', 'adapters', 'contract', 'domain', 'statemachines', 'cdk.json'];
const assemblies = join(project, '.local', 'dev');

try {
  await main();
} catch (error) {
  if (!(error instanceof BadFlag) && !isForPeople(error)) throw error;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(error instanceof BadFlag ? 2 : 1);
}

async function main(): Promise<void> {
  const { values } = readFlags({
    options: {
      'port': { type: 'string', default: '3000' },
      'aws-port': { type: 'string', default: '4566' },
      'data': { type: 'string', default: join(project, '.local', 'data') },
      'help': { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  const ports = { apiPort: readPort('--port', values.port), awsPort: readPort('--aws-port', values['aws-port']) };
  await develop(resolve(values.data), ports);
}

async function develop(dataDir: string, wanted: { readonly apiPort: number; readonly awsPort: number }): Promise<void> {
  say('Building the functions and the template …');
  const builder = startBuilder(project);
  let assembly = nextAssembly(undefined);
  const fault = (await bundle()) ?? (await makeAssembly(project, assembly));
  if (fault !== undefined) {
    process.stderr.write(`${fault}\n`);
    process.exit(1);
  }
  let system = await startSystem({ assembly, dataDir, ...wanted, log: say });
  const ports = { apiPort: portOf(system.apiUrl), awsPort: portOf(system.awsUrl) };
  endOnSignal(async () => {
    builder.close();
    await system.close();
  });
  process.stdout.write(welcome(system, relative(process.cwd(), dataDir), false));
  say('What you save from here on is live in a moment. Ctrl-C ends it.');

  const changes = watchSources();
  let isBroken = false;
  let templates: Promise<void> = Promise.resolve();
  for (;;) {
    const files = await changes.next();
    const began = performance.now();
    const problem = (await writeDefinition(files)) ?? (await bundle());
    if (problem === undefined && isBroken) say('It builds again.');
    isBroken = problem !== undefined;
    if (problem !== undefined) {
      say(`${files.join(', ')} cannot be built; what ran before goes on running.\n${problem}`);
      continue;
    }
    const code = copyBundles(assembly);
    if (code.length > 0) system.refreshFunctions();
    if (code.length > 0) say(`${code.join(', ')}: live after ${since(began)}`);
    // Beside the next change of code, which need not wait for it.
    if (files.some(makesTemplate)) templates = templates.then(async () => renew(began));
  }

  async function bundle(): Promise<string | undefined> {
    const faults = await builder.build();
    return faults.length === 0 ? undefined : faults.join('\n');
  }

  /** Another template: the cloud starts again on the same data, ports and clock; with the old one if it refuses. */
  async function renew(began: number): Promise<void> {
    const [before, next] = [assembly, nextAssembly(assembly)];
    const refused = await makeAssembly(project, next);
    if (refused !== undefined) return say(`The template cannot be made; the old one goes on running.\n${refused}`);
    if (shapeOf(next) === shapeOf(before)) return undefined;
    await system.close();
    try {
      system = await startSystem({ assembly: next, dataDir, ...ports, log: say });
      assembly = next;
      // What was saved while the template was made.
      if (copyBundles(assembly).length > 0) system.refreshFunctions();
      return say(`The new template is live after ${since(began)}`);
    } catch (error) {
      system = await startSystem({ assembly: before, dataDir, ...ports, log: say });
      return say(`The new template does not start; the old one runs again.\n${firstLines(String(error))}`);
    }
  }
}

function since(began: number): string {
  return `${Math.round(performance.now() - began)} ms`;
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}

function endOnSignal(end: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      end().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

/** Code alone changes no template, but what a function reads from its environment does. */
function makesTemplate(file: string): boolean {
  return !/^(adapters|lambdas)\//.test(file) || file.endsWith('/env.ts');
}

/** One runs while the other is made. */
function nextAssembly(running: string | undefined): string {
  const [one, other] = [join(assemblies, 'one'), join(assemblies, 'other')];
  return running === one ? other : one;
}

/** A change of the law is a change of the state machine, which is generated from it. */
async function writeDefinition(files: readonly string[]): Promise<string | undefined> {
  if (!files.some((file) => /^(domain|statemachines)\/.*\.ts$/.test(file))) return undefined;
  try {
    await promisify(execFile)(process.execPath, ['--no-warnings', 'statemachines/write-definition.ts'], {
      cwd: project,
    });
    return undefined;
  } catch (error) {
    return firstLines(error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error));
  }
}

/**
 * Puts bundles that have changed where the running functions load them from.
 * @returns the names of the operations
 */
function copyBundles(assembly: string): readonly string[] {
  const changed: string[] = [];
  for (const [operation, root] of codeIn(assembly)) {
    for (const file of globSync('**/*.*', { cwd: join(project, '.build', operation) })) {
      const [from, to] = [join(project, '.build', operation, file), join(root, file)];
      if (existsSync(to) && readFileSync(from).equals(readFileSync(to))) continue;
      // Whole under another name first: a function may be started at this very moment.
      cpSync(from, `${to}.new`);
      renameSync(`${to}.new`, to);
      if (!changed.includes(operation)) changed.push(operation);
    }
  }
  return changed;
}

interface Changes {
  /** The files that were saved since they were asked for last, at least one. */
  next(): Promise<readonly string[]>;
}

function watchSources(): Changes {
  const changed = new Set<string>();
  let wake: () => void = () => undefined;
  for (const name of watched) {
    watch(join(project, name), { recursive: true }, (_event, file) => {
      const path = file === null || file === name ? name : join(name, file);
      // Editors write beside a file before they take its place.
      if (!/\.(ts|json|html)$/.test(path)) return;
      changed.add(path);
      wake();
    });
  }
  return {
    next: async () => {
      if (changed.size === 0) {
        const { promise, resolve: wakeUp } = Promise.withResolvers<void>();
        wake = wakeUp;
        await promise;
      }
      // Whoever saves many files saves them within a moment.
      await sleep(40);
      const files = [...changed];
      changed.clear();
      return files;
    },
  };
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
