import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** Who asked for which scan, for as long as a complaint about a dossier may be lodged (6 months). */
export class ScansAccessLog extends Bucket {
  // CDK leaves it undefined, which strict optional types do not take for the `IBucket` that a log destination must be.
  override get isWebsite(): boolean {
    return false;
  }

  constructor(scope: Construct, id: string) {
    super(scope, id, {
      // S3 cannot deliver its logs to a bucket under a key of ours unless the key admits the logging service; it names
      // no person.
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      lifecycleRules: [
        { id: 'six-months', expiration: Duration.days(184), abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'This bucket is itself the access log of the scans; logging it into itself would never end.',
    });
  }
}
