import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { Synthesized } from './synthesized.ts';

const stack = new Synthesized();
const [dashboard] = stack.ofType('AWS::CloudWatch::Dashboard');

const Body = z.object({
  start: z.string(),
  widgets: z.array(
    z.object({
      type: z.string(),
      width: z.number(),
      x: z.number(),
      y: z.number(),
      properties: z.looseObject({ title: z.string().optional(), metrics: z.array(z.array(z.unknown())).optional() }),
    }),
  ),
});
const body = Body.parse(JSON.parse(stack.said(dashboard?.properties['DashboardBody'])));

const Look = z.object({ stat: z.string(), period: z.number().optional() });
/** What a graph shows: each metric with its statistic, once. */
function shownIn(metrics: readonly (readonly unknown[])[] = []): string {
  const names = metrics.map((metric) => {
    const { stat, period = 300 } = Look.parse(metric.at(-1));
    return `${String(metric[1])} ${stat} ${period}`;
  });
  return [...new Set(names)].join(', ');
}

describe('the page for whoever is on call', () => {
  it('the page for whoever is on call shows the last day, from what people see down to what carries it', () => {
    expect(body.start).toBe('-P1D');
    const [words, ...graphs] = body.widgets;
    expect([words?.type, words?.width, words?.properties['markdown']]).toEqual([
      'text',
      24,
      expect.stringContaining('docs/runbook.md'),
    ]);
    expect(graphs.map(({ properties: { title, metrics } }) => [title, shownIn(metrics)])).toEqual([
      ['Requests, and those that failed', 'Count Sum 300, 4xx Sum 300, 5xx Sum 300'],
      ['Answered within, 95 of 100', 'Latency p95 300'],
      ['What waits for ops', 'Findings Maximum 300, ApproximateNumberOfMessagesVisible Maximum 300'],
      ['Executions begun and ended', 'ExecutionsStarted Sum 300, ExecutionsSucceeded Sum 300'],
      ['Executions lost', 'ExecutionsFailed Sum 300, ExecutionsTimedOut Sum 300, ExecutionsAborted Sum 300'],
      ['How late executions follow', 'IteratorAge Maximum 300'],
      ['Errors of functions', 'Errors Sum 300'],
      ['Functions held back', 'Throttles Sum 300'],
      ['Functions, 95 of 100 within', 'Duration p95 300'],
      ['Tables: read units', 'ConsumedReadCapacityUnits Sum 300'],
      ['Tables: write units', 'ConsumedWriteCapacityUnits Sum 300'],
      ['Tables: failed requests', 'UserErrors Sum 300'],
    ]);
  });

  it('the page for whoever is on call has three graphs beside each other', () => {
    const graphs = body.widgets.filter(({ type }) => type === 'metric');
    expect(graphs.map(({ x, width }) => [x, width])).toEqual(graphs.map((_one, index) => [(index % 3) * 8, 8]));
  });

  it('the page for whoever is on call counts in every function and in every table', () => {
    const countOf = (title: string): number | undefined =>
      body.widgets.find(({ properties }) => properties.title === title)?.properties.metrics?.length;
    const functions = stack.ofType('AWS::Lambda::Function').length;
    for (const title of ['Errors of functions', 'Functions held back', 'Functions, 95 of 100 within'])
      expect([title, countOf(title)]).toEqual([title, functions]);
    for (const title of ['Tables: read units', 'Tables: write units'])
      expect([title, countOf(title)]).toEqual([title, stack.ofType('AWS::DynamoDB::Table').length]);
    // DynamoDB counts those for the account, not by table.
    expect(countOf('Tables: failed requests')).toBe(1);
  });
});
