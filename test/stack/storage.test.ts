import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { Synthesized } from './synthesized.ts';

const stack = new Synthesized();
const book = stack.the('Book');
const people = stack.the('People');
const looks = stack.the('Looks');
const key = stack.the('PeopleKey');
const scans = stack.the('Scans');

// Holds ADR 0005 and ADR 0012.
describe.each([book, people, looks])('the table $name', ({ properties, fate }) => {
  it('a table is keyed by pk and sk, and paid for by request', () => {
    expect(properties).toMatchObject({
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
    });
  });

  it('a table can be restored to any second of the last 35 days', () => {
    expect(properties).toMatchObject({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } });
  });

  it('a table outlives its stack, and is deleted by nobody in passing', () => {
    expect(properties).toMatchObject({ DeletionProtectionEnabled: true });
    expect(fate).toEqual(['RetainExceptOnCreate', 'Retain']);
  });
});

describe('the limits', () => {
  const { properties, fate } = stack.the('Limits');

  it('the limits are counts that expire, carried on by no stream and restored by nobody', () => {
    expect(properties).toMatchObject({
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
    expect(properties).not.toHaveProperty('StreamSpecification');
    expect(properties).not.toHaveProperty('PointInTimeRecoverySpecification');
    expect(fate).toEqual(['Delete', 'Delete']);
  });
});

describe('what names a person', () => {
  it('what names a person is encrypted by a key of its own that changes every year and outlives the stack', () => {
    expect(key.properties).toMatchObject({ EnableKeyRotation: true, RotationPeriodInDays: 365 });
    expect(key.fate).toEqual(['RetainExceptOnCreate', 'Retain']);
  });

  it('people are encrypted by that key', () => {
    expect(people.properties).toMatchObject({
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: { 'Fn::GetAtt': [key.id, 'Arn'] } },
    });
  });

  it('the scans are encrypted by that key', () => {
    expect(scans.properties).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            BucketKeyEnabled: true,
            ServerSideEncryptionByDefault: {
              SSEAlgorithm: 'aws:kms',
              KMSMasterKeyID: { 'Fn::GetAtt': [key.id, 'Arn'] },
            },
          },
        ],
      },
    });
  });

  it('who has looked at them is encrypted by another key, so that whoever may read people reads no looks', () => {
    const looksKey = stack.the('LooksKey');
    expect(looks.properties).toMatchObject({
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: { 'Fn::GetAtt': [looksKey.id, 'Arn'] } },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
    expect(looks.properties).not.toHaveProperty('StreamSpecification');
  });

  it('people have what was answered about them swept away once it has expired, and nothing else', () => {
    expect(people.properties).toMatchObject({
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
  });

  it('people leave their table by no stream', () => {
    expect(people.properties).not.toHaveProperty('StreamSpecification');
  });
});

describe('the book', () => {
  it('the book is asked by four indexes: what is due, what lies on a desk, all that was lodged, and what arrived on a day', () => {
    const keyedBy = (partition: string, sort: string) => [
      { AttributeName: partition, KeyType: 'HASH' },
      { AttributeName: sort, KeyType: 'RANGE' },
    ];
    expect(book.properties['GlobalSecondaryIndexes']).toEqual([
      { IndexName: 'due', KeySchema: keyedBy('due', 'dueAt'), Projection: { ProjectionType: 'KEYS_ONLY' } },
      {
        IndexName: 'desk',
        KeySchema: keyedBy('desk', 'urgentAt'),
        Projection: {
          ProjectionType: 'INCLUDE',
          NonKeyAttributes: ['trackingCode', 'procedureCode', 'place', 'since', 'reminders', 'officialCode'],
        },
      },
      { IndexName: 'all', KeySchema: keyedBy('listed', 'listedAt'), Projection: { ProjectionType: 'KEYS_ONLY' } },
      {
        IndexName: 'arrivals',
        KeySchema: keyedBy('arrived', 'receivedAt'),
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['digest'] },
      },
    ]);
    const keyed = ['pk', 'sk', 'due', 'dueAt', 'desk', 'urgentAt', 'listed', 'listedAt', 'arrived', 'receivedAt'];
    expect(book.properties['AttributeDefinitions']).toEqual(
      keyed.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    );
  });

  it('the book tells its news as the new item, without what was before', () => {
    expect(book.properties).toMatchObject({ StreamSpecification: { StreamViewType: 'NEW_IMAGE' } });
  });
});

