import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Deployment } from './deployment.ts';
import type { PeopleKey } from './people-key.ts';

export interface KeyedTableProps extends Pick<Deployment, 'protected'> {
  readonly key: PeopleKey;
  /** The attribute that says when an item may go, in seconds. */
  readonly expires?: string;
}

/** A table of what the book must not name, under a key of ours. It has no stream: nothing may carry it on. */
export class KeyedTable extends Table {
  readonly #key: PeopleKey;

  constructor(scope: Construct, id: string, { key, expires, protected: isProtected }: KeyedTableProps) {
    super(scope, id, {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      ...(expires === undefined ? {} : { timeToLiveAttribute: expires }),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: isProtected,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    this.#key = key;
  }

  /** Lets `grantee` read in this way, and not write. */
  allowReading(
    grantee: IGrantable,
    ...actions: readonly ('dynamodb:GetItem' | 'dynamodb:BatchGetItem' | 'dynamodb:Query')[]
  ): void {
    this.grant(grantee, ...actions);
    this.#key.allowThrough('dynamodb', grantee, 'kms:Decrypt', 'kms:DescribeKey');
  }

  /**
   * Lets `grantee` read these attributes of an item that it knows the key of, and nothing else of it.
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_dynamodb_attributes.html
   */
  allowReadingOnly(grantee: IGrantable, ...attributes: readonly string[]): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['dynamodb:GetItem'],
        resources: [this.tableArn],
        conditions: {
          'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk', ...attributes] },
          'StringEqualsIfExists': { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
        },
      }),
    );
    this.#key.allowThrough('dynamodb', grantee, 'kms:Decrypt', 'kms:DescribeKey');
  }

  /**
   * Lets `grantee` write items, and not read them. DynamoDB encrypts with the table's data key, which it decrypts in
   * the caller's name.
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
