import { Duration, Stack } from 'aws-cdk-lib';
import type { HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  Alarm,
  ComparisonOperator,
  MathExpression,
  Metric,
  TreatMissingData,
  type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Operation, type Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { OperationFunction } from './operation-function.ts';

export interface AlarmsProps {
  readonly stage: HttpStage;
  readonly stateMachine: StateMachine;
  readonly advanceJourney: IFunction;
  /**
   * Those that take in what people say, that show them something, that show everybody something, and that follow the
   * dossiers.
   */
  readonly answering: readonly IFunction[];
  readonly showing: readonly IFunction[];
  readonly open: readonly IFunction[];
  readonly following: readonly IFunction[];
  /** The log of those who answer a fault of one item within a success. */
  readonly batches: readonly OperationFunction[];
  readonly sweep: OperationFunction;
  readonly webhooks: OperationFunction;
  readonly sealing: OperationFunction;
  readonly book: Throttled;
  readonly people: Throttled;
  readonly deadLetters: IQueue;
}

type Throttled = Pick<Table, 'metricThrottledRequestsForOperations'>;

const period = Duration.minutes(5);

/** Step Functions lets an account have a million open executions; half of it leaves time to ask for more. */
const openShare = 0.5;

/**
 * What wakes somebody up, all through one topic. Each says in plain words what it means for the papers, and where in
 * `docs/runbook.md` to read on; `test/docs/runbook.test.ts` holds the two together.
 */
export class Alarms extends Construct {
  /** Whoever is on call subscribes to it. */
  readonly topic: Topic;
  /** How much stands on the desk of ops. */
  readonly findings: IMetric;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const {
      stage,
      stateMachine,
      advanceJourney,
      answering,
      showing,
      open,
      following,
      batches,
      sweep,
      webhooks,
      sealing,
      book,
      people,
      deadLetters,
    } = props;
    this.topic = new Topic(this, 'OnCall', { displayName: Stack.of(this).stackName, enforceSSL: true });

    const onAny = (alarm: string, metric: IMetric, words: string): void => this.#over(alarm, metric, 0, words);
    onAny(
      'DeadLetters',
      deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' }),
      'Stream records or events could not be handled: the executions of some dossiers wait at an earlier place, or are not there.',
    );
    this.#over(
      'StreamLate',
      advanceJourney.metric('IteratorAge', { period, statistic: 'Maximum' }),
      Duration.minutes(5).toMilliseconds(),
      'The executions follow the book more than five minutes late.',
    );
    onAny(
      'ExecutionsFailed',
      stateMachine.metricFailed({ period, statistic: 'Sum' }),
      'An execution ended in a fault; another one takes over within seconds.',
    );
    onAny(
      'ExecutionsTimedOut',
      stateMachine.metricTimedOut({ period, statistic: 'Sum' }),
      'AWS ended an execution after a year, though it should have been renewed before; another one takes over.',
    );
    onAny(
      'ExecutionsAborted',
      stateMachine.metricAborted({ period, statistic: 'Sum' }),
      'Somebody stopped an execution; another one takes over within seconds.',
    );
    onAny(
      'ExecutionsThrottled',
      stateMachine.metricThrottled({ period, statistic: 'Sum' }),
      'Step Functions is asked for more than its quota: executions follow the book late.',
    );
    this.#over(
      'OpenExecutions',
      shareOfQuota(),
      openShare,
      'More than half of the open executions that this account may have are in use.',
    );
    onAny(
      'ServerErrors',
      stage.metricServerError({ period, statistic: 'Sum' }),
      'Requests ended in a fault of ours, not of the caller.',
    );
    onAny(
      'ItemsFailed',
      sumOfMetrics(
        'ItemsFailed',
        batches.map((fn) => fn.counted('ItemsFailed', { period, statistic: 'Sum' })),
      ),
      'Items of batches ended in a fault of ours, though the batch was answered: their phones keep and repeat them.',
    );
    for (const [more, ten] of tens(answering)) {
      onAny(
        `AnswersFailed${more}`,
        sumOf(ten, 'Errors'),
        'A function that takes in what people say failed: somebody was told so, and asks again.',
      );
      onAny(
        `AnswersThrottled${more}`,
        sumOf(ten, 'Throttles'),
        'Functions that take in what people say are called more often at once than they may run.',
      );
    }
    for (const [more, ten] of tens(showing)) {
      onAny(
        `ReadsFailed${more}`,
        sumOf(ten, 'Errors'),
        'A function that shows people something failed; they ask again.',
      );
      onAny(
        `ReadsThrottled${more}`,
        sumOf(ten, 'Throttles'),
        'Functions that show people something are called more often at once than they may run.',
      );
    }
    onAny(
      'OpenReadsFailed',
      sumOf(open, 'Errors'),
      'A function that answers everybody, without a token, failed: citizens and portals ask again.',
    );
    onAny(
      'OpenReadsThrottled',
      sumOf(open, 'Throttles'),
      'Functions that answer everybody are called more often at once than they may run: often a flood.',
    );
    onAny(
      'FollowersFailed',
      sumOf(following, 'Errors'),
      'A function that follows the dossiers failed; what it was doing is tried again.',
    );
    onAny(
      'FollowersThrottled',
      sumOf(following, 'Throttles'),
      'Functions that follow the dossiers are called more often at once than they may run.',
    );
    this.findings = sweep.counted('Findings', { period, statistic: 'Maximum' });
    onAny(
      'Findings',
      this.findings,
      'Dossiers wait for ops: a clock that cannot be rung, or an execution that is paused.',
    );
    onAny(
      'WebhooksPaused',
      webhooks.counted('WebhooksPaused', { period, statistic: 'Sum' }),
      'A webhook was paused: its receiver has taken nothing for three days, or says that it is gone. What it has not heard is kept.',
    );
    onAny(
      'SweepMissing',
      new MathExpression({
        expression: 'FILL(runs, 0) < 1',
        usingMetrics: { runs: sweep.metricInvocations({ period: Duration.minutes(15), statistic: 'Sum' }) },
        period: Duration.minutes(15),
        label: 'no sweep in a quarter of an hour',
      }),
      'The sweep has not run for a quarter of an hour: what nobody else rings is not rung.',
    );
    // Once a night: an hour without a seal is an hour like most, and 25 of them are a night without one.
    this.#wakes(
      new Alarm(this, 'SealMissing', {
        alarmDescription:
          'A night has no seal over what arrived on the day before; the next one makes up for it. See docs/runbook.md#sealmissing',
        metric: sealing.counted('NightsSealed', { period: Duration.hours(1), statistic: 'Sum' }),
        threshold: 1,
        comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
        evaluationPeriods: 25,
        treatMissingData: TreatMissingData.BREACHING,
      }),
    );
    const throttles = (table: Throttled): IMetric =>
      table.metricThrottledRequestsForOperations({
        period,
        operations: [Operation.TRANSACT_WRITE_ITEMS, Operation.UPDATE_ITEM, Operation.GET_ITEM, Operation.QUERY],
      });
    onAny('TableThrottles', throttles(book), 'DynamoDB takes the book’s reads and writes more slowly than they come.');
    onAny(
      'PeopleThrottles',
      throttles(people),
      'DynamoDB takes reads and writes of people’s data more slowly than they come.',
    );
  }

  #over(id: string, metric: IMetric, threshold: number, words: string): void {
    const alarm = new Alarm(this, id, {
      alarmDescription: `${words} See docs/runbook.md#${id.replace(/\d+$/, '').toLowerCase()}`,
      metric,
      threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    this.#wakes(alarm);
  }

  #wakes(alarm: Alarm): void {
    alarm.addAlarmAction(new SnsAction(this.topic));
  }
}

