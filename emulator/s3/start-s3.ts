import type { FindKey } from '../signature/access-keys.ts';
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { withFile } from '../data-directory/file-problem.ts';
import type { Clock } from '../clock/clock.ts';
import type { Service } from '../local-server/guard.ts';
import { protectedBy, verdictOn, verdictTag, type Protected } from '../guardduty/malware-scan.ts';
import { accessOf, bucketArn, type Access, type Authorize } from './access.ts';
import { denialsIn, type Denial } from './bucket-policy.ts';
import { admits, allowOrigin, answerPreflight, CorsRules } from './cors.ts';
import { LifecycleRules, sweep, type LifecycleRule } from './lifecycle.ts';
import { describeBucket, listBuckets, listObjects, listVersions } from './list-objects.ts';
import { abortUpload, completeUpload, createUpload, listParts, listUploads, uploadPart } from './multipart-upload.ts';
import { LockConfiguration, refuseOwnLocks } from './object-lock.ts';
import { ObjectStore, type Bucket, type Version } from './object-store.ts';
import { answerTagging } from './object-tags.ts';
import { postObject } from './post-object.ts';
import { getObject } from './read-objects.ts';
import { noSuchBucket, notImplemented, S3Refusal } from './refusal.ts';
import { bucketNameOf, header, parseRequest, type S3Request } from './request.ts';
import { verifyRequest, type Signer } from './signature.ts';
import { copyObject, createBucket, deleteObject, deleteObjects, putObject } from './write-objects.ts';

export interface S3Options {
  /** Everything lies in `<dataDir>/s3/`. */
  readonly dataDir: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly findKey: FindKey;
  /** Default: whoever signed may do all. */
  readonly authorize?: Authorize;
  readonly region?: string;
}

export interface S3 extends Required<Service> {
  /** Answers one request; refusals are answers too, and a rejection is an unexpected error. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /**
   * Creates the bucket of the template, or sets its versioning, CORS and lifecycle rules. Encryption, public access
   * block and
   * logging promise something about AWS's machines and are passed over: here nothing is public.
   * @param properties of `AWS::S3::Bucket`, with every reference resolved
   * @throws ZodError for a lifecycle rule that this S3 cannot follow
   */
  readonly ensureBucket: (properties: unknown, name: string) => void;
  /** Holds the bucket to the denials of its policy. @param properties of `AWS::S3::BucketPolicy` */
  readonly ensureBucketPolicy: (properties: unknown) => void;
  /**
   * From now on a verdict is put as a tag on what is written to a bucket, a moment later, as GuardDuty does.
   * @param properties of `AWS::GuardDuty::MalwareProtectionPlan`
   * @throws ZodError for a plan that tags nothing
   */
  readonly protect: (properties: unknown) => void;
  readonly close: () => void;
}

const BucketProperties = z.object({
  ObjectLockEnabled: z.union([z.boolean(), z.stringbool()]).default(false),
  ObjectLockConfiguration: LockConfiguration.optional(),
  VersioningConfiguration: z.object({ Status: z.string() }).optional(),
  CorsConfiguration: z.object({ CorsRules }).optional(),
  LifecycleConfiguration: z.object({ Rules: LifecycleRules }).optional(),
});

const dayMs = 86_400_000;

