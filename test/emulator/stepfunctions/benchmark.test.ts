import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { streamCosts } from '../../../emulator/dynamodb/stream-benchmark.ts';
import { callbackLatency, journeys, openExecutions } from '../../../emulator/stepfunctions/benchmark/loads.ts';

const directory = mkdtempSync(join(tmpdir(), 'benchmark-'));
afterAll(() => rmSync(directory, { recursive: true }));

describe('the benchmark', () => {
  it('the benchmark carries its journeys to the end and measures them', async () => {
    expect((await journeys(join(directory, 'journeys.db'), 5)).perSecond).toBeGreaterThan(0);
    const { p50, p99 } = await callbackLatency(join(directory, 'latency.db'));
    expect(p99).toBeGreaterThanOrEqual(p50);
  });

  it('the benchmark measures a write with few and with many stream records, with our index and without it', async () => {
    const { indexed, before } = await streamCosts(join(directory, 'stream'), 10, 1000);
    expect(indexed.few * indexed.many * before.few * before.many).toBeGreaterThan(0);
  });

  it('the benchmark measures a transition, a start and the memory with executions open, each count on top of the one before', async () => {
    const costs: number[] = [];
    for await (const cost of openExecutions(directory, [10, 30])) {
      expect(cost.msPerTransition * cost.restartMs * cost.residentMb).toBeGreaterThan(0);
      costs.push(cost.executions);
    }
    expect(costs).toEqual([10, 30]);
  });
});
