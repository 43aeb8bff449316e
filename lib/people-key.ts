import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/**
 * A key of what names a person: one for the People table and the scans, another for who has looked at them. Whoever may
 * not use the key cannot read a copy or a backup either.
 */
export class PeopleKey extends Key {
  constructor(scope: Construct, id: string, encrypts: string) {
    super(scope, id, {
      description: `Encrypts ${encrypts}`,
      enableKeyRotation: true,
      rotationPeriod: Duration.days(365),
      // Without the key every name, address and scan is lost for good.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
  }

  /** Lets `grantee` use the key through one service only, never directly. */
  allowThrough(service: 'dynamodb' | 's3', grantee: IGrantable, ...actions: readonly `kms:${string}`[]): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: [...actions],
        resources: [this.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': `${service}.${Aws.REGION}.amazonaws.com` } },
      }),
    );
  }
}
