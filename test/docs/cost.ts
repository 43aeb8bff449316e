/**
 * `npm run cost`: carries one happy dossier from a counter to the citizen's door on the local cloud, counts what AWS
 * would charge for, and prices it. Ends with 1 above the bar.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { open, walkTo } from '../journeys/roads.ts';
import { bootTown, discard, freshDataDirectory } from '../journeys/town.ts';
import { measureBook } from './book-costs.ts';
import prices from './prices.json' with { type: 'json' };

/** What a happy dossier may cost, all in. */
const bar = 0.0005;

/** Of the traces, so many are taken (`lib/trace-sampling.ts`). */
const sampled = 0.01;

const usd = prices.usd;

/** One line of the bill. */
interface Position {
  readonly what: string;
  readonly count: number;
  readonly price: number;
}

const positions = await bill();
const total = positions.reduce((sum, { count, price }) => sum + count * price, 0);
for (const { what, count, price } of positions)
  console.log(
    `${what.padEnd(46)} ${count.toFixed(3).padStart(10)} × ${price.toFixed(10)} = ${inDollars(count * price)}`,
  );
const traces = positions.find(({ what }) => what.startsWith('Traces'));
const share = ((traces?.count ?? 0) * (traces?.price ?? 0)) / total;
console.log(`${'A happy dossier'.padEnd(72)} = ${inDollars(total)}, the bar is ${inDollars(bar)}`);
console.log(
  `Traces are ${(share * 100).toFixed(1)} % of it. Prices of ${prices.region}, ${prices.lookedUp}. ${prices.note}`,
);
process.exitCode = total <= bar && share < 0.05 ? 0 : 1;

function inDollars(value: number): string {
  return `$${value.toFixed(6)}`;
}

async function bill(): Promise<readonly Position[]> {
  const dataDir = freshDataDirectory();
  const town = await bootTown(dataDir);
  try {
    // The first calls start the functions; a dossier on a busy day finds them warm.
    await walkTo(town, await open(town, 'counter'), 'Delivered');
    const seen = new Map<string, number>();
    newReports(dataDir, seen);
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'Delivered');
    const { dossierId, trackingCode } = traveller.dossier;
    const walked = newReports(dataDir, seen);
    const { billedTransitions } = await town.execution(dossierId);
    await town.as({ role: 'clerk', unit: 'PO-BACKAN' }).track(trackingCode);
    const tracked = newReports(dataDir, seen);
    // Walking asks where the paper is before each step, which no clerk's counter does.
    const asked = walked.filter(({ fn }) => !fn.includes('ReadDossier'));
    const calls = [...asked, ...Array.from({ length: 3 }, () => tracked).flat()];
    const answered = calls.filter(({ fn }) => /RegisterDossier|RecordEvent|TrackDossier/.test(fn)).length;
    const costs = new Map((await measureBook()).map((cost) => [cost.access, cost]));
    const [reads, writes] = (['read', 'write'] as const).map((kind) => {
      const of = (access: string): number => costs.get(access)?.[kind] ?? 0;
      return (
        of('Open a dossier') +
        6 * of('Record an event') +
        2 * (kind === 'write' ? 2 : 0) +
        of('Record the delivery, with who took it') +
        of('Arrive at the first place (the state machine writes the wait)') +
        6 * of('Arrive at a later place') +
        14 * of('Lead an execution on') +
        3 * of('Track a dossier of ten events')
      );
    });
    return [
      { what: 'State transitions', count: billedTransitions, price: usd.stateTransition.price },
      { what: 'HTTP requests (3 of them track it)', count: answered, price: usd.httpRequest.price },
      { what: 'Invocations', count: calls.length, price: usd.invocation.price },
      {
        what: 'GB-seconds, as long as they took here',
        count: calls.reduce((sum, { ms, megabytes }) => sum + (ms / 1000) * (megabytes / 1024), 0),
        price: usd.gigabyteSecond.price,
      },
      { what: 'Write units (docs/book.md)', count: writes ?? 0, price: usd.writeUnit.price },
      { what: 'Read units (docs/book.md)', count: reads ?? 0, price: usd.readUnit.price },
      {
        what: 'Log bytes, in GB (0.6 KB an invocation)',
        count: (calls.length * 600) / 1e9,
        price: usd.logGigabyte.price,
      },
      { what: 'Traces, one in a hundred', count: calls.length * sampled, price: usd.trace.price },
      { what: 'Requests to the key of people’s data', count: 3, price: usd.keyRequest.price },
    ];
  } finally {
    await town.close();
    discard(dataDir);
  }
}

interface Report {
  readonly fn: string;
  readonly ms: number;
  readonly megabytes: number;
}

/**
 * What the functions' logs say of their invocations since the last time they were asked. The sweep runs whether or not
 * anybody travels.
 */
function newReports(dataDir: string, seen: Map<string, number>): readonly Report[] {
  const logs = join(dataDir, 'logs');
  return readdirSync(logs)
    .filter((name) => name.endsWith('.log') && !name.includes('Sweep'))
    .flatMap((name) => {
      const lines = readFileSync(join(logs, name), 'utf8').matchAll(
        /Billed Duration: (\d+) ms\tMemory Size: (\d+) MB/g,
      );
      const all = Array.from(lines, ([, ms, megabytes]) => ({
        fn: name,
        ms: Number(ms),
        megabytes: Number(megabytes),
      }));
      const fresh = all.slice(seen.get(name) ?? 0);
      seen.set(name, all.length);
      return fresh;
    });
}
