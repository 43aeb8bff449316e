import { ArnFormat, Duration, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FilterCriteria } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Env as AdvanceJourneyEnv } from '../lambdas/advance-journey/env.ts';
import type { BookTable } from './book-table.ts';
import { OperationFunction, type CodeOf } from './operation-function.ts';

/**
 * The two kinds of stream records that lead an execution on: a milestone was written down, or the line on the execution
 * changed: it came to wait, or is to be replaced.
 */
const wakingRecords = [
  FilterCriteria.filter({
    eventName: ['INSERT'],
    dynamodb: { Keys: { sk: { S: [{ prefix: 'EVENT#' }] } }, NewImage: { milestone: { BOOL: [true] } } },
  }),
  FilterCriteria.filter({ eventName: ['INSERT', 'MODIFY'], dynamodb: { Keys: { sk: { S: ['WAIT'] } } } }),
];

/** The book's stream, and the function that leads the executions after the book. */
export class JourneyFeed extends Construct {
  readonly advanceJourney: OperationFunction<AdvanceJourneyEnv>;
  /** What could not be handled: stream records by their numbers, events of executions by their dossier. */
  readonly deadLetters: Queue;

  constructor(
    scope: Construct,
    id: string,
    { code, book, stateMachine }: { code: CodeOf; book: BookTable; stateMachine: StateMachine },
  ) {
    super(scope, id);

    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const reason =
      'This queue is the dead-letter destination of the book’s stream; an alarm watches it and people empty it.';
    Validations.of(this.deadLetters).acknowledge(
      { id: 'AwsSolutions-SQS3', reason },
      { id: 'Serverless-SQSRedrivePolicy', reason },
    );

    this.advanceJourney = new OperationFunction<AdvanceJourneyEnv>(this, 'AdvanceJourney', {
      operation: 'advance-journey',
      code,
      environment: {
        BOOK_TABLE: book.tableName,
        STATE_MACHINE_ARN: stateMachine.stateMachineArn,
        DEAD_LETTER_QUEUE_URL: this.deadLetters.queueUrl,
      },
      memoryMegabytes: 512,
      // A batch of 100 takes 3 s at 30 ms a record; the rest is room for a throttled Step Functions.
      timeout: Duration.seconds(60),
      // A table on demand begins with four shards; two batches at once from each are eight. More shards wait for each
      // other: eight batches at 33 records a second are 266 of the 300 SendTaskSuccess that Singapore takes a second.
      reservedConcurrency: 8,
      calledBy: 'the event source mapping waits for its answer, and what fails goes to its dead-letter queue',
    });
    book.grant(this.advanceJourney, 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem');
    stateMachine.grant(
      this.advanceJourney,
      'states:StartExecution',
      'states:SendTaskSuccess',
      'states:SendTaskFailure',
    );
    this.advanceJourney.addToRolePolicy(
      new PolicyStatement({
        actions: ['states:DescribeExecution', 'states:StopExecution'],
        resources: [
          Stack.of(this).formatArn({
            service: 'states',
            resource: 'execution',
            resourceName: `${stateMachine.stateMachineName}:*`,
            arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          }),
        ],
      }),
    );
    Validations.of(this.advanceJourney.ownRole).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<JourneyStateMachine79E50E5D.Name>:*]',
      reason: 'Every dossier has executions of its own, of this state machine alone.',
    });

    book.feed(this, this.advanceJourney, this.deadLetters, {
      filters: wakingRecords,
      // One dossier's records stay in order whatever the number of batches in flight, and a province's day is small:
      // 2,000 dossiers with 16 such records in 8 hours are 1.1 a second, 11 at the worst, and one batch does 33 a
      // second.
      parallelizationFactor: 2,
    });
  }
}
