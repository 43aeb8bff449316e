import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { Grant, PolicyStatement, type IGrantable } from 'aws-cdk-lib/aws-iam';
import {
  EventSourceMapping,
  StartingPosition,
  type EventSourceMappingProps,
  type Function,
} from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { indexes } from '../domain/ports/indexes.ts';
import type { Deployment } from './deployment.ts';

/**
 * The book: the truth about every dossier. Its stream is the outbox that leads the executions on.
 * Encrypted with DynamoDB's own key: the book names nobody, and a key of ours would put each read and each poll of the
 * stream under the quota and the price of KMS without hiding anything more.
 */
export class BookTable extends Table {
  constructor(scope: Construct, id: string, deployment: Pick<Deployment, 'protected'>) {
    super(scope, id, {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.DEFAULT,
      stream: StreamViewType.NEW_IMAGE,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: deployment.protected,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    // CloudFormation adds one index in an update, so all of them come with the table.
    for (const [indexName, { partition, sort, shows }] of Object.entries(indexes))
      this.addGlobalSecondaryIndex({
        indexName,
        partitionKey: { name: partition, type: AttributeType.STRING },
        sortKey: { name: sort, type: AttributeType.STRING },
        ...(shows.length === 0
          ? { projectionType: ProjectionType.KEYS_ONLY }
          : { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...shows] }),
      });
  }

  /** Lets somebody do this with the table itself; CDK would add all of its indexes. */
  override grant(grantee: IGrantable, ...actions: string[]): Grant {
    return Grant.addToPrincipal({ grantee, actions, resourceArns: [this.tableArn] });
  }

  /** Lets somebody do this with one index, and with nothing else of the table. */
  grantIndex(grantee: IGrantable, index: keyof typeof indexes, ...actions: string[]): Grant {
    return Grant.addToPrincipal({ grantee, actions, resourceArns: [`${this.tableArn}/index/${index}`] });
  }

  /**
   * Hands some records of its stream to a function, a hundred at most at once. As long as the stream keeps a record it
   * is tried again: what fails for one dossier alone is set aside by the function, and what fails for all is an outage.
   */
  feed(
    scope: Construct,
    target: Function,
    deadLetters: Queue,
    which: Pick<EventSourceMappingProps, 'filters' | 'parallelizationFactor' | 'bisectBatchOnError'>,
  ): void {
    const stream = this.tableStreamArn;
    if (stream === undefined) throw new Error('the book has no stream');
    target.addToRolePolicy(
      new PolicyStatement({
        actions: [
          'dynamodb:DescribeStream',
          'dynamodb:GetRecords',
          'dynamodb:GetShardIterator',
          'dynamodb:ListStreams',
        ],
        resources: [stream],
      }),
    );
    new EventSourceMapping(scope, 'Feed', {
      target,
      eventSourceArn: stream,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      ...which,
      maxRecordAge: Duration.hours(24),
      onFailure: new SqsDlq(deadLetters),
    });
  }
}
