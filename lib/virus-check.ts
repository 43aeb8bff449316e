import { Aws, Validations } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnMalwareProtectionPlan } from 'aws-cdk-lib/aws-guardduty';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { PeopleKey } from './people-key.ts';

const guardDuty = 'malware-protection-plan.guardduty.amazonaws.com';

export interface VirusCheckProps {
  readonly bucket: Bucket;
  /** The bucket's in the template. */
  readonly logicalId: string;
  /** What is uploaded by people lies here, and is looked at. */
  readonly prefix: string;
  /** What came through the check keeps its tag here. */
  readonly passed: string;
  readonly key: PeopleKey;
}

/**
 * GuardDuty looks at every upload and puts its verdict on it as a tag; nobody else reads a file without a good one, or
 * tags an upload. The role may do what AWS asks for:
 * https://docs.aws.amazon.com/guardduty/latest/ug/malware-protection-s3-iam-policy-prerequisite.html
 */
export class VirusCheck extends Construct {
  constructor(scope: Construct, id: string, { bucket, logicalId, prefix, passed, key }: VirusCheckProps) {
    super(scope, id);
    const uploads = bucket.arnForObjects(`${prefix}*`);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal(guardDuty, {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
      description: 'What GuardDuty may do to check scans for viruses',
    });
    const rule = `arn:${Aws.PARTITION}:events:${Aws.REGION}:${Aws.ACCOUNT_ID}:rule/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*`;
    const may = (actions: readonly string[], resource: string, conditions = {}) =>
      role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [resource], conditions }));
    may(['events:PutRule', 'events:DeleteRule', 'events:PutTargets', 'events:RemoveTargets'], rule, {
      StringLike: { 'events:ManagedBy': guardDuty },
    });
    may(['events:DescribeRule', 'events:ListTargetsByRule'], rule);
    may(['s3:GetBucketNotification', 's3:PutBucketNotification', 's3:ListBucket'], bucket.bucketArn);
    may(['s3:PutObject'], bucket.arnForObjects('malware-protection-resource-validation-object'));
    may(['s3:GetObject', 's3:GetObjectVersion'], uploads);
    may(
      ['GetObjectTagging', 'GetObjectVersionTagging', 'PutObjectTagging', 'PutObjectVersionTagging'].map(
        (one) => `s3:${one}`,
      ),
      uploads,
    );
    key.allowThrough('s3', role, 'kms:Decrypt', 'kms:GenerateDataKey');
    Validations.of(role).acknowledge(
      {
        id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:events:<AWS::Region>:<AWS::AccountId>:rule/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*]',
        reason: 'GuardDuty names the rule by which it hears of uploads itself.',
      },
      {
        id: `AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/${prefix}*]`,
        reason: 'Every upload is looked at.',
      },
    );

    const plan = new CfnMalwareProtectionPlan(this, 'Plan', {
      protectedResource: { s3Bucket: { bucketName: bucket.bucketName, objectPrefixes: [prefix] } },
      actions: { tagging: { status: 'ENABLED' } },
      role: role.roleArn,
    });
    // The plan is tried out when it is made.
    plan.node.addDependency(role);

    const exceptGuardDuty = { ArnNotEquals: { 'aws:PrincipalArn': role.roleArn } };
    bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'OnlyWhatPassedTheVirusCheckIsRead',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['s3:GetObject', 's3:GetObjectVersion'],
        resources: [uploads, bucket.arnForObjects(`${passed}*`)],
        conditions: {
          ...exceptGuardDuty,
          StringNotEquals: { 's3:ExistingObjectTag/GuardDutyMalwareScanStatus': 'NO_THREATS_FOUND' },
        },
      }),
    );
    bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'OnlyGuardDutyTagsUploads',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['s3:PutObjectTagging', 's3:PutObjectVersionTagging'],
        resources: [uploads],
        conditions: exceptGuardDuty,
      }),
    );
  }
}
