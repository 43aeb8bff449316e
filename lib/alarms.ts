import { Duration } from 'aws-cdk-lib';
import type { HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { Alarm, ComparisonOperator, TreatMissingData, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

export interface AlarmsProps {
  readonly stage: HttpStage;
  readonly stateMachine: StateMachine;
  readonly advanceJourney: IFunction;
  readonly left: IQueue;
}

/** What wakes somebody up. Each says what it means for the papers; whom it calls is decided where it is deployed. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, { stage, stateMachine, advanceJourney, left }: AlarmsProps) {
    super(scope, id);
    const period = Duration.minutes(5);

    const onAny = (alarm: string, metric: IMetric, alarmDescription: string): void =>
      this.#over(alarm, metric, 0, alarmDescription);
    onAny(
      'NewsLeftBehind',
      left.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' }),
      'News of the book that no execution was led on by: those dossiers’ executions wait at an earlier place.',
    );
    onAny(
      'ExecutionsFailed',
      stateMachine.metricFailed({ period, statistic: 'Sum' }),
      'A dossier has no execution any more: its deadlines are not watched until a new one is started.',
    );
    onAny(
      'ExecutionsThrottled',
      stateMachine.metricThrottled({ period, statistic: 'Sum' }),
      'Step Functions is asked for more than its quota: executions follow the book late.',
    );
    onAny(
      'ServerErrors',
      stage.metricServerError({ period, statistic: 'Sum' }),
      'Requests ended in a fault of ours, not of the caller.',
    );

    const late = advanceJourney.metric('IteratorAge', { period, statistic: 'Maximum' });
    this.#over(
      'NewsLate',
      late,
      Duration.minutes(5).toMilliseconds(),
      'The executions follow the book more than five minutes late.',
    );
  }

  #over(id: string, metric: IMetric, threshold: number, alarmDescription: string): void {
    new Alarm(this, id, {
      alarmDescription,
      metric,
      threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
