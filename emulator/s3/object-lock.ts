import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import { objectArn, type Access } from './access.ts';
import type { Version } from './object-store.ts';
import { accessDenied, invalidRequest, notImplemented } from './refusal.ts';
import { header } from './request.ts';

const dayMs = 86_400_000;
const Mode = z.enum(['GOVERNANCE', 'COMPLIANCE']);

/** How long a version may be neither deleted nor shortened; https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html */
export const Lock = z.object({ mode: Mode, until: z.number() });
export type Lock = z.infer<typeof Lock>;

/** What a bucket keeps every new version for. */
export interface Retention {
  readonly mode: Lock['mode'];
  readonly ms: number;
}

/**
 * `ObjectLockConfiguration` of a bucket. A bucket has a default or nothing: what would be asked for one object alone is
 * refused by name.
 */
export const LockConfiguration = z
  .strictObject({
    ObjectLockEnabled: z.literal('Enabled'),
    Rule: z.strictObject({
      DefaultRetention: z.strictObject({ Mode, Days: z.coerce.number().int().positive() }),
    }),
  })
  .transform(({ Rule: { DefaultRetention } }): Retention => ({
    mode: DefaultRetention.Mode,
    ms: DefaultRetention.Days * dayMs,
  }));

/** @param now epoch milliseconds */
export function isLocked({ attributes: { lock } }: Version, now: number): boolean {
  return lock !== undefined && lock.until > now;
}

/**
 * A locked version is not deleted for good, but one in governance mode by whoever says so and may.
 * @throws S3Refusal AccessDenied
 */
export function demandUnlocked(
  version: Version | undefined,
  { bucket, http }: { readonly bucket: string; readonly http: IncomingMessage },
  access: Access,
  now: number,
): void {
  if (version === undefined || !isLocked(version, now)) return;
  const isBypass = header(http, 'x-amz-bypass-governance-retention').toLowerCase() === 'true';
  if (version.attributes.lock?.mode === 'GOVERNANCE' && isBypass)
    return access.demand('s3:BypassGovernanceRetention', objectArn(bucket, version.key));
  throw accessDenied('Access Denied because object protected by object lock.');
}

/** What a reader who may know it is told. */
export function lockHeaders({ key, attributes: { lock } }: Version, bucket: string, access: Access) {
  return lock === undefined || !access.may('s3:GetObjectRetention', objectArn(bucket, key))
    ? {}
    : {
        'x-amz-object-lock-mode': lock.mode,
        'x-amz-object-lock-retain-until-date': new Date(lock.until).toISOString(),
      };
}

/** @throws S3Refusal NotImplemented for whoever locks one object by itself */
export function refuseOwnLocks({ headers }: IncomingMessage): void {
  const own = Object.keys(headers).find((name) => name.startsWith('x-amz-object-lock-'));
  if (own !== undefined) throw notImplemented(`the header ${own}`);
}

/**
 * S3 takes nothing into a retention of which nobody has said what it is.
 * @throws S3Refusal InvalidRequest
 */
export function demandSum({ headers }: IncomingMessage, retention: Retention | undefined): void {
  const isSaid = Object.keys(headers).some((name) =>
    /^(?:content-md5|x-amz-checksum-|x-amz-sdk-checksum-algorithm|x-amz-trailer)/.test(name),
  );
  if (retention !== undefined && !isSaid)
    throw invalidRequest(
      'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters',
    );
}
