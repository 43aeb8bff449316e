import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FilterCriteria } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Env as PublishEventsEnv } from '../lambdas/publish-events/env.ts';
import type { BookTable } from './book-table.ts';
import type { FeedsTable } from './feeds-table.ts';
import { OperationFunction, type CodeOf } from './operation-function.ts';
import type { Webhooks } from './webhooks.ts';

/** Something arrived: an event, or a note. */
const arrivals = ['EVENT#', 'NOTE#'].map((prefix) =>
  FilterCriteria.filter({ eventName: ['INSERT'], dynamodb: { Keys: { sk: { S: [{ prefix }] } } } }),
);

export interface PublisherProps {
  readonly code: CodeOf;
  readonly book: BookTable;
  readonly feeds: FeedsTable;
  readonly webhooks: Webhooks;
  readonly deadLetters: Queue;
}

/**
 * The second of the two readers that the book's stream bears: writes what has arrived into the lanes of the feeds
 * (ADR 0037), and tells the agencies' one-stop systems of every status, through a queue that the integration platform
 * empties (ADR 0025).
 */
export class Publisher extends Construct {
  readonly publishEvents: OperationFunction<PublishEventsEnv>;
  /** What the one-stop systems have still to hear. */
  readonly statusUpdates: Queue;

  constructor(scope: Construct, id: string, { code, book, feeds, webhooks, deadLetters }: PublisherProps) {
    super(scope, id);
    this.statusUpdates = new Queue(this, 'StatusUpdates', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const reason = 'Whoever empties this queue is outside of the stack, and keeps its own dead letters.';
    Validations.of(this.statusUpdates).acknowledge(
      { id: 'AwsSolutions-SQS3', reason },
      { id: 'Serverless-SQSRedrivePolicy', reason },
    );
    this.publishEvents = new OperationFunction<PublishEventsEnv>(this, 'PublishEvents', {
      operation: 'publish-events',
      code,
      environment: {
        BOOK_TABLE: book.tableName,
        FEEDS_TABLE: feeds.tableName,
        WAKE_QUEUE_URL: webhooks.wakes.queueUrl,
        STATUS_QUEUE_URL: this.statusUpdates.queueUrl,
        DEAD_LETTER_QUEUE_URL: deadLetters.queueUrl,
        FEED_SOURCE: feedSource(this),
      },
      memoryMegabytes: 512,
      // A batch of 100 at 50 ms each is 5 s; the rest is room for throttled tables.
      timeout: Duration.seconds(60),
      // One batch at once from each of four shards, and as many again.
      reservedConcurrency: 8,
      calledBy: 'the event source mapping waits for its answer, and what fails goes to its dead-letter queue',
    });
    book.grant(this.publishEvents, 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem');
    feeds.allowPublishing(this.publishEvents);
    webhooks.allowWaking(this.publishEvents);
    this.publishEvents.addToRolePolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.statusUpdates.queueArn] }),
    );
    book.feed(this, this.publishEvents, deadLetters, { filters: arrivals, bisectBatchOnError: false });
  }
}

/** Which system tells what has arrived. */
export function feedSource(scope: Construct): string {
  return `urn:dossier-post:${Stack.of(scope).stackName}`;
}
