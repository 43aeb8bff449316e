import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LifecycleRules, sweep } from '../../../emulator/s3/lifecycle.ts';
import { ObjectStore } from '../../../emulator/s3/object-store.ts';
import { startS3 } from '../../../emulator/s3/start-s3.ts';
import { everyKey } from '../signing.ts';

const day = 86_400_000;
const noon = Date.UTC(2026, 10, 23, 12);

describe('a bucket with lifecycle rules', () => {
  let dataDir = '';
  let store: ObjectStore;
  let now = noon;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'lifecycle-'));
    now = noon;
    store = new ObjectStore(dataDir, () => now);
    store.putBucket('scans', { versioned: true, cors: '[]' });
    store.putBucket('plain', { versioned: false, cors: '[]' });
  });
  afterEach(() => {
    store.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const put = async (bucket: string, key: string) =>
    store.commit(bucket, key, await store.receive(bytes(), []), { contentType: 'text/plain', headers: {} });
  async function* bytes() {
    yield Buffer.from('scan');
  }
  const sweepAt = (instant: number, bucket: string, ...rules: (object | undefined)[]) => {
    now = instant;
    sweep(store, bucket, LifecycleRules.parse(rules.map((rule) => ({ Status: 'Enabled', ...rule }))), instant);
  };
  const kept = (bucket: string) =>
    store.listVersions(bucket, '').map((version) => `${version.key}${version.deleteMarker ? ' deleted' : ''}`);

  it('a bucket with lifecycle rules keeps an object for whole days, until the midnight that follows', async () => {
    await put('plain', 'a');
    const oneDay = { ExpirationInDays: 1 };
    const midnight = Date.UTC(2026, 10, 25);
    sweepAt(midnight - 1, 'plain', oneDay);
    expect(kept('plain')).toEqual(['a']);
    sweepAt(midnight, 'plain', oneDay);
    expect(kept('plain')).toEqual([]);
  });

  it('a bucket with lifecycle rules marks an object of a versioned bucket as deleted, later drops the version behind the mark, and in the end the mark', async () => {
    await put('scans', 'quarantine/a');
    const rules = [
      { Prefix: 'quarantine/', ExpirationInDays: 1, NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
      { ExpiredObjectDeleteMarker: true },
    ];
    sweepAt(noon + 2 * day, 'scans', ...rules);
    expect(kept('scans')).toEqual(['quarantine/a deleted', 'quarantine/a']);
    sweepAt(noon + 4 * day, 'scans', rules[0]);
    expect(kept('scans')).toEqual(['quarantine/a deleted']);
    sweepAt(noon + 4 * day, 'scans', rules[1]);
    expect(kept('scans')).toEqual([]);
  });

  it('a bucket with lifecycle rules counts the days of a replaced version from its replacement', async () => {
    await put('scans', 'verified/a');
    now = noon + 30 * day;
    await put('scans', 'verified/a');
    const rule = { NoncurrentVersionExpiration: { NoncurrentDays: 30 } };
    sweepAt(noon + 60 * day, 'scans', rule);
    expect(kept('scans')).toHaveLength(2);
    sweepAt(noon + 61 * day, 'scans', rule);
    expect(kept('scans')).toHaveLength(1);
  });

  it('a bucket with lifecycle rules leaves alone what another prefix or a disabled rule speaks of', async () => {
    await put('plain', 'verified/a');
    sweepAt(
      noon + 9 * day,
      'plain',
      { Prefix: 'quarantine/', ExpirationInDays: 1 },
      { Status: 'Disabled', ExpirationInDays: 1 },
    );
    expect(kept('plain')).toEqual(['verified/a']);
  });

  it('a bucket with lifecycle rules stops the start when a rule says what this S3 cannot follow', () => {
    const s3 = startS3({ dataDir: join(dataDir, 'other'), clock: { now: () => now }, findKey: everyKey });
    expect(() =>
      s3.ensureBucket({ LifecycleConfiguration: { Rules: [{ Status: 'Enabled', TagFilters: [] }] } }, 'plain'),
    ).toThrow(/TagFilters/);
    s3.close();
  });
});
