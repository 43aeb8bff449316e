import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { Synthesized } from './synthesized.ts';

const stack = new Synthesized();
const machine = stack.the('Journey/StateMachine');
const feed = stack.the('JourneyFeed/Feed');
const deadLetters = stack.the('JourneyFeed/DeadLetters');
const rule = stack.the('Resumption/ExecutionOver');

describe('the state machine', () => {
  const definition = readFileSync('statemachines/dossier-journey.asl.json', 'utf8');

  it('the state machine is the committed file, letter for letter', () => {
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

  it('the state machine logs what happens without what is said, and is traced', () => {
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

  it('the state machine may do its work before it exists', () => {
    expect(machine.dependsOn).toContain(stack.the('Journey/Role/DefaultPolicy').id);
  });
});

describe('the feed of the journeys', () => {
  const filters = z
    .object({ FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })) }) })
    .parse(feed.properties)
    .FilterCriteria.Filters.map(({ Pattern }): unknown => JSON.parse(Pattern));

  it('the feed of the journeys leads from the stream of the book to advance-journey, from its oldest news', () => {
    expect(stack.said(feed.properties['EventSourceArn'])).toBe('Book.StreamArn');
    expect(stack.said(feed.properties['FunctionName'])).toBe('JourneyFeed/AdvanceJourney');
    expect(feed.properties).toMatchObject({ StartingPosition: 'TRIM_HORIZON' });
  });

  it('the feed of the journeys carries new milestones and new waits, nothing else', () => {
    expect(filters).toEqual([
      {
        eventName: ['INSERT'],
        dynamodb: { Keys: { sk: { S: [{ prefix: 'EVENT#' }] } }, NewImage: { milestone: { BOOL: [true] } } },
      },
      { eventName: ['INSERT', 'MODIFY'], dynamodb: { Keys: { sk: { S: ['WAIT'] } } } },
    ]);
  });

  it('a record is tried again for as long as the stream keeps it, and is then left where people see it', () => {
    expect(feed.properties).toMatchObject({
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRecordAgeInSeconds: 24 * 60 * 60,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [deadLetters.id, 'Arn'] } } },
    });
    expect(feed.properties).not.toHaveProperty('MaximumRetryAttempts');
  });

  it('catching up, all batches at once stay under the SendTaskSuccess quota of Singapore', () => {
    const most = z
      .object({ ReservedConcurrentExecutions: z.int() })
      .parse(stack.the('JourneyFeed/AdvanceJourney').properties).ReservedConcurrentExecutions;
    const recordsPerSecond = 1000 / 30;
    expect(most * recordsPerSecond).toBeLessThan(300);
  });

  it('what is left is encrypted, comes by TLS, and stays for two weeks', () => {
    expect(deadLetters.properties).toMatchObject({
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 14 * 24 * 60 * 60,
    });
    expect(stack.the('JourneyFeed/DeadLetters/Policy').properties).toMatchObject({
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Deny',
            Action: 'sqs:*',
            Principal: { AWS: '*' },
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
          ...stack.ofType('AWS::Events::Rule').map(({ id }) => ({
            Effect: 'Allow',
            Action: 'sqs:SendMessage',
            Principal: { Service: 'events.amazonaws.com' },
            Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [id, 'Arn'] } } },
          })),
        ],
      },
    });
  });
});

// Holds ADR 0018.
describe('an execution that is over', () => {
  it('an execution that is over is told to resume-execution when it failed, timed out or was stopped, and of this state machine only', () => {
    expect(rule.properties).toMatchObject({
      State: 'ENABLED',
      EventPattern: {
        'source': ['aws.states'],
        'detail-type': ['Step Functions Execution Status Change'],
        'detail': { stateMachineArn: [{ Ref: machine.id }], status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
      },
    });
    expect(rule.properties['Targets']).toEqual([
      {
        Id: 'Target0',
        Arn: { 'Fn::GetAtt': [stack.the('Resumption/ResumeExecution').id, 'Arn'] },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [deadLetters.id, 'Arn'] } },
      },
    ]);
  });

  it('an execution that is over is left where people see it when the function failed for good', () => {
    expect(stack.the('Resumption/ResumeExecution/EventInvokeConfig').properties).toMatchObject({
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [deadLetters.id, 'Arn'] } } },
    });
  });
});

describe('the sweep', () => {
  it('the sweep is run every five minutes, by one instance at most', () => {
    expect(stack.the('Sweep/EveryFiveMinutes').properties).toMatchObject({
      State: 'ENABLED',
      ScheduleExpression: 'rate(5 minutes)',
      Targets: [
        {
          Arn: { 'Fn::GetAtt': [stack.the('Sweep/SweepDue').id, 'Arn'] },
          // The next one comes anyway; what could not be started lies where people see it.
          RetryPolicy: { MaximumRetryAttempts: 0 },
          DeadLetterConfig: { Arn: expect.anything() },
        },
      ],
    });
    expect(stack.the('Sweep/SweepDue').properties).toMatchObject({ ReservedConcurrentExecutions: 1, Timeout: 60 });
  });
});

