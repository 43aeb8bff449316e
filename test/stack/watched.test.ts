import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { functionsOf } from './functions.ts';
import { Synthesized } from './synthesized.ts';

const stack = new Synthesized();

const Metric = z.object({
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })).default([]),
});
const Alarm = z.object({
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions: z.unknown().optional(),
  Metrics: z
    .array(
      z.object({
        Id: z.string(),
        Expression: z.string().optional(),
        MetricStat: z.object({ Metric }).optional(),
        ReturnData: z.boolean().optional(),
      }),
    )
    .default([]),
  Threshold: z.number(),
});

/** What an alarm looks at: of which resource, and by which sum. */
const alarms = stack.ofType('AWS::CloudWatch::Alarm').map(({ name, properties }) => {
  const alarm = Alarm.parse(properties);
  const metrics = [
    ...(alarm.MetricName === undefined ? [] : [Metric.parse(properties)]),
    ...alarm.Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []),
  ];
  return {
    name: name.replace('Alarms/', ''),
    expressions: alarm.Metrics.flatMap(({ Expression, ReturnData }) =>
      Expression === undefined || ReturnData === false ? [] : [Expression],
    ),
    metrics: metrics.map((metric) => ({
      ...metric,
      of: Object.fromEntries(
        metric.Dimensions.map(({ Name, Value }) => [Name, typeof Value === 'string' ? Value : stack.said(Value)]),
      ),
    })),
  };
});

function watching(metricName: string) {
  return alarms.flatMap(({ metrics }) => metrics.filter(({ MetricName }) => MetricName === metricName));
}

/**
 * Without its dimensions an alarm is silent for ever: CloudWatch has no such metric, and missing data are no breach.
 */
describe('the alarms', () => {
  it('the alarms each look at a resource of this stack, all but the account’s own quota and what is counted in a log', () => {
    expect(alarms.length).toBeGreaterThan(10);
    const ids = new Set(stack.resources.map(({ name }) => name));
    for (const { name, metrics } of alarms)
      for (const { MetricName, of } of metrics) {
        const isElsewhere =
          /^OpenExecution(Count|Limit)$|^ItemsFailed$|^Findings$|^WebhooksPaused$|^NightsSealed$/.test(MetricName);
        const known = Object.values(of).filter((value) => ids.has(value.replace(/\.(Name|QueueName)$/, '')));
        expect([name, MetricName, known.length > 0]).toEqual([name, MetricName, !isElsewhere]);
      }
  });

  it.each([
    ['ItemsFailed', ['record-events', 'record-bag', 'request-scan-uploads']],
    ['Findings', ['sweep-due']],
    ['WebhooksPaused', ['send-webhooks']],
    ['NightsSealed', ['seal-days']],
  ])('an alarm watches %s, which %j count themselves, under the names with which they count', (name, operations) => {
    const named = operations.map((operation) => {
      const environment = functionsOf(stack).find((one) => one.operation === operation)?.environment;
      return {
        Namespace: environment?.['POWERTOOLS_METRICS_NAMESPACE'],
        of: { service: environment?.['POWERTOOLS_SERVICE_NAME'] },
      };
    });
    expect(watching(name)).toMatchObject(named);
  });

  it('an alarm watches the faulty items of every function that counts some', () => {
    const counting = globSync('lambdas/*/handler.ts').filter((file) =>
      readFileSync(file, 'utf8').includes("count('ItemsFailed'"),
    );
    expect(
      watching('ItemsFailed')
        .map(({ of }) => `lambdas/${of['service']}/handler.ts`)
        .toSorted(),
    ).toEqual(counting.toSorted());
  });

  it.each([
    ['ApproximateNumberOfMessagesVisible', { QueueName: 'JourneyFeed/DeadLetters.QueueName' }],
    ['IteratorAge', { FunctionName: 'JourneyFeed/AdvanceJourney' }],
    ['ExecutionsFailed', { StateMachineArn: 'Journey/StateMachine' }],
    ['ExecutionsTimedOut', { StateMachineArn: 'Journey/StateMachine' }],
    ['ExecutionsAborted', { StateMachineArn: 'Journey/StateMachine' }],
    ['ExecutionThrottled', { StateMachineArn: 'Journey/StateMachine' }],
    ['5xx', { ApiId: 'DossierApi/HttpApi', Stage: '$default' }],
  ])('an alarm watches %s of the resource that it is about', (metricName, of) => {
    expect(watching(metricName).map((metric) => metric.of)).toEqual([of]);
  });

  it.each(['Errors', 'Throttles'])(
    'the alarms watch the %s of every function once, but for those that show pages',
    (metricName) => {
      const functions = stack
        .ofType('AWS::Lambda::Function')
        .map(({ name }) => name)
        .filter((name) => !/(Show(Docs|Openapi|Problem)|RefuseRoute)$/.test(name));
      expect(
        watching(metricName)
          .map(({ of }) => String(of['FunctionName']))
          .toSorted(),
      ).toEqual(functions.toSorted());
    },
  );

  it('the alarms watch the throttling of the book in everything that people and executions wait for', () => {
    const throttled = watching('ThrottledRequests').map(({ of }) => of);
    expect(new Set(throttled.map(({ TableName }) => TableName))).toEqual(new Set(['Book', 'People']));
    expect(throttled.map(({ Operation }) => Operation)).toEqual(
      expect.arrayContaining(['TransactWriteItems', 'UpdateItem', 'GetItem', 'Query']),
    );
  });

  it('the alarms sum what several functions or operations do, and compare open executions with their quota', () => {
    const summed = alarms.filter(({ metrics }) => metrics.length > 1);
    for (const { name, expressions } of summed)
      expect([name, expressions]).toEqual([
        name,
        [name === 'OpenExecutions' ? 'open / most' : expect.stringMatching(/^SUM\(METRICS\(\)\)$|^\w+( \+ \w+)+$/)],
      ]);
  });
});

describe('the traces', () => {
  it('the traces are kept of fewer than one request in twenty, and of no other system’s', () => {
    const [rule, ...more] = stack.ofType('AWS::XRay::SamplingRule');
    expect(more).toEqual([]);
    const { SamplingRule } = z
      .object({
        SamplingRule: z.object({
          FixedRate: z.number().gt(0).lt(0.05),
          ReservoirSize: z.literal(0),
          ServiceName: z.literal('DossierPost-*'),
          // Whoever is asked how, at which address: no request escapes the rule and falls under the dear default one.
          Host: z.literal('*'),
          HTTPMethod: z.literal('*'),
          ResourceARN: z.literal('*'),
          ServiceType: z.literal('*'),
          URLPath: z.literal('*'),
          Version: z.literal(1),
          // The default rule comes last, at 10,000.
          Priority: z.int().min(1).max(9999),
          RuleName: z.string().max(32),
        }),
      })
      .parse(rule?.properties);
    expect(SamplingRule.RuleName).toContain('DossierPost');
  });
});
