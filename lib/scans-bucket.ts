import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  CfnBucket,
  HttpMethods,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { OperationFunction } from './operation-function.ts';
import type { PeopleKey } from './people-key.ts';
import { ScansAccessLog } from './scans-access-log.ts';

const day = Duration.days(1);

/** The papers' scans: `quarantine/` takes what is uploaded, `verified/` keeps what was checked. */
export class ScansBucket extends Bucket {
  readonly #key: PeopleKey;

  constructor(scope: Construct, id: string, { key, webOrigins }: { key: PeopleKey; webOrigins: readonly string[] }) {
    super(scope, id, {
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      // One data key for many objects: a KMS request now and then instead of one for each scan.
      bucketKeyEnabled: true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      serverAccessLogsBucket: new ScansAccessLog(scope, `${id}AccessLog`),
      cors:
        webOrigins.length === 0
          ? []
          : [
              {
                allowedOrigins: [...webOrigins],
                allowedMethods: [HttpMethods.POST, HttpMethods.GET],
                allowedHeaders: ['*'],
                maxAge: 3600,
              },
            ],
      lifecycleRules: [
        // An upload that nobody confirmed, and one that was refused.
        { id: 'quarantine-is-short', prefix: 'quarantine/', expiration: day, noncurrentVersionExpiration: day },
        // Time enough to take back a mistake, and no longer: what was erased on a person's request must be gone.
        { id: 'replaced-scans-go', prefix: 'verified/', noncurrentVersionExpiration: Duration.days(30) },
        { id: 'nothing-half-done', abortIncompleteMultipartUploadAfter: day, expiredObjectDeleteMarker: true },
      ],
    });
    this.#key = key;
  }

  /** Lets `fn` sign uploads into quarantine. */
  allowInviting(fn: OperationFunction): void {
    this.#allow(fn, 'quarantine/*', 's3:PutObject');
    this.#key.allowThrough('s3', fn, 'kms:GenerateDataKey');
  }

  /** Lets `fn` read what lies in quarantine, copy it to the verified scans, and throw the upload away. */
  allowVerifying(fn: OperationFunction): void {
    this.#allow(fn, 'quarantine/*', 's3:GetObject', 's3:GetObjectVersion', 's3:DeleteObject');
    this.#allow(fn, 'verified/*', 's3:PutObject');
    // Without it S3 says "access denied" instead of "no such key" when nothing was uploaded yet.
    fn.addToRolePolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.bucketArn] }));
    this.#key.allowThrough('s3', fn, 'kms:Decrypt', 'kms:GenerateDataKey');
  }

  /** Lets `fn` sign links to verified scans. */
  allowOpening(fn: OperationFunction): void {
    this.#allow(fn, 'verified/*', 's3:GetObject');
    this.#key.allowThrough('s3', fn, 'kms:Decrypt');
  }

  #allow(fn: OperationFunction, keys: 'quarantine/*' | 'verified/*', ...actions: readonly `s3:${string}`[]): void {
    fn.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [this.arnForObjects(keys)] }));
    Validations.of(fn.ownRole).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${this.#logicalId}.Arn>/${keys}]`,
      reason: `${fn.operation} works on the scans of every dossier, under ${keys} only.`,
    });
  }

  get #logicalId(): string {
    const { defaultChild } = this.node;
    if (!(defaultChild instanceof CfnBucket)) throw new Error('the scans bucket has no CloudFormation resource');
    return Stack.of(this).getLogicalId(defaultChild);
  }
}
