import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectRetentionCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { startS3 } from '../../../emulator/s3/start-s3.ts';
import { startTestS3, type TestS3 } from './s3-server.ts';

const day = 86_400_000;

describe('a bucket with object lock', () => {
  let server: TestS3;
  let client: S3Client;
  const may = new Set(['s3:BypassGovernanceRetention']);
  beforeAll(async () => {
    server = await startTestS3((key, action) =>
      key === 'local' ||
      (key === 'stranger-to-retention' && !action.startsWith('s3:Bypass') && !action.endsWith('Retention')) ||
      may.has(`${key} ${action}`)
        ? undefined
        : `${key} may not ${action}`,
    );
    client = server.client();
  });
  afterAll(async () => {
    client.destroy();
    await server.close();
  });

  const put = async (Bucket: string, Key: string): Promise<string> => {
    const { VersionId = '' } = await client.send(new PutObjectCommand({ Bucket, Key, Body: 'sealed' }));
    expect(VersionId).not.toBe('');
    return VersionId;
  };
  const remove = async (
    Bucket: string,
    Key: string,
    VersionId: string | undefined,
    BypassGovernanceRetention = false,
    by = client,
  ): Promise<string> =>
    by.send(new DeleteObjectCommand({ Bucket, Key, VersionId, BypassGovernanceRetention })).then(
      () => 'deleted',
      (error: unknown) => (error instanceof Error ? error.name : String(error)),
    );

  it('a bucket with object lock keeps every version for its time, whoever asks, and lets it go after', async () => {
    const version = await put('locked', 'for-30-days');
    expect(await remove('locked', 'for-30-days', version)).toBe('AccessDenied');
    expect(await remove('locked', 'for-30-days', version, true)).toBe('AccessDenied');
    const many = await client.send(
      new DeleteObjectsCommand({ Bucket: 'locked', Delete: { Objects: [{ Key: 'for-30-days', VersionId: version }] } }),
    );
    expect(many.Errors).toMatchObject([{ Code: 'AccessDenied', Key: 'for-30-days' }]);
    // A marker hides it, and deletes nothing.
    expect(await remove('locked', 'for-30-days', undefined)).toBe('deleted');
    const there = await client.send(new GetObjectCommand({ Bucket: 'locked', Key: 'for-30-days', VersionId: version }));
    expect(there).toMatchObject({ ObjectLockMode: 'COMPLIANCE' });
    expect(Math.round(((there.ObjectLockRetainUntilDate?.getTime() ?? 0) - server.clock.now()) / day)).toBe(30);
    server.reopen();
    expect(await remove('locked', 'for-30-days', version)).toBe('AccessDenied');
    server.clock.forward(30 * day + 1);
    expect(await remove('locked', 'for-30-days', version)).toBe('deleted');
    server.clock.toRealTime();
  });

  it('a bucket with object lock in governance mode lets go what somebody deletes who may, and says so', async () => {
    const version = await put('governed', 'by-rule');
    const other = server.client('stranger-to-retention');
    expect(await remove('governed', 'by-rule', version)).toBe('AccessDenied');
    expect(await remove('governed', 'by-rule', version, true, other)).toBe('AccessDenied');
    const { ObjectLockMode } = await other.send(new GetObjectCommand({ Bucket: 'governed', Key: 'by-rule' }));
    expect(ObjectLockMode).toBeUndefined();
    expect(await remove('governed', 'by-rule', version, true)).toBe('deleted');
    other.destroy();
  });

  it('a bucket with object lock refuses by name to lock one object by itself, and what would be kept otherwise', async () => {
    const own = new PutObjectCommand({
      Bucket: 'locked',
      Key: 'own',
      Body: 'x',
      ObjectLockMode: 'COMPLIANCE',
      ObjectLockRetainUntilDate: new Date(server.clock.now() + day),
    });
    await expect(client.send(own)).rejects.toMatchObject({ name: 'NotImplemented' });
    const retention = new PutObjectRetentionCommand({
      Bucket: 'locked',
      Key: 'own',
      Retention: { Mode: 'COMPLIANCE' },
    });
    await expect(client.send(retention)).rejects.toMatchObject({ name: 'NotImplemented' });
    const s3 = startS3({ dataDir: server.dataDir, clock: server.clock, findKey: () => undefined });
    const lock = { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Years: 5 } } };
    expect(() => s3.ensureBucket({ ObjectLockEnabled: true, ObjectLockConfiguration: lock }, 'years')).toThrow('Years');
    const days = { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 5 } } };
    expect(() => s3.ensureBucket({ ObjectLockConfiguration: days }, 'off')).toThrow('no object lock');
    s3.close();
  });

  it('a bucket with a policy against it is written over by nobody, and nothing in it is hidden', async () => {
    const denied = { Effect: 'Deny', Principal: { AWS: '*' }, Resource: 'arn:aws:s3:::locked/kept/*' };
    server.ensureBucketPolicy({
      Bucket: 'locked',
      PolicyDocument: {
        Statement: [
          {
            ...denied,
            Action: 's3:PutObject',
            Condition: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
          },
          { ...denied, Action: 's3:DeleteObject' },
        ],
      },
    });
    const write = async (Key: string, IfNoneMatch?: string): Promise<string> =>
      client.send(new PutObjectCommand({ Bucket: 'locked', Key, Body: 'x', IfNoneMatch })).then(
        () => 'written',
        (error: unknown) => (error instanceof Error ? error.name : String(error)),
      );
    expect(await write('kept/one')).toBe('AccessDenied');
    expect(await write('kept/one', '*')).toBe('written');
    expect(await write('kept/one', '*')).toBe('PreconditionFailed');
    expect(await write('elsewhere')).toBe('written');
    expect(await remove('locked', 'kept/one', undefined)).toBe('AccessDenied');
    const { Versions } = await client.send(new ListObjectVersionsCommand({ Bucket: 'locked', Prefix: 'kept/' }));
    expect(Versions).toHaveLength(1);
  });
});
