import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectAclCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { credentialsOf, startTestS3, type TestS3 } from './s3-server.ts';

function sha256(text: string | Buffer) {
  return createHash('sha256').update(text).digest('base64');
}
function failureOf(sent: Promise<unknown>) {
  return sent.then(
    () => 'no failure',
    (error: unknown) => error,
  );
}
const vietnameseKey = 'verified/Bắc Kạn/giấy tờ+(1) *.pdf';

// Holds ADR 0011.
describe('an object', () => {
  let server: TestS3;
  let s3: S3Client;
  beforeAll(async () => {
    server = await startTestS3();
    s3 = server.client();
  });
  afterAll(() => server.close());

  const text = async (Bucket: string, Key: string, VersionId?: string) =>
    await (await s3.send(new GetObjectCommand({ Bucket, Key, VersionId }))).Body?.transformToString();
  const part = async (Range: string) =>
    await (await s3.send(new GetObjectCommand({ Bucket: 'plain', Key: 'digits', Range }))).Body?.transformToString();
  const putOnce = () => s3.send(new PutObjectCommand({ Bucket: 'plain', Key: 'once', Body: 'x', IfNoneMatch: '*' }));
  const put = (Bucket: string, Key: string, Body: string) => s3.send(new PutObjectCommand({ Bucket, Key, Body }));

  it('an object comes back as it was put, with its type, its metadata and its sums', async () => {
    const written = await s3.send(
      new PutObjectCommand({
        Bucket: 'scans',
        Key: vietnameseKey,
        Body: 'Kính gửi',
        ContentType: 'text/plain; charset=utf-8',
        Metadata: { pages: '3' },
        CacheControl: 'no-store',
        ChecksumSHA256: sha256('Kính gửi'),
      }),
    );
    const read = await s3.send(new GetObjectCommand({ Bucket: 'scans', Key: vietnameseKey, ChecksumMode: 'ENABLED' }));
    expect(await read.Body?.transformToString()).toBe('Kính gửi');
    expect(read).toMatchObject({
      ContentType: 'text/plain; charset=utf-8',
      Metadata: { pages: '3' },
      CacheControl: 'no-store',
      ChecksumSHA256: sha256('Kính gửi'),
      ETag: written.ETag,
      VersionId: written.VersionId,
      ContentLength: 11,
    });
    const head = await s3.send(new HeadObjectCommand({ Bucket: 'scans', Key: vietnameseKey, ChecksumMode: 'ENABLED' }));
    expect(head).toMatchObject({ ContentLength: 11, ChecksumSHA256: sha256('Kính gửi') });
  });

  it.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)(
    'an object is checked by %s when the client sums so',
    async (ChecksumAlgorithm) => {
      const written = await s3.send(
        new PutObjectCommand({ Bucket: 'plain', Key: 'summed', Body: '123456789', ChecksumAlgorithm }),
      );
      expect(written).toMatchObject({ [`Checksum${ChecksumAlgorithm}`]: expect.stringMatching(/=$/) });
    },
  );

  it('an object may come as a stream of unknown sum, which arrives in chunks with the sum behind them', async () => {
    const body = Readable.from([Buffer.alloc(70_000, 'a'), Buffer.alloc(70_000, 'b')]);
    await s3.send(new PutObjectCommand({ Bucket: 'plain', Key: 'streamed', Body: body, ContentLength: 140_000 }));
    const head = await s3.send(new HeadObjectCommand({ Bucket: 'plain', Key: 'streamed' }));
    expect(head.ContentLength).toBe(140_000);
    expect(head.ContentEncoding).toBeUndefined();
  });

  it('an object is refused when its bytes are not those that were promised', async () => {
    const failure = await failureOf(
      s3.send(new PutObjectCommand({ Bucket: 'plain', Key: 'wrong', Body: 'one', ChecksumSHA256: sha256('another') })),
    );
    expect(failure).toMatchObject({ name: 'BadDigest' });
    expect(await failureOf(text('plain', 'wrong'))).toBeInstanceOf(NoSuchKey);
  });

  it('an object is read in parts', async () => {
    await put('plain', 'digits', '0123456789');
    expect([await part('bytes=2-4'), await part('bytes=7-'), await part('bytes=-2')]).toEqual(['234', '789', '89']);
    expect(await failureOf(part('bytes=10-'))).toMatchObject({ name: 'InvalidRange' });
  });

  it('an object is not sent again to who has it', async () => {
    const { ETag } = await put('plain', 'known', 'x');
    expect(
      await failureOf(s3.send(new GetObjectCommand({ Bucket: 'plain', Key: 'known', IfNoneMatch: ETag }))),
    ).toMatchObject({ $metadata: { httpStatusCode: 304 } });
    expect(
      await failureOf(s3.send(new GetObjectCommand({ Bucket: 'plain', Key: 'known', IfMatch: '"other"' }))),
    ).toMatchObject({ name: 'PreconditionFailed' });
  });

  it('an object is put only once when that is the condition', async () => {
    await putOnce();
    expect(await failureOf(putOnce())).toMatchObject({ name: 'PreconditionFailed' });
  });

  it('an object keeps its older versions in a versioned bucket, deleted or not', async () => {
    const first = await put('scans', 'versions', 'one');
    const second = await put('scans', 'versions', 'two');
    const marker = await s3.send(new DeleteObjectCommand({ Bucket: 'scans', Key: 'versions' }));
    expect(marker).toMatchObject({ DeleteMarker: true, VersionId: expect.any(String) });
    expect(await failureOf(text('scans', 'versions'))).toBeInstanceOf(NoSuchKey);
    expect(await text('scans', 'versions', first.VersionId)).toBe('one');
    const { Versions, DeleteMarkers } = await s3.send(
      new ListObjectVersionsCommand({ Bucket: 'scans', Prefix: 'versions' }),
    );
    expect(Versions?.map((one) => [one.VersionId, one.IsLatest])).toEqual([
      [second.VersionId, false],
      [first.VersionId, false],
    ]);
    expect(DeleteMarkers).toMatchObject([{ VersionId: marker.VersionId, IsLatest: true }]);
    await s3.send(new DeleteObjectCommand({ Bucket: 'scans', Key: 'versions', VersionId: marker.VersionId }));
    expect(await text('scans', 'versions')).toBe('two');
  });

  it('an object is replaced, and gone when deleted, in a bucket without versions', async () => {
    await put('plain', 'replaced', 'one');
    const bodies = readdirSync(join(server.dataDir, 's3', 'bodies')).length;
    await put('plain', 'replaced', 'two');
    expect(readdirSync(join(server.dataDir, 's3', 'bodies'))).toHaveLength(bodies);
    await s3.send(new DeleteObjectCommand({ Bucket: 'plain', Key: 'replaced' }));
    expect(await failureOf(text('plain', 'replaced'))).toBeInstanceOf(NoSuchKey);
    expect(readdirSync(join(server.dataDir, 's3', 'bodies'))).toHaveLength(bodies - 1);
  });

  it('an object is copied with its sum, from the version that was named', async () => {
    const first = await s3.send(
      new PutObjectCommand({
        Bucket: 'scans',
        Key: 'quarantine/a b',
        Body: 'checked',
        ContentType: 'application/pdf',
        ChecksumSHA256: sha256('checked'),
      }),
    );
    await put('scans', 'quarantine/a b', 'swapped');
    const copied = await s3.send(
      new CopyObjectCommand({
        Bucket: 'scans',
        Key: 'verified/a',
        CopySource: `scans/quarantine/a%20b?versionId=${first.VersionId}`,
      }),
    );
    expect(copied).toMatchObject({
      CopySourceVersionId: first.VersionId,
      CopyObjectResult: { ETag: first.ETag, ChecksumSHA256: sha256('checked') },
    });
    expect(await text('scans', 'verified/a')).toBe('checked');
    expect((await s3.send(new HeadObjectCommand({ Bucket: 'scans', Key: 'verified/a' }))).ContentType).toBe(
      'application/pdf',
    );
  });

  it('an object is listed by prefix, folder and page, in the order of its bytes', async () => {
    await s3.send(new CreateBucketCommand({ Bucket: 'listing' }));
    for (const key of ['b/2', 'a', 'b/1', 'c/x/y', 'đ', 'z']) await put('listing', key, 'x');
    const all = await s3.send(new ListObjectsV2Command({ Bucket: 'listing' }));
    expect(all.Contents?.map((one) => one.Key)).toEqual(['a', 'b/1', 'b/2', 'c/x/y', 'z', 'đ']);
    const folders = await s3.send(new ListObjectsV2Command({ Bucket: 'listing', Delimiter: '/', MaxKeys: 3 }));
    expect([
      folders.Contents?.map((one) => one.Key),
      folders.CommonPrefixes?.map((one) => one.Prefix),
      folders.IsTruncated,
    ]).toEqual([['a'], ['b/', 'c/'], true]);
    const rest = await s3.send(
      new ListObjectsV2Command({ Bucket: 'listing', Delimiter: '/', ContinuationToken: folders.NextContinuationToken }),
    );
    expect(rest.Contents?.map((one) => one.Key)).toEqual(['z', 'đ']);
    expect((await s3.send(new ListObjectsCommand({ Bucket: 'listing', Prefix: 'b/' }))).Contents).toHaveLength(2);
  });

  it('an object goes with others in one request', async () => {
    for (const Key of ['many/<1>', 'many/2']) await put('plain', Key, 'x');
    const { Deleted } = await s3.send(
      new DeleteObjectsCommand({ Bucket: 'plain', Delete: { Objects: [{ Key: 'many/<1>' }, { Key: 'many/2' }] } }),
    );
    expect(Deleted?.map((one) => one.Key)).toEqual(['many/<1>', 'many/2']);
    expect((await s3.send(new ListObjectsV2Command({ Bucket: 'plain', Prefix: 'many/' }))).KeyCount).toBe(0);
  });

  it('an object goes by itself when its bucket keeps it for a day only, by the virtual clock', async () => {
    await put('passing', 'a', 'x');
    expect(await text('passing', 'a')).toBe('x');
    server.clock.forward(2 * 86_400_000);
    expect(await failureOf(text('passing', 'a'))).toBeInstanceOf(NoSuchKey);
  });

  it('an object stays inside the data directory whatever its key', async () => {
    await put('plain', '../../../escaped', 'x');
    expect(await text('plain', '../../../escaped')).toBe('x');
    expect(existsSync(join(server.dataDir, '..', 'escaped'))).toBe(false);
  });

  it('an object is there after a restart, and what an interrupted upload left is not', async () => {
    await put('plain', 'kept', 'still here');
    writeFileSync(join(server.dataDir, 's3', 'bodies', 'interrupted'), 'half');
    server.reopen();
    expect(await text('plain', 'kept')).toBe('still here');
    expect(existsSync(join(server.dataDir, 's3', 'bodies', 'interrupted'))).toBe(false);
  });

  it('an object may be empty', async () => {
    await s3.send(new PutObjectCommand({ Bucket: 'plain', Key: 'empty', Body: new Uint8Array() }));
    expect(await text('plain', 'empty')).toBe('');
  });

  it('an object is found with the bucket in the host name', async () => {
    await put('plain', 'hosted', 'yes');
    // Node asks the system for `plain.localhost`, which not every system knows: the address is given to it.
    const httpAgent = new Agent({
      lookup: (_name, _options, found) => found(null, [{ address: '127.0.0.1', family: 4 }]),
    });
    const endpoint = server.url.replace('127.0.0.1', 'localhost');
    const virtual = new S3Client({
      endpoint,
      region: 'ap-southeast-1',
      credentials: credentialsOf('local'),
      maxAttempts: 1,
      requestHandler: { httpAgent },
    });
    const read = await virtual.send(new GetObjectCommand({ Bucket: 'plain', Key: 'hosted' }));
    expect(await read.Body?.transformToString()).toBe('yes');
  });

  it("an object that nobody signed for is nobody's to read", async () => {
    await put('plain', 'secret', 'x');
    const answer = await fetch(`${server.url}/plain/secret`);
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('<Code>AccessDenied</Code>')]);
  });

  it('an object is refused to a wrong secret and to an unknown key', async () => {
    const wrong = new S3Client({
      endpoint: server.url,
      region: 'ap-southeast-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'wrong' },
      maxAttempts: 1,
    });
    expect(await failureOf(wrong.send(new GetObjectCommand({ Bucket: 'plain', Key: 'known' })))).toMatchObject({
      name: 'SignatureDoesNotMatch',
    });
    expect(
      await failureOf(server.client('stranger').send(new GetObjectCommand({ Bucket: 'plain', Key: 'known' }))),
    ).toMatchObject({ name: 'InvalidAccessKeyId' });
  });

  it('an object is refused to keys that were lent without the token that came with them', async () => {
    await put('plain', 'known', 'x');
    const read = new GetObjectCommand({ Bucket: 'plain', Key: 'known' });
    expect((await server.client('role').send(read)).$metadata.httpStatusCode).toBe(200);
    const { sessionToken: _token, ...credentials } = credentialsOf('role');
    const without = new S3Client({ endpoint: server.url, region: 'ap-southeast-1', credentials, maxAttempts: 1 });
    expect(await failureOf(without.send(read))).toMatchObject({ name: 'InvalidToken' });
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    'an object is refused when %s was signed',
    async (name) => {
      const scope = 'local/20261201/ap-southeast-1/s3/aws4_request';
      const answer = await fetch(`${server.url}/plain/known`, {
        headers: {
          'authorization': `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;${name}, Signature=00`,
          'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
          'x-amz-date': '20261201T000000Z',
        },
      });
      expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('SignatureDoesNotMatch')]);
    },
  );

  it('what S3 does not know is answered by its name', async () => {
    const failure = await failureOf(s3.send(new GetObjectAclCommand({ Bucket: 'plain', Key: 'known' })));
    expect(failure).toMatchObject({ name: 'NotImplemented', message: expect.stringContaining('"acl"') });
  });

  it('an object lives in a bucket that can be looked at', async () => {
    expect((await s3.send(new ListBucketsCommand({}))).Buckets?.map((one) => one.Name)).toEqual(
      expect.arrayContaining(['plain', 'scans']),
    );
    expect((await s3.send(new GetBucketVersioningCommand({ Bucket: 'scans' }))).Status).toBe('Enabled');
    expect((await s3.send(new GetBucketLocationCommand({ Bucket: 'scans' }))).LocationConstraint).toBe(
      'ap-southeast-1',
    );
    expect((await s3.send(new HeadBucketCommand({ Bucket: 'scans' }))).BucketRegion).toBe('ap-southeast-1');
    expect(await failureOf(text('nowhere', 'x'))).toMatchObject({ name: 'NoSuchBucket' });
  });
});

