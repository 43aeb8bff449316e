import { Duration, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FilterCriteria, FilterRule } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Env as MirrorStatusEnv } from '../lambdas/mirror-status/env.ts';
import type { BookTable } from './book-table.ts';
import { OperationFunction, type CodeOf } from './operation-function.ts';

/** An event that sets the national status was written down. */
const statusRecords = [
  FilterCriteria.filter({
    eventName: ['INSERT'],
    dynamodb: {
      Keys: { sk: { S: [{ prefix: 'EVENT#' }] } },
      NewImage: { nationalStatus: { N: FilterRule.exists() } },
    },
  }),
];

/** Tells the agencies' one-stop systems of every status, through a queue that the integration platform empties. */
export class StatusMirror extends Construct {
  readonly mirrorStatus: OperationFunction<MirrorStatusEnv>;
  /** What the one-stop systems have still to hear. */
  readonly updates: Queue;

  constructor(
    scope: Construct,
    id: string,
    { code, book, deadLetters }: { code: CodeOf; book: BookTable; deadLetters: Queue },
  ) {
    super(scope, id);
    this.updates = new Queue(this, 'Updates', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const reason = 'Whoever empties this queue is outside of the stack, and keeps its own dead letters.';
    Validations.of(this.updates).acknowledge(
      { id: 'AwsSolutions-SQS3', reason },
      { id: 'Serverless-SQSRedrivePolicy', reason },
    );
    this.mirrorStatus = new OperationFunction<MirrorStatusEnv>(this, 'MirrorStatus', {
      operation: 'mirror-status',
      code,
      environment: {
        BOOK_TABLE: book.tableName,
        STATUS_QUEUE_URL: this.updates.queueUrl,
        DEAD_LETTER_QUEUE_URL: deadLetters.queueUrl,
      },
      memoryMegabytes: 512,
      timeout: Duration.seconds(60),
      // One batch at once from each of four shards, and as many again.
      reservedConcurrency: 8,
      calledBy: 'the event source mapping waits for its answer, and what fails goes to its dead-letter queue',
    });
    book.grant(this.mirrorStatus, 'dynamodb:GetItem', 'dynamodb:Query');
    this.mirrorStatus.addToRolePolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.updates.queueArn] }),
    );
    book.feed(this, this.mirrorStatus, deadLetters, { filters: statusRecords });
  }
}
