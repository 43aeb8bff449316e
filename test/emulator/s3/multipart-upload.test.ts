import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
  type CompletedPart,
  type CreateMultipartUploadCommandInput,
} from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { startTestS3 } from './s3-server.ts';

const part = 5 * 1024 * 1024;
/** Bytes that differ from part to part. */
function bytes(length: number, seed: number): Uint8Array {
  return new Uint8Array(length).map((_byte, index) => (index * 31 + seed) & 255);
}
const twenty = [bytes(part, 1), bytes(part, 2), bytes(part, 3), bytes(part, 4)];

let server: Awaited<ReturnType<typeof startTestS3>>;
beforeAll(async () => {
  server = await startTestS3();
});
afterAll(() => server.close());

const where = { Bucket: 'scans', Key: 'hồ sơ/lớn.pdf' };

async function begin(change: Partial<CreateMultipartUploadCommandInput> = {}): Promise<string> {
  const { UploadId } = await server.client().send(new CreateMultipartUploadCommand({ ...where, ...change }));
  return UploadId ?? '';
}
async function send(UploadId: string, PartNumber: number, Body: Uint8Array, change = {}): Promise<CompletedPart> {
  const { ETag, ChecksumCRC32 } = await server
    .client()
    .send(new UploadPartCommand({ ...where, UploadId, PartNumber, Body, ...change }));
  return { PartNumber, ETag, ...(ChecksumCRC32 === undefined ? {} : { ChecksumCRC32 }) };
}
async function complete(UploadId: string, Parts: CompletedPart[]) {
  return server.client().send(new CompleteMultipartUploadCommand({ ...where, UploadId, MultipartUpload: { Parts } }));
}
async function refusalOf(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.then(
    () => 'done',
    (error: unknown) => (error instanceof Error ? error.name : error),
  );
}

describe('an upload in parts', () => {
  it('an upload in parts becomes one object of twenty megabytes with its type and metadata, and an ETag that counts the parts', async () => {
    const id = await begin({ ContentType: 'application/pdf', Metadata: { kind: 'papers' } });
    const parts: CompletedPart[] = [];
    for (const [index, body] of twenty.entries()) parts.push(await send(id, index + 1, body));
    const { ETag } = await complete(id, parts);
    const md5s = Buffer.concat(twenty.map((body) => createHash('md5').update(body).digest()));
    expect(ETag).toBe(`"${createHash('md5').update(md5s).digest('hex')}-4"`);
    const { Body, ContentType, Metadata } = await server.client().send(new GetObjectCommand(where));
    expect([ContentType, Metadata]).toEqual(['application/pdf', { kind: 'papers' }]);
    expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(Buffer.concat(twenty))).toBe(true);
    expect(await refusalOf(complete(id, parts))).toBe('NoSuchUpload');
  });

  it.each(['CRC32', 'CRC64NVME', 'SHA256'] as const)(
    'an upload in parts keeps its promise of a %s sum',
    async (ChecksumAlgorithm) => {
      const id = await begin({ ChecksumAlgorithm });
      const answer = await complete(id, [
        await send(id, 1, bytes(part, 5), { ChecksumAlgorithm }),
        await send(id, 2, bytes(10, 6), { ChecksumAlgorithm }),
      ]);
      expect(answer.ChecksumType).toBe(ChecksumAlgorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE');
      const { Body } = await server.client().send(new GetObjectCommand({ ...where, ChecksumMode: 'ENABLED' }));
      expect((await Body?.transformToByteArray())?.length).toBe(part + 10);
    },
  );

  it('an upload in parts takes a part again, and keeps the last one of a number', async () => {
    const id = await begin();
    const first = await send(id, 1, bytes(10, 7));
    const again = await send(id, 1, bytes(20, 8));
    const { Parts } = await server.client().send(new ListPartsCommand({ ...where, UploadId: id }));
    expect(Parts?.map(({ PartNumber, Size, ETag }) => [PartNumber, Size, ETag])).toEqual([[1, 20, again.ETag]]);
    expect(await refusalOf(complete(id, [first]))).toBe('InvalidPart');
    await complete(id, [again]);
  });

  it('an upload in parts is refused by name with parts that are too small, out of order, unknown or of an impossible number', async () => {
    const id = await begin();
    const [small, last] = [await send(id, 1, bytes(10, 1)), await send(id, 2, bytes(10, 2))];
    expect(await refusalOf(complete(id, [small, last]))).toBe('EntityTooSmall');
    expect(await refusalOf(complete(id, [last, small]))).toBe('InvalidPartOrder');
    expect(await refusalOf(complete(id, [{ PartNumber: 3, ETag: '"none"' }]))).toBe('InvalidPart');
    expect(await refusalOf(send(id, 10_001, bytes(1, 1)))).toBe('InvalidArgument');
    expect(await refusalOf(send('nowhere', 1, bytes(1, 1)))).toBe('NoSuchUpload');
  });

  it('an upload in parts is listed while it is under way, and gone with its parts when it is aborted', async () => {
    const id = await begin();
    await send(id, 1, bytes(10, 1));
    const list = async () =>
      (await server.client().send(new ListMultipartUploadsCommand({ Bucket: 'scans' }))).Uploads?.map(
        ({ UploadId }) => UploadId,
      ) ?? [];
    expect(await list()).toContain(id);
    await server.client().send(new AbortMultipartUploadCommand({ ...where, UploadId: id }));
    expect(await list()).not.toContain(id);
    expect(await refusalOf(send(id, 2, bytes(10, 2)))).toBe('NoSuchUpload');
  });

  it('an upload in parts goes on after a restart', async () => {
    const id = await begin();
    const first = await send(id, 1, bytes(part, 9));
    server.reopen();
    const second = await send(id, 2, bytes(10, 9));
    expect((await complete(id, [first, second])).ETag).toMatch(/-2"$/);
  });
});
