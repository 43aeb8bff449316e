import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Deployment } from './deployment.ts';
import type { PeopleKey } from './people-key.ts';

/** Who the dossiers belong to, apart from the book. It has no stream: nothing may carry people's data on. */
export class PeopleTable extends Table {
  readonly #key: PeopleKey;

  constructor(
    scope: Construct,
    id: string,
    { key, protected: isProtected }: { key: PeopleKey } & Pick<Deployment, 'protected'>,
  ) {
    super(scope, id, {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: isProtected,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    this.#key = key;
  }

  /** Lets `grantee` read one person at a time. */
  allowReading(grantee: IGrantable): void {
    this.grant(grantee, 'dynamodb:GetItem');
    this.#key.allowThrough('dynamodb', grantee, 'kms:Decrypt', 'kms:DescribeKey');
  }

  /**
   * Lets `grantee` write people down, and not read them. DynamoDB encrypts with the table's data key, which it decrypts
   * in the caller's name.
   */
  allowWriting(grantee: IGrantable, ...more: readonly ('dynamodb:UpdateItem' | 'dynamodb:ConditionCheckItem')[]): void {
    this.grant(grantee, 'dynamodb:PutItem', ...more);
    this.#key.allowThrough(
      'dynamodb',
      grantee,
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:GenerateDataKeyWithoutPlaintext',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    );
  }
}
