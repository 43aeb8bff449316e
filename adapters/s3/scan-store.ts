import { createHash } from 'node:crypto';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  PutObjectCommand,
  S3Client,
  type Tag,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import type { HeldBack, ScanStore, UploadForm } from '../../domain/ports/scan-store.ts';
import { uploadSeconds, type Scan } from '../../domain/scans.ts';

function quarantineKey({ dossierId, scanId }: Scan): string {
  return `quarantine/${dossierId}/${scanId}`;
}
/** Where the verified file lies. */
export function verifiedKey({ dossierId, scanId }: Scan): string {
  return `verified/${dossierId}/${scanId}`;
}
/** Where the picture of the whole lies. */
export function previewKey({ dossierId, scanId }: Scan): string {
  return `pictures/${dossierId}/${scanId}-preview`;
}
/** Where the picture of a page lies. */
export function pictureKey({ dossierId, scanId }: Scan, page: number): string {
  return `pictures/${dossierId}/${scanId}-page-${String(page).padStart(4, '0')}`;
}
function base64(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64');
}

/**
 * What keeps a file in quarantine, by the tag that GuardDuty puts on it; undefined for one without a threat.
 * https://docs.aws.amazon.com/guardduty/latest/ug/monitoring-malware-protection-s3-scans-gdu.html
 */
function reasonToHoldBack(tags: readonly Tag[] = []): HeldBack['heldBack'] | undefined {
  const verdict = tags.find(({ Key }) => Key === 'GuardDutyMalwareScanStatus')?.Value;
  if (verdict === undefined) return 'waits';
  if (verdict === 'NO_THREATS_FOUND') return undefined;
  // UNSUPPORTED, ACCESS_DENIED and FAILED: nothing is known of the file.
  return verdict === 'THREATS_FOUND' ? 'infected' : 'not-checked';
}

/** One client for a function's lifetime. */
export function s3Client(): S3Client {
  return new S3Client({});
}

/**
 * Scans on S3: what is uploaded lies under `quarantine/` and moves to `verified/` when its bytes are what was
 * announced.
 * @param virusCheck whether GuardDuty puts its verdict as a tag on what is uploaded; the copy keeps the tag
 */
export function s3ScanStore(client: S3Client, bucket: string, now: () => number, virusCheck = false): ScanStore {
  return {
    // Only a POST policy can hold the uploader to a size; key, type and checksum are pinned by it too.
    invite: async (scan): Promise<UploadForm> => {
      const fields = {
        'Content-Type': scan.contentType,
        'x-amz-checksum-algorithm': 'SHA256',
        'x-amz-checksum-sha256': base64(scan.sha256),
      };
      const form = await createPresignedPost(client, {
        Bucket: bucket,
        Key: quarantineKey(scan),
        Fields: fields,
        Conditions: [
          ['content-length-range', scan.size, scan.size],
          ...Object.entries(fields).map(([name, value]) => ({ [name]: value })),
        ],
        Expires: uploadSeconds,
      });
      return { url: form.url, fields: form.fields, expiresAt: now() + uploadSeconds * 1000 };
    },

    quarantined: async (scan) => {
      const place = { Bucket: bucket, Key: quarantineKey(scan) };
      try {
        // The verdict is on the version that is read then: a second upload in between has none yet.
        const checked = virusCheck ? await client.send(new GetObjectTaggingCommand(place)) : undefined;
        const heldBack = checked && reasonToHoldBack(checked.TagSet);
        if (heldBack !== undefined) return { heldBack };
        const object = await client.send(
          new GetObjectCommand({
            ...place,
            ...(checked?.VersionId === undefined ? {} : { VersionId: checked.VersionId }),
          }),
        );
        const bytes = (await object.Body?.transformToByteArray()) ?? new Uint8Array();
        return {
          bytes,
          sha256: createHash('sha256').update(bytes).digest('hex'),
          ...(object.VersionId === undefined ? {} : { version: object.VersionId }),
          ...(virusCheck ? { virusFree: true } : {}),
        };
      } catch (error) {
        if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
        throw error;
      }
    },

    // The very version that was inspected: a second upload under the same key in between must not slip through.
    release: async (scan, { version }) => {
      const source = `${bucket}/${quarantineKey(scan)}${version === undefined ? '' : `?versionId=${encodeURIComponent(version)}`}`;
      await client.send(
        new CopyObjectCommand({
          Bucket: bucket,
          Key: verifiedKey(scan),
          CopySource: source,
          ContentType: scan.contentType,
          MetadataDirective: 'REPLACE',
        }),
      );
    },

    discard: async (scan) => {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: quarantineKey(scan) }));
    },

    keepPictures: async (scan, { preview, pictures }) => {
      await keepPicture(previewKey(scan), preview);
      for (const [index, picture] of pictures.entries()) await keepPicture(pictureKey(scan, index + 1), picture);
    },
  };

  async function keepPicture(Key: string, Body: Uint8Array): Promise<void> {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ContentType: 'image/jpeg' }));
  }
}