/** CloudWatch lets an alarm sum ten metrics: the first ten bear the alarm's own name, the next a number behind it. */
function tens(functions: readonly IFunction[]): readonly (readonly [string, readonly IFunction[]])[] {
  return Array.from({ length: Math.ceil(functions.length / 10) }, (_none, index) => [
    index === 0 ? '' : String(index + 1),
    functions.slice(index * 10, index * 10 + 10),
  ]);
}

/** Of ten functions at most: one alarm costs less than one for each, and its log says which it was. */
function sumOf(functions: readonly IFunction[], metricName: 'Errors' | 'Throttles'): IMetric {
  return sumOfMetrics(
    metricName,
    functions.map((fn) => fn.metric(metricName, { period, statistic: 'Sum' })),
  );
}

function sumOfMetrics(label: string, metrics: readonly IMetric[]): IMetric {
  const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));
  return new MathExpression({ expression: 'SUM(METRICS())', usingMetrics, period, label });
}

/** Both metrics: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
function shareOfQuota(): IMetric {
  const of = (metricName: string) => new Metric({ namespace: 'AWS/States', metricName, period, statistic: 'Maximum' });
  return new MathExpression({
    expression: 'open / most',
    usingMetrics: { open: of('OpenExecutionCount'), most: of('OpenExecutionLimit') },
    period,
    label: 'open executions, share of the quota',
  });
}
