import { S3Client } from '@aws-sdk/client-s3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAwsEndpoint } from '../../../emulator/aws-endpoint/aws-endpoint.ts';
import { startS3, type S3Options } from '../../../emulator/s3/start-s3.ts';

/** A clock that stands until it is told to move. */
class StandingClock {
  #now = Date.now();

  now(): number {
    return this.#now;
  }

  /** For signers that know no clock but the process's. */
  toRealTime(): void {
    this.#now = Date.now();
  }

  forward(ms: number): void {
    this.#now += ms;
  }
}

/** The secret of every key is `<key>-secret`, except that `stranger` has none; keys of a `role` come with a token. */
function findKey(accessKeyId: string) {
  return accessKeyId === 'stranger' ? undefined : credentialsOf(accessKeyId);
}
export function credentialsOf(accessKeyId: string) {
  return {
    accessKeyId,
    secretAccessKey: `${accessKeyId}-secret`,
    ...(accessKeyId === 'role' && { sessionToken: 'token' }),
  };
}

/**
 * S3 behind the AWS port on a free port and in a directory of its own, with a bucket `scans` (versioned), a bucket
 * `plain`, a bucket `passing` that keeps everything for a day, and `locked` and `governed`, which lock for 30 days.
 */
export async function startTestS3(authorize?: S3Options['authorize']) {
  const dataDir = mkdtempSync(join(tmpdir(), 's3-'));
  const clock = new StandingClock();
  const open = () => {
    const s3 = startS3({ dataDir, clock, findKey, ...(authorize && { authorize }) });
    s3.ensureBucket(
      {
        VersioningConfiguration: { Status: 'Enabled' },
        CorsConfiguration: {
          CorsRules: [
            {
              AllowedMethods: ['POST', 'GET'],
              AllowedOrigins: ['https://*.example.vn'],
              AllowedHeaders: ['*'],
              ExposedHeaders: ['ETag'],
              MaxAge: 300,
            },
          ],
        },
      },
      'scans',
    );
    s3.ensureBucket({}, 'plain');
    for (const [name, Mode] of [
      ['locked', 'COMPLIANCE'],
      ['governed', 'GOVERNANCE'],
    ] as const)
      s3.ensureBucket(
        {
          ObjectLockEnabled: true,
          ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode, Days: 30 } } },
        },
        name,
      );
    s3.ensureBucket({ LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 1 }] } }, 'passing');
    return s3;
  };
  let s3 = open();
  const endpoint = await createAwsEndpoint({
    port: 0,
    dynamodb: { endpoint: 'http://127.0.0.1:1', noteWrite: () => {}, streamRefusal: () => undefined },
    stepFunctions: { handle: () => Promise.reject(new Error('not asked here')) },
    s3: {
      hasNamesBelow: (request) => s3.hasNamesBelow(request),
      admits: (request, origin) => s3.admits(request, origin),
      handle: (request, response) => s3.handle(request, response),
    },
    findKey,
  });
  const client = (accessKeyId = 'local') =>
    new S3Client({
      endpoint: endpoint.url,
      region: 'ap-southeast-1',
      credentials: credentialsOf(accessKeyId),
      maxAttempts: 1,
      forcePathStyle: true,
    });
  return {
    url: endpoint.url,
    dataDir,
    clock,
    client,
    ensureBucketPolicy: (properties: unknown) => s3.ensureBucketPolicy(properties),
    protect: (properties: unknown) => s3.protect(properties),
    /** Ends S3 as a stopped process does, and starts it again on the same directory. */
    reopen() {
      s3.close();
      s3 = open();
    },
    async close() {
      await endpoint.close();
      s3.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
export type TestS3 = Awaited<ReturnType<typeof startTestS3>>;
