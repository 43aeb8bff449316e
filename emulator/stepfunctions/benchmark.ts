/**
 * How fast the engine is, beside DynamoDB's emulator at the same durable work in the same run:
 *
 *   npm run bench [-- --open 1000,10000,100000] [--journeys 400]
 *
 * A transition is one state entered. Everything is durable before it counts: the engine's file and the emulator's lie
 * in
 * the same directory. The DynamoDB that the tasks call is a stand-in that answers at once: its own speed is measured
 * apart.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { callbackLatency, journeys, openExecutions } from './benchmark/loads.ts';
import { streamCosts } from '../dynamodb/stream-benchmark.ts';
import { emulatorWrites } from './benchmark/emulator.ts';

const { values } = parseArgs({
  options: { open: { type: 'string', default: '1000,10000,100000' }, journeys: { type: 'string', default: '400' } },
});
const directory = mkdtempSync(join(tmpdir(), 'stepfunctions-benchmark-'));

function line(name: string, value: string): void {
  console.log(`${name.padEnd(66)} ${value}`);
}

try {
  const emulator = await emulatorWrites(directory);
  line('DynamoDB emulator alone, transactions of two items', `${emulator.toFixed(0)} /s`);
  const { indexed, before } = await streamCosts(join(directory, 'stream'), 100, 100_000);
  line('accepted write at 100 / 100,000 stream records', `${indexed.few.toFixed(1)} / ${indexed.many.toFixed(1)} ms`);
  line('the same without our index', `${before.few.toFixed(1)} / ${before.many.toFixed(1)} ms`);
  const carried = await journeys(join(directory, 'journeys.db'), Number(values.journeys));
  line('durable state transitions, 100 executions at once', `${carried.perSecond.toFixed(0)} /s`);
  line('ratio to the emulator', (carried.perSecond / emulator).toFixed(2));
  const latency = await callbackLatency(join(directory, 'latency.db'));
  line(
    'callback to next state entered, 100 open, 10 at once, p50 / p99',
    `${latency.p50.toFixed(1)} / ${latency.p99.toFixed(1)} ms`,
  );
  for await (const open of openExecutions(directory, values.open.split(',').map(Number))) {
    line(`${open.executions} open executions: one transition takes`, `${open.msPerTransition.toFixed(2)} ms`);
    line(
      `${open.executions} open executions: start again`,
      `${open.restartMs.toFixed(0)} ms, ${open.residentMb.toFixed(0)} MB resident`,
    );
  }
} finally {
  rmSync(directory, { recursive: true });
}
