import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

/**
 * What callers have spent of their allowances, in items that expire. Beside the book and not in it: no stream carries
 * them, nothing restores them, and a flood of counting is throttled by itself.
 */
export class LimitsTable extends Table {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.DEFAULT,
      timeToLiveAttribute: 'expiresAt',
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const reason = 'Counts of the last hours, without which everybody begins anew: nobody restores them.';
    Validations.of(this).acknowledge(
      { id: 'AwsSolutions-DDB3', reason },
      { id: 'Serverless-DynamoDBPITREnabled', reason },
    );
  }

  /** Lets a function behind a door count its callers, and tells it where. */
  allowCounting(fn: Function): void {
    fn.addEnvironment('CALLER_LIMITS_TABLE', this.tableName);
    this.grant(fn, 'dynamodb:UpdateItem');
  }
}
