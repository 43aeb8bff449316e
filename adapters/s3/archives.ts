import { randomUUID } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  UploadPartCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { ArchivedFile } from '../../domain/archive.ts';
import type { Archives } from '../../domain/ports/archives.ts';
import { linkSeconds } from '../../domain/scans.ts';
import { pack } from '../archive/pack.ts';
import { s3Seals } from './seals.ts';
import { pictureKey, verifiedKey } from './scan-store.ts';

/** S3 takes parts of 5 MiB and more, the last one aside; a function holds one of them and one scan. */
const partBytes = 8 * 1024 * 1024;

/** Archives beside the scans on S3: made of what is verified, under `archives/`, where a day is all they live. */
export function s3Archives(
  client: S3Client,
  { bucket, seals }: { readonly bucket: string; readonly seals: string },
  now: () => number,
): Archives {
  return {
    keep: async (contents) => {
      const { dossierId } = contents.dossier;
      const key = `archives/${dossierId}/${randomUUID()}.zip`;
      const upload = await startUpload(client, { Bucket: bucket, Key: key });
      try {
        const made = await pack(contents, {
          fileOf: async (file) => bytesOf(file),
          seals: s3Seals(client, seals),
          write: upload.write,
          now: now(),
        });
        await upload.end();
        return { key, dossierId, ...made };
      } catch (error) {
        await upload.abort();
        throw error;
      }
    },
    link: async ({ key, dossierId }) => {
      const command = new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        ResponseContentType: 'application/zip',
        ResponseContentDisposition: `attachment; filename="${dossierId}.zip"`,
        ResponseCacheControl: 'private, no-store',
      });
      return {
        url: await getSignedUrl(client, command, { expiresIn: linkSeconds }),
        expiresAt: now() + linkSeconds * 1000,
      };
    },
  };

  async function bytesOf({ scan, page }: ArchivedFile): Promise<Uint8Array> {
    const Key = page === undefined ? verifiedKey(scan) : pictureKey(scan, page);
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
    if (Body === undefined) throw new Error('a verified scan has no bytes');
    return Body.transformToByteArray();
  }
}

interface Upload {
  write(chunk: Uint8Array): Promise<void>;
  end(): Promise<void>;
  abort(): Promise<void>;
}

/** Sends what is written part by part: how much it will be nobody knows before. */
async function startUpload(
  client: S3Client,
  place: { readonly Bucket: string; readonly Key: string },
): Promise<Upload> {
  const { UploadId } = await client.send(
    new CreateMultipartUploadCommand({ ...place, ContentType: 'application/zip' }),
  );
  const parts: { readonly PartNumber: number; readonly ETag: string | undefined }[] = [];
  let waiting: Uint8Array[] = [];
  let size = 0;
  const send = async (): Promise<void> => {
    const Body = Buffer.concat(waiting);
    const PartNumber = parts.length + 1;
    [waiting, size] = [[], 0];
    const { ETag } = await client.send(new UploadPartCommand({ ...place, UploadId, PartNumber, Body }));
    parts.push({ PartNumber, ETag });
  };
  return {
    write: async (chunk) => {
      waiting.push(chunk);
      size += chunk.length;
      if (size >= partBytes) await send();
    },
    end: async () => {
      if (size > 0) await send();
      await client.send(new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload: { Parts: parts } }));
    },
    abort: async () => {
      await client.send(new AbortMultipartUploadCommand({ ...place, UploadId }));
    },
  };
}
