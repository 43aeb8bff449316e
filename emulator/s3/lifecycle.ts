import * as z from 'zod';
import { isLocked } from './object-lock.ts';
import type { ObjectStore, Version } from './object-store.ts';

const days = z.coerce.number().int().positive();

/**
 * One rule of a bucket's `LifecycleConfiguration`. What is not named here would keep or delete other objects than AWS
 * does, and stops the start.
 */
const Rule = z
  .strictObject({
    Id: z.string().optional(),
    Status: z.enum(['Enabled', 'Disabled']),
    Prefix: z.string().default(''),
    ExpirationInDays: days.optional(),
    ExpiredObjectDeleteMarker: z.union([z.boolean(), z.stringbool()]).default(false),
    NoncurrentVersionExpiration: z.strictObject({ NoncurrentDays: days }).optional(),
    AbortIncompleteMultipartUpload: z.strictObject({ DaysAfterInitiation: days }).optional(),
    /** Another storage class is another price and nothing else. */
    Transitions: z.unknown().optional(),
    NoncurrentVersionTransitions: z.unknown().optional(),
  })
  .transform((rule) => ({
    enabled: rule.Status === 'Enabled',
    prefix: rule.Prefix,
    days: rule.ExpirationInDays,
    noncurrentDays: rule.NoncurrentVersionExpiration?.NoncurrentDays,
    removesLoneMarkers: rule.ExpiredObjectDeleteMarker,
    abortDays: rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation,
  }));
export type LifecycleRule = z.infer<typeof Rule>;

export const LifecycleRules = z.array(Rule);

/**
 * Deletes what a bucket's rules no longer keep;
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 * @param now epoch milliseconds of the virtual clock
 */
export function sweep(store: ObjectStore, bucket: string, rules: readonly LifecycleRule[], now: number): void {
  for (const rule of rules) {
    if (!rule.enabled) continue;
    for (const { id, key, initiated } of store.uploads(bucket))
      if (rule.abortDays !== undefined && key.startsWith(rule.prefix) && dueAt(initiated, rule.abortDays) <= now)
        store.abortUpload(id);
    const byKey = Map.groupBy(store.listVersions(bucket, rule.prefix), (version) => version.key);
    for (const [key, versions] of byKey) {
      for (const versionId of outdated(versions, rule, now)) store.remove(bucket, key, versionId);
    }
  }
}

/**
 * What of one object is to be deleted: ids of versions, and undefined for the object itself, which in a versioned
 * bucket becomes noncurrent.
 * @param versions newest first
 */
function outdated(versions: readonly Version[], rule: LifecycleRule, now: number): readonly (string | undefined)[] {
  const [current, ...noncurrent] = versions;
  if (current === undefined) return [];
  const isDue = (since: number, after: number | undefined) => after !== undefined && dueAt(since, after) <= now;
  // A version is noncurrent since its successor came.
  const old = noncurrent
    .filter((_version, index) => isDue(versions[index]?.modified ?? now, rule.noncurrentDays))
    .filter((version) => !isLocked(version, now))
    .map((version) => version.versionId);
  const currentIsDue = isDue(current.modified, rule.days);
  if (!current.deleteMarker) return currentIsDue ? [undefined, ...old] : old;
  // A marker that hides nothing any more.
  return noncurrent.length === 0 && (rule.removesLoneMarkers || currentIsDue) ? [current.versionId] : old;
}

const dayMs = 86_400_000;

/** S3 counts whole days and acts at the midnight, UTC, that follows. */
function dueAt(since: number, after: number): number {
  return Math.ceil((since + after * dayMs) / dayMs) * dayMs;
}
