import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  CfnBucket,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Deployment } from './deployment.ts';
import type { OperationFunction } from './operation-function.ts';

/** As long as what is sealed is kept in electronic form: five years at least (TT17 14). */
const kept = Duration.days(5 * 366);

/**
 * The seals of the days, which nobody can change: each is written once, over nothing, and locked. Nobody at all deletes
 * one before its time, AWS's root user included; only during a first deployment whoever is allowed to and says so.
 */
export class SealsBucket extends Bucket {
  constructor(scope: Construct, id: string, { protected: isProtected }: Pick<Deployment, 'protected'>) {
    super(scope, id, {
      // A seal names nobody.
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention: isProtected
        ? ObjectLockRetention.compliance(kept)
        : ObjectLockRetention.governance(kept),
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Who reads a seal learns of nobody, and nobody can change one: no log would tell more.',
    });
    // A lock keeps a version; without these, another version or a deletion's mark could hide it.
    const denied = { effect: Effect.DENY, principals: [new AnyPrincipal()], resources: [this.arnForObjects('*')] };
    this.addToResourcePolicy(
      new PolicyStatement({
        ...denied,
        sid: 'NothingIsWrittenOver',
        actions: ['s3:PutObject'],
        conditions: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
      }),
    );
    this.addToResourcePolicy(new PolicyStatement({ ...denied, sid: 'NothingIsHidden', actions: ['s3:DeleteObject'] }));
  }

  /** Lets `fn` seal days. */
  allowSealing(fn: OperationFunction): void {
    this.#allow(fn, 's3:GetObject', 's3:PutObject');
  }

  /** Lets `fn` read seals. */
  allowReading(fn: OperationFunction): void {
    this.#allow(fn, 's3:GetObject');
  }

  #allow(fn: OperationFunction, ...actions: readonly `s3:${string}`[]): void {
    fn.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [this.arnForObjects('*')] }));
    // To find the newest; and without it S3 says "access denied" instead of "no such key" of a day without a seal.
    fn.addToRolePolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.bucketArn] }));
    const { defaultChild } = this.node;
    if (!(defaultChild instanceof CfnBucket)) throw new Error('the seals bucket has no CloudFormation resource');
    Validations.of(fn.ownRole).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${Stack.of(this).getLogicalId(defaultChild)}.Arn>/*]`,
      reason: `${fn.operation} works on the seals of every day.`,
    });
  }
}