describe('the nightly seal', () => {
  it('the nightly seal is made at ten past midnight in Vietnam, by one instance, and tried again where it fails', () => {
    expect(stack.the('DailySeal/EveryNight').properties).toMatchObject({
      State: 'ENABLED',
      ScheduleExpression: 'cron(10 17 * * ? *)',
      Targets: [
        {
          Arn: { 'Fn::GetAtt': [stack.the('DailySeal/SealDays').id, 'Arn'] },
          DeadLetterConfig: { Arn: expect.anything() },
        },
      ],
    });
    expect(stack.the('DailySeal/SealDays').properties).toMatchObject({ ReservedConcurrentExecutions: 1, Timeout: 300 });
  });

  it('the nightly seal is missed by an alarm when 25 hours have none, whether the function failed or never ran', () => {
    expect(stack.the('Alarms/SealMissing').properties).toMatchObject({
      MetricName: 'NightsSealed',
      Period: 3600,
      EvaluationPeriods: 25,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
  });
});

describe('the alarms', () => {
  /** A metric as the alarm watches it; of a sum, what is summed. */
  const Stat = z.object({
    Metric: z.object({ Namespace: z.string(), MetricName: z.string() }),
    Stat: z.string(),
    Period: z.number(),
  });
  const Watched = z.object({
    Namespace: z.string().optional(),
    MetricName: z.string().optional(),
    Statistic: z.string().optional(),
    Period: z.number().optional(),
    Metrics: z.array(z.object({ Expression: z.string().optional(), MetricStat: Stat.optional() })).default([]),
    Threshold: z.number(),
    ComparisonOperator: z.literal('GreaterThanThreshold'),
    EvaluationPeriods: z.literal(1),
    TreatMissingData: z.literal('notBreaching'),
  });
  // The night's is of another kind, and has a test above.
  const alarms = stack.ofType('AWS::CloudWatch::Alarm').filter(({ name }) => name !== 'Alarms/SealMissing');
  const watched = alarms.map(({ name, properties }) => {
    const { Namespace, MetricName, Statistic, Period, Metrics, Threshold } = Watched.parse(properties);
    const summed = Metrics.flatMap(({ MetricStat }) => (MetricStat === undefined ? [] : [MetricStat]));
    const seen = [
      ...(Namespace === undefined ? [] : [`${Namespace} ${MetricName} ${Statistic} ${Period}`]),
      ...summed.map(
        ({ Metric, Stat: statistic, Period: period }) =>
          `${Metric.Namespace} ${Metric.MetricName} ${statistic} ${period}`,
      ),
    ];
    return [name.replace('Alarms/', ''), [...new Set(seen)].join(', '), Threshold];
  });

  it('the alarms ring within five minutes for news left behind or late, lost executions, throttling, and faults of ours', () => {
    expect(watched).toEqual([
      ['DeadLetters', 'AWS/SQS ApproximateNumberOfMessagesVisible Maximum 300', 0],
      ['StreamLate', 'AWS/Lambda IteratorAge Maximum 300', 300_000],
      ['ExecutionsFailed', 'AWS/States ExecutionsFailed Sum 300', 0],
      ['ExecutionsTimedOut', 'AWS/States ExecutionsTimedOut Sum 300', 0],
      ['ExecutionsAborted', 'AWS/States ExecutionsAborted Sum 300', 0],
      ['ExecutionsThrottled', 'AWS/States ExecutionThrottled Sum 300', 0],
      ['OpenExecutions', 'AWS/States OpenExecutionCount Maximum 300, AWS/States OpenExecutionLimit Maximum 300', 0.5],
      ['ServerErrors', 'AWS/ApiGateway 5xx Sum 300', 0],
      ['ItemsFailed', 'DossierPost ItemsFailed Sum 300', 0],
      ['AnswersFailed', 'AWS/Lambda Errors Sum 300', 0],
      ['AnswersThrottled', 'AWS/Lambda Throttles Sum 300', 0],
      ['AnswersFailed2', 'AWS/Lambda Errors Sum 300', 0],
      ['AnswersThrottled2', 'AWS/Lambda Throttles Sum 300', 0],
      ['ReadsFailed', 'AWS/Lambda Errors Sum 300', 0],
      ['ReadsThrottled', 'AWS/Lambda Throttles Sum 300', 0],
      ['ReadsFailed2', 'AWS/Lambda Errors Sum 300', 0],
      ['ReadsThrottled2', 'AWS/Lambda Throttles Sum 300', 0],
      ['OpenReadsFailed', 'AWS/Lambda Errors Sum 300', 0],
      ['OpenReadsThrottled', 'AWS/Lambda Throttles Sum 300', 0],
      ['FollowersFailed', 'AWS/Lambda Errors Sum 300', 0],
      ['FollowersThrottled', 'AWS/Lambda Throttles Sum 300', 0],
      ['Findings', 'DossierPost Findings Maximum 300', 0],
      ['WebhooksPaused', 'DossierPost WebhooksPaused Sum 300', 0],
      ['SweepMissing', 'AWS/Lambda Invocations Sum 900', 0],
      ['TableThrottles', 'AWS/DynamoDB ThrottledRequests Sum 300', 0],
      ['PeopleThrottles', 'AWS/DynamoDB ThrottledRequests Sum 300', 0],
    ]);
  });

  it('the alarms count the errors and throttles of every function but the four that show the contract, or that nothing is there', () => {
    const functions = stack.ofType('AWS::Lambda::Function').length - 4;
    for (const kind of ['Failed', 'Throttled']) {
      const summed = ['Answers', 'Reads', 'OpenReads', 'Followers'].flatMap((whose) =>
        stack
          .ofType('AWS::CloudWatch::Alarm')
          .filter(({ name }) => new RegExp(`^Alarms/${whose}${kind}\\d?$`).test(name))
          .map(({ properties }) => Watched.parse(properties).Metrics.filter(({ MetricStat }) => MetricStat).length),
      );
      expect(summed.reduce((sum, count) => sum + count)).toBe(functions);
      // CloudWatch sums ten metrics at most in an alarm.
      expect(Math.max(...summed)).toBeLessThanOrEqual(10);
    }
  });
});