describe.each(['Scans', 'ScansAccessLog'])('the bucket %s', (name) => {
  const { id, properties, fate } = stack.the(name);

  it('a bucket is closed to the public and belongs to one owner', () => {
    expect(properties).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
  });

  it('a bucket refuses whoever comes without TLS 1.2', () => {
    const refused = { Effect: 'Deny', Principal: { AWS: '*' }, Action: 's3:*' };
    const { properties: policy } = stack.the(`${name}/Policy`);
    expect(policy).toMatchObject({
      Bucket: { Ref: id },
      PolicyDocument: {
        Statement: expect.arrayContaining([
          expect.objectContaining({ ...refused, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          expect.objectContaining({ ...refused, Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } }),
        ]),
      },
    });
  });

  it('a bucket outlives its stack', () => {
    expect(fate).toEqual(['RetainExceptOnCreate', 'Retain']);
  });
});

describe('the scans', () => {
  it('the scans keep their earlier versions', () => {
    expect(scans.properties).toMatchObject({ VersioningConfiguration: { Status: 'Enabled' } });
  });

  it('the scans leave quarantine after a day, and what was replaced or half sent does not stay', () => {
    expect(scans.properties['LifecycleConfiguration']).toEqual({
      Rules: [
        {
          Id: 'quarantine-is-short',
          Status: 'Enabled',
          Prefix: 'quarantine/',
          ExpirationInDays: 1,
          NoncurrentVersionExpiration: { NoncurrentDays: 1 },
        },
        {
          Id: 'replaced-scans-go',
          Status: 'Enabled',
          Prefix: 'verified/',
          NoncurrentVersionExpiration: { NoncurrentDays: 30 },
        },
        {
          Id: 'replaced-pictures-go',
          Status: 'Enabled',
          Prefix: 'pictures/',
          NoncurrentVersionExpiration: { NoncurrentDays: 30 },
        },
        {
          Id: 'archives-are-short',
          Status: 'Enabled',
          Prefix: 'archives/',
          ExpirationInDays: 1,
          NoncurrentVersionExpiration: { NoncurrentDays: 1 },
        },
        {
          Id: 'nothing-half-done',
          Status: 'Enabled',
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
          ExpiredObjectDeleteMarker: true,
        },
      ],
    });
  });

  it('the scans are asked for on record, for as long as a complaint may come', () => {
    const log = stack.the('ScansAccessLog');
    expect(scans.properties).toMatchObject({ LoggingConfiguration: { DestinationBucketName: { Ref: log.id } } });
    expect(log.properties).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      LifecycleConfiguration: {
        Rules: [
          { ExpirationInDays: 184, Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
        ],
      },
    });
  });
});

describe('the seals', () => {
  const lockOf = (assembled: Synthesized): unknown => assembled.the('Seals').properties['ObjectLockConfiguration'];
  const retention = (Mode: string) => ({
    ObjectLockEnabled: 'Enabled',
    Rule: { DefaultRetention: { Mode, Days: 5 * 366 } },
  });

  it('the seals are locked for five years against everybody; during a first deployment against all but who may and says so', () => {
    expect(stack.the('Seals').properties).toMatchObject({
      ObjectLockEnabled: true,
      VersioningConfiguration: { Status: 'Enabled' },
    });
    expect(lockOf(stack)).toEqual(retention('COMPLIANCE'));
    const first = { stackName: 'DossierPost', tags: {}, protected: false };
    expect(lockOf(new Synthesized([], first))).toEqual(retention('GOVERNANCE'));
  });

  it('the seals are written over by nobody and hidden by nobody', () => {
    const { PolicyDocument } = z
      .object({ PolicyDocument: z.object({ Statement: z.array(z.looseObject({ Sid: z.string().optional() })) }) })
      .parse(stack.the('Seals/Policy').properties);
    expect(PolicyDocument.Statement.filter(({ Sid }) => Sid !== undefined)).toEqual([
      expect.objectContaining({
        Sid: 'NothingIsWrittenOver',
        Effect: 'Deny',
        Action: 's3:PutObject',
        Condition: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
      }),
      expect.objectContaining({ Sid: 'NothingIsHidden', Effect: 'Deny', Action: 's3:DeleteObject' }),
    ]);
  });
});