/** S3 on disk: as much of it as signed requests, links, upload forms and an outsider's look need. */
export function startS3(options: S3Options): S3 {
  const { clock, findKey, region = 'ap-southeast-1', authorize = () => undefined } = options;
  const directory = join(options.dataDir, 's3');
  withFile(directory, () => mkdirSync(directory, { recursive: true }));
  const store = new ObjectStore(directory, () => clock.now());

  const lifecycles = new Map<string, readonly LifecycleRule[]>();
  const policies = new Map<string, readonly Denial[]>();
  const plans: Protected[] = [];
  let isOpen = true;
  const accessTo = (bucket: string, accessKeyId: string) =>
    accessOf(accessKeyId, authorize, policies.get(bucket) ?? []);
  let sweptDay: number | undefined;

  /**
   * Once a virtual day, before the first request that could notice: a timer would be one more thing that the clock
   * waits for.
   */
  function sweepOnceADay(): void {
    const day = Math.floor(clock.now() / dayMs);
    if (day === sweptDay) return;
    sweptDay = day;
    for (const [bucket, rules] of lifecycles) sweep(store, bucket, rules, clock.now());
  }

  async function answer(request: S3Request): Promise<void> {
    sweepOnceADay();
    const { http, response, bucket } = request;
    const known = store.bucket(bucket);
    const rules = rulesOf(known);
    if (http.method === 'OPTIONS') return answerPreflight(http, response, rules);
    allowOrigin(http, response, rules);
    if (http.method === 'POST' && header(http, 'content-type').startsWith('multipart/form-data')) {
      if (known === undefined) throw noSuchBucket(bucket);
      return await postObject(request, {
        store,
        findKey,
        now: clock.now(),
        accessOf: (accessKeyId) => accessTo(bucket, accessKeyId),
      });
    }
    const signer = verifyRequest(
      { method: http.method ?? '', path: request.path, query: request.query, headers: http.headers },
      findKey,
      clock.now(),
    );
    await answerSigned(request, signer);
  }

  async function answerSigned(request: S3Request, signer: Signer): Promise<void> {
    const { http, bucket, key, query } = request;
    const access = accessTo(bucket, signer.accessKeyId);
    refuseUnknownParts(query);
    refuseOwnLocks(http);
    if (bucket === '' && http.method === 'GET') return listBuckets(store, request, access);
    const known = store.bucket(bucket);
    if (http.method === 'PUT' && key === '') return createBucket(store, request, access, known);
    if (known === undefined) throw noSuchBucket(bucket);
    if (key !== '') return await answerObject(request, signer);
    if (http.method === 'HEAD') {
      access.demand('s3:ListBucket', bucketArn(bucket));
      request.response.writeHead(200, { 'x-amz-bucket-region': region }).end();
      return;
    }
    if (http.method === 'GET' && query.has('uploads')) return listUploads(store, request, access);
    if (http.method === 'POST' && query.has('delete')) return await deleteObjects(store, request, access, clock.now());
    if (http.method !== 'GET') throw notImplemented(`${http.method} of a bucket`);
    if (query.has('versions')) return listVersions(store, request, access);
    if (query.has('location') || query.has('versioning')) return describeBucket(store, request, access, region);
    listObjects(store, request, access);
  }

  async function answerObject(request: S3Request, signer: Signer): Promise<void> {
    const access = accessTo(request.bucket, signer.accessKeyId);
    if (request.query.has('tagging')) return await answerTaggingOf(request, access);
    if (request.query.has('uploadId')) return await answerUpload(request, access, signer.payload);
    switch (request.http.method) {
      case 'POST':
        if (request.query.has('uploads')) return createUpload(store, request, access);
        throw notImplemented('POST of an object');
      case 'GET':
      case 'HEAD':
        return await getObject(store, request, access);
      case 'PUT':
        if (request.http.headers['x-amz-copy-source'] !== undefined) return await copyObject(store, request, access);
        return await putObject(store, request, access, signer.payload);
      case 'DELETE':
        return deleteObject(store, request, access, clock.now());
      default:
        throw notImplemented(`${request.http.method} of an object`);
    }
  }

  async function answerTaggingOf(request: S3Request, access: Access): Promise<void> {
    if (request.http.method !== 'GET' && request.http.method !== 'PUT')
      throw notImplemented(`${request.http.method} of an object's tags`);
    await answerTagging(store, request, access);
  }

  /** What waits for its verdict when the process ends waits for ever, as what was there before the plan does. */
  async function scan(bucket: string, version: Version): Promise<void> {
    const verdict = await verdictOn(store.read(version));
    if (isOpen) store.setTags(bucket, version, { ...version.attributes.tags, [verdictTag]: verdict });
  }
  store.onWritten((bucket, version) => {
    const isProtected = plans.some(
      (plan) => plan.bucket === bucket && plan.prefixes.some((prefix) => version.key.startsWith(prefix)),
    );
    // Whatever is gone again before it was looked at has no verdict.
    if (isProtected) void scan(bucket, version).catch(() => undefined);
  });

  async function answerUpload(request: S3Request, access: Access, payload: string): Promise<void> {
    switch (request.http.method) {
      case 'PUT':
        return await uploadPart(store, request, access, payload);
      case 'POST':
        return await completeUpload(store, request, access);
      case 'DELETE':
        return abortUpload(store, request, access);
      case 'GET':
        return listParts(store, request, access);
      default:
        throw notImplemented(`${request.http.method} of an upload in parts`);
    }
  }

  const rulesOf = (bucket: Bucket | undefined) => CorsRules.parse(JSON.parse(bucket?.cors ?? '[]'));

  return {
    hasNamesBelow: () => true,
    admits: (http, origin) => admits(http, origin, rulesOf(store.bucket(bucketNameOf(http)))),
    async handle(http, response) {
      const requestId = randomBytes(8).toString('hex').toUpperCase();
      response.setHeader('x-amz-request-id', requestId);
      response.setHeader('x-amz-id-2', requestId);
      // An object is whatever somebody uploaded, and a browser shows it under the same address as the pages of the
      // local cloud: it may run nothing there.
      response.setHeader('content-security-policy', 'sandbox');
      response.setHeader('x-content-type-options', 'nosniff');
      try {
        await answer(parseRequest(http, response));
      } catch (error) {
        if (!(error instanceof S3Refusal)) throw error;
        refuse(http, response, error, requestId);
      }
    },
    ensureBucket(properties, name) {
      const {
        ObjectLockEnabled,
        ObjectLockConfiguration,
        VersioningConfiguration,
        CorsConfiguration,
        LifecycleConfiguration,
      } = BucketProperties.parse(properties);
      if (ObjectLockConfiguration !== undefined && !ObjectLockEnabled)
        throw new Error(`The bucket ${name} has a default retention and no object lock.`);
      store.putBucket(name, {
        // Who locks has versions, on AWS too.
        versioned: ObjectLockEnabled || VersioningConfiguration?.Status === 'Enabled',
        cors: JSON.stringify(CorsConfiguration?.CorsRules ?? []),
      });
      store.setRetention(name, ObjectLockConfiguration);
      lifecycles.set(name, LifecycleConfiguration?.Rules ?? []);
    },
    ensureBucketPolicy(properties) {
      const { bucket, denials } = denialsIn(properties);
      policies.set(bucket, denials);
    },
    protect(properties) {
      plans.push(protectedBy(properties));
    },
    close() {
      isOpen = false;
      store.close();
    },
  };
}

/** Parts of S3's interface that are asked for by a query parameter, and that this S3 does not have. */
const unknownParts = [
  'acl',
  'attributes',
  'cors',
  'encryption',
  'legal-hold',
  'lifecycle',
  'object-lock',
  'policy',
  'publicAccessBlock',
  'retention',
  'select',
  'notification',
];

function refuseUnknownParts(query: URLSearchParams): void {
  const part = unknownParts.find((name) => query.has(name));
  if (part !== undefined) throw notImplemented(`the part "${part}" of S3's interface`);
}

/**
 * The body that is still coming is read and thrown away: a connection that closes under an upload would hide the reason
 * from its sender.
 */
function refuse(http: IncomingMessage, response: ServerResponse, refusal: S3Refusal, requestId: string): void {
  http.resume();
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const document = http.method === 'HEAD' ? '' : refusal.toXml(requestId);
  response
    .writeHead(refusal.status, { 'content-type': 'application/xml', 'content-length': Buffer.byteLength(document) })
    .end(document);
}
