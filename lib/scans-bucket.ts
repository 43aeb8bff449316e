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
import { VirusCheck } from './virus-check.ts';

const day = Duration.days(1);
type Prefix = 'quarantine/' | 'verified/' | 'pictures/' | 'archives/';

export interface ScansBucketProps {
  readonly key: PeopleKey;
  readonly webOrigins: readonly string[];
  /** Nothing leaves quarantine that GuardDuty has not found free of viruses. */
  readonly virusCheck: boolean;
}

/**
 * The papers' scans: `quarantine/` takes what is uploaded, `verified/` keeps what was checked, `pictures/` what was
 * drawn of it, `archives/` for a day what is handed out as one file.
 */
export class ScansBucket extends Bucket {
  readonly #key: PeopleKey;
  readonly virusCheck: boolean;

  constructor(scope: Construct, id: string, { key, webOrigins, virusCheck }: ScansBucketProps) {
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
        { id: 'replaced-pictures-go', prefix: 'pictures/', noncurrentVersionExpiration: Duration.days(30) },
        // Whoever wants it has fetched it: an archive is made anew in a moment.
        { id: 'archives-are-short', prefix: 'archives/', expiration: day, noncurrentVersionExpiration: day },
        { id: 'nothing-half-done', abortIncompleteMultipartUploadAfter: day, expiredObjectDeleteMarker: true },
      ],
    });
    this.#key = key;
    this.virusCheck = virusCheck;
    const logicalId = this.#logicalId;
    if (virusCheck)
      new VirusCheck(this, 'VirusCheck', { bucket: this, logicalId, prefix: 'quarantine/', passed: 'verified/', key });
  }

  /** Lets `fn` sign uploads into quarantine. */
  allowInviting(fn: OperationFunction): void {
    this.#allow(fn, 'quarantine/', 's3:PutObject');
    this.#key.allowThrough('s3', fn, 'kms:GenerateDataKey');
  }

  /** Lets `fn` read what lies in quarantine, copy it to the verified scans, and throw the upload away. */
  allowVerifying(fn: OperationFunction): void {
    this.#allow(fn, 'quarantine/', 's3:GetObject', 's3:GetObjectVersion', 's3:DeleteObject');
    this.#allow(fn, 'verified/', 's3:PutObject');
    this.#allow(fn, 'pictures/', 's3:PutObject');
    if (this.virusCheck) {
      this.#allow(fn, 'quarantine/', 's3:GetObjectTagging', 's3:GetObjectVersionTagging');
      this.#allow(fn, 'verified/', 's3:PutObjectTagging');
    }
    // Without it S3 says "access denied" instead of "no such key" when nothing was uploaded yet.
    fn.addToRolePolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.bucketArn] }));
    this.#key.allowThrough('s3', fn, 'kms:Decrypt', 'kms:GenerateDataKey');
  }

  /** Lets `fn` sign links to verified scans and their pictures. */
  allowOpening(fn: OperationFunction): void {
    this.#allow(fn, 'verified/', 's3:GetObject');
    this.#allow(fn, 'pictures/', 's3:GetObject');
    this.#key.allowThrough('s3', fn, 'kms:Decrypt');
  }

  /** Lets `fn` put verified scans and their pictures into an archive, and sign links to it. */
  allowArchiving(fn: OperationFunction): void {
    this.#allow(fn, 'verified/', 's3:GetObject');
    this.#allow(fn, 'pictures/', 's3:GetObject');
    this.#allow(fn, 'archives/', 's3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload');
    this.#key.allowThrough('s3', fn, 'kms:Decrypt', 'kms:GenerateDataKey');
  }

  #allow(fn: OperationFunction, prefix: Prefix, ...actions: readonly `s3:${string}`[]): void {
    const resource = this.arnForObjects(`${prefix}*`);
    fn.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [resource] }));
    Validations.of(fn.ownRole).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${this.#logicalId}.Arn>/${prefix}*]`,
      reason: `${fn.operation} works on the scans of every dossier, under ${prefix} only.`,
    });
  }

  get #logicalId(): string {
    const { defaultChild } = this.node;
    if (!(defaultChild instanceof CfnBucket)) throw new Error('the scans bucket has no CloudFormation resource');
    return Stack.of(this).getLogicalId(defaultChild);
  }
}
