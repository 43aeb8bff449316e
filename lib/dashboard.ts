import { Duration } from 'aws-cdk-lib';
import type { HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { Dashboard as CloudWatchDashboard, GraphWidget, TextWidget, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

export interface DashboardProps {
  readonly stage: HttpStage;
  readonly stateMachine: StateMachine;
  readonly advanceJourney: IFunction;
  readonly functions: readonly IFunction[];
  readonly tables: readonly Table[];
  readonly deadLetters: IQueue;
  /** How much stands on the desk of ops. */
  readonly findings: IMetric;
}

const period = Duration.minutes(5);
const [sum, most] = [
  { period, statistic: 'Sum' },
  { period, statistic: 'Maximum' },
];

/** One page for whoever is on call, from what people see down to what carries it. Costs 3 USD a month. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { stage, stateMachine, advanceJourney, functions, tables, deadLetters, findings } = props;
    const graph = (title: string, left: readonly IMetric[]): GraphWidget =>
      new GraphWidget({ title, left: [...left], width: 8 });
    new CloudWatchDashboard(this, 'Dashboard', {
      defaultInterval: Duration.days(1),
      widgets: [
        [
          new TextWidget({
            markdown: 'What each alarm means, and what to do: `docs/runbook.md`.',
            width: 24,
            height: 1,
          }),
        ],
        [
          graph('Requests, and those that failed', [
            stage.metricCount(sum),
            stage.metricClientError(sum),
            stage.metricServerError(sum),
          ]),
          graph('Answered within, 95 of 100', [stage.metricLatency({ period, statistic: 'p95' })]),
          graph('What waits for ops', [findings, deadLetters.metricApproximateNumberOfMessagesVisible(most)]),
        ],
        [
          graph('Executions begun and ended', [stateMachine.metricStarted(sum), stateMachine.metricSucceeded(sum)]),
          graph('Executions lost', [
            stateMachine.metricFailed(sum),
            stateMachine.metricTimedOut(sum),
            stateMachine.metricAborted(sum),
          ]),
          graph('How late executions follow', [advanceJourney.metric('IteratorAge', most)]),
        ],
        [
          graph(
            'Errors of functions',
            functions.map((fn) => fn.metricErrors(sum)),
          ),
          graph(
            'Functions held back',
            functions.map((fn) => fn.metricThrottles(sum)),
          ),
          graph(
            'Functions, 95 of 100 within',
            functions.map((fn) => fn.metricDuration({ period, statistic: 'p95' })),
          ),
        ],
        [
          graph(
            'Tables: read units',
            tables.map((table) => table.metricConsumedReadCapacityUnits(sum)),
          ),
          graph(
            'Tables: write units',
            tables.map((table) => table.metricConsumedWriteCapacityUnits(sum)),
          ),
          graph(
            'Tables: failed requests',
            tables.map((table) => table.metricUserErrors(sum)),
          ),
        ],
      ],
    });
  }
}
