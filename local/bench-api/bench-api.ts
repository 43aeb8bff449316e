/**
 * `npm run bench:api [-- --rounds N] [--only event,load,bundles]`: how long an event takes beside the same reads and
 * transaction made bare, how many events a second are accepted over 1, 10 and 50 connections while the executions
 * follow, and how big the functions are and how long they take to load. On a throw-away system without the throttle.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { apiClient, type ApiClient, type DossierAnswer } from '../../client/api-client.ts';
import { functionsOf } from '../../emulator/lambda/function-definition.ts';
import body from '../../examples/first-dossier.json' with { type: 'json' };
import { synthesize } from '../synthesize.ts';
import { startSystem } from '../system.ts';
import { bareBook } from './bare.ts';
import { bundlesOf } from './bundles.ts';
import { loadFromAside, reporter, type Journey } from './load.ts';
import { roadOf } from './road.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: 'event,load,bundles' },
  },
});
const rounds = Number(values.rounds);
const project = fileURLToPath(new URL('../..', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'dossier-post-bench-'));
process.once('exit', () => rmSync(directory, { recursive: true, force: true }));

const assembly = withoutThrottle(await synthesize(project), join(directory, 'assembly'));
const system = await startSystem({ assembly, dataDir: join(directory, 'data'), apiPort: 0, awsPort: 0 });
try {
  line(
    'load average before',
    loadavg()
      .map((load) => load.toFixed(1))
      .join(', '),
  );
  const clerk = apiClient({ apiUrl: system.apiUrl, token: async () => system.tokens.clerk });
  // The first calls start the functions' threads.
  await loaded(clerk, 10, 20);
  if (values.only.includes('event')) await oneEvent(clerk);
  if (values.only.includes('load'))
    for (const [connections, dossiers] of [
      [1, 15],
      [10, 60],
      [50, 150],
    ] as const)
      await best(clerk, connections, dossiers);
  if (values.only.includes('bundles')) bundles();
  line(
    'load average after',
    loadavg()
      .map((load) => load.toFixed(1))
      .join(', '),
  );
} finally {
  await system.close();
}

/** One event through the door, then the same bare, over and over while nothing else happens. */
async function oneEvent(clerk: ApiClient): Promise<void> {
  const book = system.stack.ofType('AWS::DynamoDB::Table').find(({ logicalId }) => logicalId.startsWith('Book'))?.ref;
  const bare = await bareBook(system, book ?? '');
  const report = reporter(system.apiUrl, 1, system.tokens);
  const through: number[] = [];
  const alone: number[] = [];
  for (const { dossierId, stages } of await journeys(clerk, 60)) {
    const [stage] = stages;
    if (stage === undefined) continue;
    await system.settled();
    const before = await bare.itemsOf(dossierId);
    through.push(await report(dossierId, stage));
    await system.settled();
    alone.push(await bare.accept(before, await bare.itemsOf(dossierId)));
  }
  const burst = await bare.burst(500, 50);
  bare.close();
  const [event, made] = [p50(through.slice(10)), p50(alone.slice(10))];
  line('an event accepted, p50', `${event.toFixed(1)} ms`);
  line('the same reads and transaction made bare, p50', `${made.toFixed(1)} ms`);
  line('ratio', (event / made).toFixed(2));
  line('the transaction alone over 50 connections', `${burst.toFixed(0)} /s`);
}

async function best(clerk: ApiClient, connections: number, dossiers: number): Promise<void> {
  const runs = [];
  for (let left = rounds; left > 0; left -= 1) runs.push(await loaded(clerk, connections, dossiers));
  const [fastest] = runs.toSorted((a, b) => a.seconds - b.seconds);
  if (fastest === undefined) return;
  const { accepted, seconds, milliseconds, followedMs } = fastest;
  const cpuMs = Math.min(...runs.map((run) => run.cpuMs));
  line(
    `${connections} connections, ${accepted} events accepted`,
    `${(accepted / seconds).toFixed(0)} /s, p50 ${p50(milliseconds).toFixed(1)} ms, followed ${(followedMs / 1000).toFixed(1)} s later; ${cpuMs.toFixed(1)} ms of CPU each`,
  );
}

async function loaded(clerk: ApiClient, connections: number, dossiers: number) {
  const carried = await journeys(clerk, dossiers);
  await system.settled();
  const before = process.cpuUsage();
  const result = await loadFromAside({ apiUrl: system.apiUrl, connections, tokens: system.tokens, journeys: carried });
  const startedAt = performance.now();
  await system.settled();
  const { user, system: kernel } = process.cpuUsage(before);
  return {
    ...result,
    followedMs: performance.now() - startedAt,
    cpuMs: (user + kernel) / 1000 / result.accepted,
  };
}

async function journeys(clerk: ApiClient, count: number): Promise<readonly Journey[]> {
  const opened: DossierAnswer[] = [];
  const left = Array.from({ length: count }).values();
  const opening = async () => {
    for (let next = left.next(); next.done !== true; next = left.next())
      opened.push(await clerk.register({ ...body, frontDoor: 'counter' }));
  };
  await Promise.all([opening(), opening(), opening(), opening()]);
  return opened.map((dossier) => ({ dossierId: dossier.dossierId, stages: roadOf(dossier, system.clock.now()) }));
}

function bundles(): void {
  const all = bundlesOf(functionsOf(system.stack), rounds);
  const least = all.find(({ operation }) => operation === 'report-health')?.loadMs ?? NaN;
  for (const { operation, size, loadMs } of all)
    line(
      `${operation}, gzip and load time beside report-health`,
      `${size.toFixed(0).padStart(4)} kB ${(loadMs / least).toFixed(2)}`,
    );
}

/** The same assembly, whose gateway takes as much as comes, from whomever it comes. */
function withoutThrottle(from: string, to: string): string {
  cpSync(from, to, { recursive: true, filter: (path) => path === from });
  for (const name of readdirSync(from)) {
    if (name.endsWith('.template.json'))
      writeFileSync(
        join(to, name),
        readFileSync(join(from, name), 'utf8')
          .replaceAll(/"Throttling(Rate|Burst)Limit":\d+/g, '"Throttling$1Limit":1000000')
          .replaceAll('"CALLER_LIMITS_TABLE"', '"WITHOUT_LIMITS"'),
      );
    else symlinkSync(join(from, name), join(to, name));
  }
  return to;
}

function p50(all: readonly number[]): number {
  return all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? NaN;
}

function line(what: string, value: string): void {
  console.log(`${what.padEnd(64)} ${value}`);
}
