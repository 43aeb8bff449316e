import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Link, ScanLinks } from '../../domain/ports/scan-store.ts';
import { linkSeconds } from '../../domain/scans.ts';
import { pictureKey, previewKey, verifiedKey } from './scan-store.ts';

const extensions = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png' } as const;

/** Links to verified scans on S3, for a door that writes down who asks for them. */
export function s3ScanLinks(client: S3Client, bucket: string, now: () => number): ScanLinks {
  return {
    previewLink: async (scan) => linkToPicture(previewKey(scan), `${scan.scanId}-preview.jpg`),
    pictureLinks: async (scan, count) =>
      Promise.all(
        Array.from({ length: count }, async (_none, index) =>
          linkToPicture(pictureKey(scan, index + 1), `${scan.scanId}-${index + 1}.jpg`),
        ),
      ),

    // What somebody uploaded is saved, and never run or shown by the browser as a page of our bucket.
    link: async (scan) =>
      linkTo(
        verifiedKey(scan),
        scan.contentType,
        `attachment; filename="${scan.scanId}.${extensions[scan.contentType]}"`,
      ),
  };

  async function linkToPicture(key: string, name: string): Promise<Link> {
    return linkTo(key, 'image/jpeg', `inline; filename="${name}"`);
  }

  async function linkTo(key: string, contentType: string, disposition: string): Promise<Link> {
    const command = new GetObjectCommand({
      Bucket: bucket,
      Key: key,
      ResponseContentType: contentType,
      ResponseContentDisposition: disposition,
      ResponseCacheControl: 'private, no-store',
    });
    return {
      url: await getSignedUrl(client, command, { expiresIn: linkSeconds }),
      expiresAt: now() + linkSeconds * 1000,
    };
  }
}
