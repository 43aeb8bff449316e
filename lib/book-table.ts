import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, StreamViewType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
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
  }
}
