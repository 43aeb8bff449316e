import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { deploymentFrom } from '../../lib/deployment.ts';
import { functionsOf } from './functions.ts';
import { grantsOf } from './grants.ts';
import { Synthesized } from './synthesized.ts';

const usual = new Synthesized();
const Policy = z.object({ Statement: z.array(z.object({ Sid: z.string().optional(), Resource: z.unknown() })) });
const checking = new Synthesized(
  [],
  deploymentFrom(() => undefined),
  true,
);

// Holds ADR 0033.
describe('the virus check', () => {
  it('the virus check is not there unless it is asked for, since it costs by the file', () => {
    const types = usual.resources.map(({ type }) => type);
    expect(types.filter((type) => type.startsWith('AWS::GuardDuty'))).toEqual([]);
    expect(JSON.stringify(functionsOf(usual).map(({ environment }) => environment))).not.toContain('VIRUS_CHECK');
  });

  it('the virus check looks at every upload, once, and puts its verdict on it', () => {
    expect(checking.the('Scans/VirusCheck/Plan').properties).toMatchObject({
      ProtectedResource: { S3Bucket: { ObjectPrefixes: ['quarantine/'] } },
      Actions: { Tagging: { Status: 'ENABLED' } },
    });
  });

  it('the virus check may do what AWS asks for, on uploads only', () => {
    const role = checking.the('Scans/VirusCheck/Role');
    const rule = 'arn:Partition:events:Region:AccountId:rule/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*';
    expect(grantsOf(checking, role)).toEqual({
      'Scans': ['s3:GetBucketNotification', 's3:ListBucket', 's3:PutBucketNotification'],
      'Scans/malware-protection-resource-validation-object': ['s3:PutObject'],
      'Scans/quarantine/*': [
        's3:GetObject',
        's3:GetObjectTagging',
        's3:GetObjectVersion',
        's3:GetObjectVersionTagging',
        's3:PutObjectTagging',
        's3:PutObjectVersionTagging',
      ],
      [rule]: ['events:DescribeRule', 'events:ListTargetsByRule'],
      [`${rule} managed by malware-protection-plan.guardduty.amazonaws.com`]: [
        'events:DeleteRule',
        'events:PutRule',
        'events:PutTargets',
        'events:RemoveTargets',
      ],
      'PeopleKey through s3.Region.amazonaws.com': ['kms:Decrypt', 'kms:GenerateDataKey'],
    });
    expect(role.properties['AssumeRolePolicyDocument']).toMatchObject({
      Statement: [
        {
          Principal: { Service: 'malware-protection-plan.guardduty.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        },
      ],
    });
  });

  it('the virus check holds whoever reads a file, and whoever would tag one himself', () => {
    const policy = checking.the('Scans/Policy').properties['PolicyDocument'];
    const isGuardDuty = { 'aws:PrincipalArn': expect.anything() };
    const { Statement } = Policy.parse(policy);
    expect(
      Statement.flatMap(({ Sid, Resource }) =>
        Sid === undefined ? [] : [[Sid, [Resource].flat().map((one) => checking.said(one))]],
      ),
    ).toEqual([
      ['OnlyWhatPassedTheVirusCheckIsRead', ['Scans/quarantine/*', 'Scans/verified/*']],
      ['OnlyGuardDutyTagsUploads', ['Scans/quarantine/*']],
    ]);
    expect(policy).toMatchObject({
      Statement: expect.arrayContaining([
        expect.objectContaining({
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: ['s3:GetObject', 's3:GetObjectVersion'],
          Condition: {
            ArnNotEquals: isGuardDuty,
            StringNotEquals: { 's3:ExistingObjectTag/GuardDutyMalwareScanStatus': 'NO_THREATS_FOUND' },
          },
        }),
        expect.objectContaining({
          Effect: 'Deny',
          Action: ['s3:PutObjectTagging', 's3:PutObjectVersionTagging'],
          Condition: { ArnNotEquals: isGuardDuty },
        }),
      ]),
    });
  });

  it('the virus check is asked by those who confirm, open and archive scans, who may do no more than before but see and copy tags', () => {
    const all = functionsOf(checking);
    const asking = all.filter(({ environment }) => environment['VIRUS_CHECK'] === 'on');
    expect(asking.map(({ operation }) => operation).toSorted()).toEqual([
      'archive-dossier',
      'confirm-scan',
      'open-scan',
    ]);
    const grants = (stack: Synthesized, operation: string) => {
      const one = functionsOf(stack).find((fn) => fn.operation === operation);
      if (!one) throw new Error(`${operation} is not there`);
      return grantsOf(stack, one.role);
    };
    for (const reading of ['open-scan', 'archive-dossier'])
      expect(grants(checking, reading)).toEqual(grants(usual, reading));
    const before = grants(usual, 'confirm-scan');
    expect(grants(checking, 'confirm-scan')).toEqual({
      ...before,
      'Scans/quarantine/*': [
        ...(before['Scans/quarantine/*'] ?? []),
        's3:GetObjectTagging',
        's3:GetObjectVersionTagging',
      ].toSorted(),
      'Scans/verified/*': ['s3:PutObject', 's3:PutObjectTagging'],
    });
  });
});