describe("an object and its reader's permissions", () => {
  let server: TestS3;
  beforeAll(async () => {
    const grants: Readonly<Record<string, readonly string[]>> = {
      writer: ['s3:PutObject arn:aws:s3:::plain/mine'],
      reader: ['s3:GetObject arn:aws:s3:::plain/mine', 's3:GetObject arn:aws:s3:::plain/missing'],
    };
    server = await startTestS3((accessKeyId, action, resource) =>
      grants[accessKeyId]?.includes(`${action} ${resource}`) === true ? undefined : `${accessKeyId} may not ${action}`,
    );
    await server.client('writer').send(new PutObjectCommand({ Bucket: 'plain', Key: 'mine', Body: 'x' }));
  });
  afterAll(() => server.close());

  it('a reader’s permission lets through what was granted', async () => {
    const read = await server.client('reader').send(new GetObjectCommand({ Bucket: 'plain', Key: 'mine' }));
    expect(await read.Body?.transformToString()).toBe('x');
  });

  it('a reader’s permission refuses what was not, with the reason', async () => {
    await expect(
      server.client('reader').send(new PutObjectCommand({ Bucket: 'plain', Key: 'mine', Body: 'y' })),
    ).rejects.toMatchObject({ name: 'AccessDenied', message: 'reader may not s3:PutObject' });
  });

  it('a reader’s permission does not tell who may not list whether an object is missing', async () => {
    await expect(
      server.client('reader').send(new GetObjectCommand({ Bucket: 'plain', Key: 'missing' })),
    ).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});
