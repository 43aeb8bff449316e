import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ListBucketsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { firstRequest } from '../../../local/first-request.ts';
import { synthesize } from '../../../local/synthesize.ts';
import { Ready, temporaryDirectory } from './system.ts';

jest.setTimeout(60_000);

/** A file system of a few kilobytes, which only the process sees that is started in it. */
const canMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
const onTinyDisk = canMount ? it : it.skip;
const why = canMount ? '' : ' (skipped: this machine lets nobody mount a small file system)';
const project = join(import.meta.dirname, '..', '..', '..');

describe(`a system on a disk that is full${why}`, () => {
  let directory = temporaryDirectory();
  let ends: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    await synthesize(project);
  }, 120_000);
  beforeEach(() => {
    directory = temporaryDirectory();
    ends = [];
  });
  afterEach(async () => {
    await Promise.all(ends.map((end) => end()));
    directory.remove();
  });

  const start = (size: string) => {
    const node = `exec '${process.execPath}' --disable-warning=ExperimentalWarning '${join(project, 'local', 'start.ts')}'`;
    const child = spawn('unshare', [
      '-rm',
      'sh',
      '-c',
      `mount -t tmpfs -o size=${size} tmpfs '${directory.path}' && ${node} --json --port 0 --aws-port 0 --data '${directory.path}/data'`,
    ]);
    const ended = once(child, 'exit');
    ends.push(async () => {
      child.kill('SIGINT');
      await ended;
    });
    return { child, ended };
  };

  /** Makes the file system of a started process larger. */
  const makeRoom = async (pid: number | undefined): Promise<void> => {
    const remount = ['mount', '-o', 'remount,size=32m', directory.path];
    expect(
      await once(spawn('nsenter', ['-t', String(pid), '-U', '-m', '--preserve-credentials', ...remount]), 'exit'),
    ).toEqual([0, null]);
  };

  onTinyDisk.each(['40k', '300k'])(
    'a system on a disk that is full of %s does not start, and says why in one sentence',
    async (size) => {
      const { child, ended } = start(size);
      const words = await text(child.stderr);
      expect([await ended, words]).toEqual([
        [1, null],
        expect.stringMatching(/^The disk is full: \S+ cannot be written\. Make room, and start again\.\n$/),
      ]);
    },
  );

  onTinyDisk(
    'a system on a disk that is full goes on, names the disk, and takes everything again when there is room',
    async () => {
      const { child } = start('8m');
      let errors = '';
      child.stderr.on('data', (chunk) => (errors += String(chunk)));
      const line: unknown = (await once(child.stdout, 'data')).at(0);
      const { apiUrl, awsUrl, tokens, region, ...credentials } = Ready.parse(JSON.parse(String(line)));
      const s3 = new S3Client({ endpoint: awsUrl, region, credentials, forcePathStyle: true, maxAttempts: 1 });
      const Bucket = (await s3.send(new ListBucketsCommand({}))).Buckets?.[0]?.Name;
      const register = async (key: string): Promise<number> => {
        const headers = {
          'authorization': `Bearer ${tokens['clerk']}`,
          'content-type': 'application/json',
          'idempotency-key': `full-disk-${key}`,
        };
        const body = JSON.stringify(firstRequest.body);
        return (await fetch(`${apiUrl}/v1/dossiers`, { method: 'POST', headers, body })).status;
      };
      const jump = async (): Promise<unknown> => {
        const headers = { 'content-type': 'application/json' };
        const answer = await fetch(`${awsUrl}/_local/clock`, { method: 'POST', headers, body: '{"move":"+1h"}' });
        return [answer.status, await answer.json()];
      };
      expect(await register('before')).toBe(201);

      for (const kilobytes of [500, 50, 4, 4]) {
        for (let number = 0, isFull = false; !isFull; number += 1) {
          const Body = Buffer.alloc(kilobytes * 1024);
          isFull = await s3.send(new PutObjectCommand({ Bucket, Key: `${kilobytes}-${number}`, Body })).then(
            () => false,
            (error: unknown) => {
              expect(error).toMatchObject({ name: 'InternalError' });
              return true;
            },
          );
        }
      }
      let refused = 201;
      for (let number = 0; refused === 201; number += 1) refused = await register(`full-${number}`);
      expect(refused).toBe(500);
      expect(await jump()).toEqual([
        500,
        { message: expect.stringMatching(/^The disk is full: \S+clock.json cannot/) },
      ]);
      expect(errors).toContain(`The disk with ${directory.path}/data is full. Make room: what failed until then`);
      expect(errors).not.toMatch(/^\s+at |cannot rollback/m);

      // Room is made outside, as a person would: even a delete is first written down.
      await makeRoom(child.pid);
      expect(await register('after')).toBe(201);
      expect(await jump()).toEqual([200, expect.anything()]);
    },
  );
});
