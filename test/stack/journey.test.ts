import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { Synthesized } from './synthesized.ts';

const stack = new Synthesized();
const machine = stack.the('Journey/StateMachine');
const feed = stack.the('JourneyFeed/Feed');
const left = stack.the('JourneyFeed/Left');

describe('the state machine', () => {
  const definition = readFileSync('statemachines/dossier-journey.asl.json', 'utf8');

  it('is the hand-written file, letter for letter', () => {
    expect(machine.properties['DefinitionString']).toBe(definition);
    expect(machine.properties['StateMachineType']).toBe('STANDARD');
  });

  it('every name that the file leaves open is filled in, and no other', () => {
    const open = new Set([...definition.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name));
    const filled = z.record(z.string(), z.unknown()).parse(machine.properties['DefinitionSubstitutions']);
    expect(new Set(Object.keys(filled))).toEqual(open);
    expect(Object.fromEntries(Object.entries(filled).map(([name, value]) => [name, stack.said(value)]))).toEqual({
      BookTable: 'Book',
      RecordOverdueFunction: 'Journey/RecordOverdue',
    });
  });

  it('logs what happens without what is said, and is traced', () => {
    const log = stack.the('Journey/Log');
    expect(machine.properties).toMatchObject({
      LoggingConfiguration: {
        Level: 'ALL',
        IncludeExecutionData: false,
        Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: { 'Fn::GetAtt': [log.id, 'Arn'] } } }],
      },
      TracingConfiguration: { Enabled: true },
    });
    expect(log.properties).toMatchObject({
      RetentionInDays: 180,
      LogGroupName: '/aws/vendedlogs/states/DossierPost-journey',
    });
  });

  it('may do its work before it exists', () => {
    expect(machine.dependsOn).toContain(stack.the('Journey/Role/DefaultPolicy').id);
  });
});

describe('the feed of the journeys', () => {
  const filters = z
    .object({ FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })) }) })
    .parse(feed.properties)
    .FilterCriteria.Filters.map(({ Pattern }): unknown => JSON.parse(Pattern));

  it('leads from the stream of the book to advance-journey, from its oldest news', () => {
    expect(stack.said(feed.properties['EventSourceArn'])).toBe('Book.StreamArn');
    expect(stack.said(feed.properties['FunctionName'])).toBe('JourneyFeed/AdvanceJourney');
    expect(feed.properties).toMatchObject({ StartingPosition: 'TRIM_HORIZON' });
  });

  it('carries new milestones and new waits, nothing else', () => {
    expect(filters).toEqual([
      {
        eventName: ['INSERT'],
        dynamodb: { Keys: { sk: { S: [{ prefix: 'EVENT#' }] } }, NewImage: { milestone: { BOOL: [true] } } },
      },
      { eventName: ['INSERT', 'MODIFY'], dynamodb: { Keys: { sk: { S: ['WAIT'] } } } },
    ]);
  });

  it('a record that fails alone is repeated alone, is given up, and is left where people see it', () => {
    expect(feed.properties).toMatchObject({
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 20,
      MaximumRecordAgeInSeconds: 6 * 60 * 60,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [left.id, 'Arn'] } } },
    });
  });

  it('four batches at once stay under the SendTaskSuccess quota of Singapore', () => {
    const { ParallelizationFactor } = z.object({ ParallelizationFactor: z.int() }).parse(feed.properties);
    const recordsPerSecond = 1000 / 30;
    expect(ParallelizationFactor * recordsPerSecond).toBeLessThan(300 / 2);
  });

  it('what is left is encrypted, comes by TLS, and stays for two weeks', () => {
    expect(left.properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 24 * 60 * 60 });
    expect(stack.the('JourneyFeed/Left/Policy').properties).toMatchObject({
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Deny',
            Action: 'sqs:*',
            Principal: { AWS: '*' },
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      },
    });
  });
});

describe('the alarms', () => {
  const watched = stack.ofType('AWS::CloudWatch::Alarm').map(({ name, properties }) => {
    const { Namespace, MetricName, Threshold, ComparisonOperator, TreatMissingData } = properties;
    return [name, Namespace, MetricName, ComparisonOperator, Threshold, TreatMissingData];
  });
  const above = 'GreaterThanThreshold';

  it('ring for news left behind or late, lost executions, throttling, and faults of ours', () => {
    expect(watched).toEqual([
      ['Alarms/NewsLeftBehind', 'AWS/SQS', 'ApproximateNumberOfMessagesVisible', above, 0, 'notBreaching'],
      ['Alarms/ExecutionsFailed', 'AWS/States', 'ExecutionsFailed', above, 0, 'notBreaching'],
      ['Alarms/ExecutionsThrottled', 'AWS/States', 'ExecutionThrottled', above, 0, 'notBreaching'],
      ['Alarms/ServerErrors', 'AWS/ApiGateway', '5xx', above, 0, 'notBreaching'],
      ['Alarms/NewsLate', 'AWS/Lambda', 'IteratorAge', above, 5 * 60 * 1000, 'notBreaching'],
    ]);
  });
});
