import { describe, expect, it } from '@jest/globals';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { s3Seals } from '../../../adapters/s3/seals.ts';
import { keepsSeals } from '../../doubles/seals.suite.ts';
import { startTestS3 } from '../../emulator/s3/s3-server.ts';

async function lockedS3() {
  const server = await startTestS3();
  return { client: server.client(), close: async () => server.close() };
}

keepsSeals('on S3', async () => {
  const { client, close } = await lockedS3();
  return { store: s3Seals(client, 'locked'), close };
});

// Holds ADR 0041.
describe('a seal on S3', () => {
  const withSeals = async (work: (client: S3Client) => Promise<void>): Promise<void> => {
    const { client, close } = await lockedS3();
    try {
      await work(client);
    } finally {
      await close();
    }
  };
  const leaf = { dossierId: 'd-1', number: 3, digest: 'three' };

  it('a seal on S3 whose maker died behind its leaves is made over the leaves that stand', async () =>
    withSeals(async (client) => {
      await client.send(
        new PutObjectCommand({ Bucket: 'locked', Key: 'leaves/2026-11-24.txt', Body: 'd-1 2 two\n', IfNoneMatch: '*' }),
      );
      const store = s3Seals(client, 'locked');
      const seal = await store.keep('2026-11-24', [leaf], undefined);
      expect(await store.leaves('2026-11-24')).toEqual([{ dossierId: 'd-1', number: 2, digest: 'two' }]);
      expect(seal).toEqual(await store.keep('2026-11-24', [leaf], undefined));
    }));

  it('a seal on S3 stays: none of its versions is deleted before its time', async () =>
    withSeals(async (client) => {
      const store = s3Seals(client, 'locked');
      await store.keep('2026-11-24', [leaf], undefined);
      const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket: 'locked' }));
      expect(Versions).toHaveLength(2);
      for (const { Key, VersionId } of Versions)
        await expect(client.send(new DeleteObjectCommand({ Bucket: 'locked', Key, VersionId }))).rejects.toMatchObject({
          name: 'AccessDenied',
        });
      const { ObjectLockMode } = await client.send(
        new GetObjectCommand({ Bucket: 'locked', Key: 'seals/2026-11-24.json' }),
      );
      expect(ObjectLockMode).toBe('COMPLIANCE');
    }));
});
