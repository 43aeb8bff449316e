import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { s3ScanLinks } from '../../../adapters/s3/scan-links.ts';
import { s3ScanStore } from '../../../adapters/s3/scan-store.ts';
import type { UploadForm } from '../../../domain/ports/scan-store.ts';
import type { Scan } from '../../../domain/scans.ts';
import { keepsScans, paper, readable, scanOf, type Store } from '../../doubles/scan-store.suite.ts';
import { startTestS3, type TestS3 } from '../../emulator/s3/s3-server.ts';

const minutes = 60_000;

/** Posts a form as a phone's browser does. */
async function post(
  { url, fields }: UploadForm,
  bytes: Uint8Array<ArrayBuffer>,
  change: Readonly<Record<string, string>> = {},
): Promise<[number, string | undefined]> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...fields, ...change })) form.append(name, value);
  form.append('file', new Blob([bytes]), 'quét.pdf');
  const answer = await fetch(url, { method: 'POST', body: form });
  return [answer.status, /<Code>(.*?)<\/Code>/.exec(await answer.text())?.[1]];
}

async function verifiedIn(server: TestS3, { dossierId, scanId }: Scan): Promise<Uint8Array | undefined> {
  try {
    const object = await server
      .client()
      .send(new GetObjectCommand({ Bucket: 'scans', Key: `verified/${dossierId}/${scanId}` }));
    return await object.Body?.transformToByteArray();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

function storeOn(server: TestS3): Store['store'] {
  const now = () => server.clock.now();
  return { ...s3ScanStore(server.client(), 'scans', now), ...s3ScanLinks(server.client(), 'scans', now) };
}

keepsScans('on S3', async (): Promise<Store> => {
  const server = await startTestS3();
  return {
    store: storeOn(server),
    upload: async (form, _scan, bytes) => {
      expect(await post(form, bytes)).toEqual([204, undefined]);
    },
    verified: async (scan) => verifiedIn(server, scan),
    close: async () => server.close(),
  };
});

describe('an upload to quarantine', () => {
  let server: TestS3;
  let store: Store['store'];
  beforeAll(async () => {
    server = await startTestS3();
    store = storeOn(server);
  });
  afterAll(async () => server.close());
  beforeEach(() => server.clock.toRealTime());

  const bytes = paper('Đơn đề nghị');
  const invited = async (): Promise<{ scan: Scan; form: UploadForm }> => {
    const scan = scanOf(bytes);
    return { scan, form: await store.invite(scan) };
  };
  const kept = async ({ dossierId, scanId }: Scan): Promise<readonly (string | undefined)[]> =>
    ((await server.client().send(new ListObjectsV2Command({ Bucket: 'scans' }))).Contents ?? [])
      .map(({ Key }) => Key)
      .filter((key) => key?.endsWith(`${dossierId}/${scanId}`));

  it('an upload to quarantine of exactly the announced file lies there under its own name, with its type and checksum', async () => {
    const { scan, form } = await invited();
    expect(await post(form, bytes)).toEqual([204, undefined]);
    expect(await kept(scan)).toEqual([`quarantine/${scan.dossierId}/${scan.scanId}`]);
    const head = await server.client().send(
      new HeadObjectCommand({
        Bucket: 'scans',
        Key: `quarantine/${scan.dossierId}/${scan.scanId}`,
        ChecksumMode: 'ENABLED',
      }),
    );
    expect(head).toMatchObject({
      ContentType: 'application/pdf',
      ContentLength: bytes.length,
      ChecksumSHA256: Buffer.from(scan.sha256, 'hex').toString('base64'),
    });
  });

  it.each<[string, Uint8Array<ArrayBuffer>, Readonly<Record<string, string>>, [number, string]]>([
    ['one byte larger', new Uint8Array([...bytes, 10]), {}, [400, 'EntityTooLarge']],
    ['one byte smaller', bytes.slice(1), {}, [400, 'EntityTooSmall']],
    ['eleven mebibytes large', new Uint8Array(11 * 1024 * 1024), {}, [400, 'EntityTooLarge']],
    ['corrupted on the way', bytes.map((byte, index) => (index === 12 ? byte ^ 1 : byte)), {}, [400, 'BadDigest']],
    ['said to be another type', bytes, { 'Content-Type': 'text/html' }, [403, 'AccessDenied']],
    [
      'said to have another checksum',
      bytes,
      { 'x-amz-checksum-sha256': createHash('sha256').update('other').digest('base64') },
      [403, 'AccessDenied'],
    ],
    ['meant for another name', bytes, { key: 'verified/d-suite-0001/mine' }, [403, 'AccessDenied']],
    ['meant to be read by all', bytes, { acl: 'public-read' }, [403, 'AccessDenied']],
  ])(
    'an upload to quarantine that is %s is refused, and nothing of it is kept',
    async (_what, sent, change, answer) => {
      const { scan, form } = await invited();
      expect(await post(form, sent, change)).toEqual(answer);
      expect(await kept(scan)).toEqual([]);
      expect(await readable(store, scan)).toBeUndefined();
    },
  );

  it('an upload to quarantine is good for fifteen minutes and no longer', async () => {
    const { scan, form } = await invited();
    expect(Math.round((form.expiresAt - server.clock.now()) / minutes)).toBe(15);
    server.clock.forward(16 * minutes);
    expect(await post(form, bytes)).toEqual([403, 'AccessDenied']);
    expect(await kept(scan)).toEqual([]);
  });

  it('an upload to quarantine names nobody: neither form nor link carries more than ids', async () => {
    const { scan, form } = await invited();
    expect(JSON.parse(Buffer.from(form.fields['Policy'] ?? '', 'base64').toString())).toMatchObject({
      conditions: expect.arrayContaining([{ key: `quarantine/${scan.dossierId}/${scan.scanId}` }]),
    });
    expect((await store.link(scan)).url).toContain(`/verified/${scan.dossierId}/${scan.scanId}?`);
  });
});

describe('an upload where files are checked for viruses', () => {
  let server: TestS3;
  let store: ReturnType<typeof s3ScanStore>;
  beforeAll(async () => {
    server = await startTestS3();
    store = s3ScanStore(server.client(), 'scans', () => server.clock.now(), true);
  });
  afterAll(async () => server.close());

  const tag = async ({ dossierId, scanId }: Scan, Value: string) =>
    server.client().send(
      new PutObjectTaggingCommand({
        Bucket: 'scans',
        Key: `quarantine/${dossierId}/${scanId}`,
        Tagging: { TagSet: [{ Key: 'GuardDutyMalwareScanStatus', Value }] },
      }),
    );

  it.each([
    ['no verdict yet', undefined, 'waits'],
    ['the verdict THREATS_FOUND', 'THREATS_FOUND', 'infected'],
    ['the verdict UNSUPPORTED', 'UNSUPPORTED', 'not-checked'],
    ['the verdict ACCESS_DENIED', 'ACCESS_DENIED', 'not-checked'],
    ['the verdict FAILED', 'FAILED', 'not-checked'],
    ['a verdict that nobody knows yet', 'SOMETHING_NEW', 'not-checked'],
  ])('an upload with %s is held back', async (_what, value, heldBack) => {
    const scan = scanOf(paper(String(value)));
    expect(await store.quarantined(scan)).toBeUndefined();
    await post(await store.invite(scan), paper(String(value)));
    if (value !== undefined) await tag(scan, value);
    expect(await store.quarantined(scan)).toEqual({ heldBack });
  });

  it('an upload without a threat is read in the version that the verdict is on, and its copy bears the tag', async () => {
    const bytes = paper('clean');
    const scan = scanOf(bytes);
    const form = await store.invite(scan);
    await post(form, bytes);
    await tag(scan, 'NO_THREATS_FOUND');
    const inspected = await readable(store, scan);
    expect(inspected).toMatchObject({ sha256: scan.sha256, virusFree: true });
    await post(form, bytes);
    expect(await store.quarantined(scan)).toEqual({ heldBack: 'waits' });
    if (inspected) await store.release(scan, inspected);
    const copy = { Bucket: 'scans', Key: `verified/${scan.dossierId}/${scan.scanId}` };
    expect((await server.client().send(new GetObjectTaggingCommand(copy))).TagSet).toEqual([
      { Key: 'GuardDutyMalwareScanStatus', Value: 'NO_THREATS_FOUND' },
    ]);
  });
});

describe('a verified scan', () => {
  let server: TestS3;
  let store: Store['store'];
  beforeAll(async () => {
    server = await startTestS3();
    store = storeOn(server);
  });
  afterAll(async () => server.close());
  beforeEach(() => server.clock.toRealTime());

  const released = async (contentType: Scan['contentType'], bytes: Uint8Array<ArrayBuffer>): Promise<Scan> => {
    const scan: Scan = { ...scanOf(bytes), contentType };
    await post(await store.invite(scan), bytes);
    const inspected = await readable(store, scan);
    if (inspected) await store.release(scan, inspected);
    return scan;
  };
  const sample = (name: string): Uint8Array<ArrayBuffer> =>
    new Uint8Array(readFileSync(new URL(`../../samples/${name}`, import.meta.url)));

  it.each([
    ['application/pdf', 'application.pdf', 'pdf'],
    ['image/jpeg', 'list-of-papers.jpg', 'jpg'],
  ] as const)(
    'a verified scan of type %s is read through its link, byte by byte, as what it is, and saved by the browser, not shown',
    async (contentType, file, extension) => {
      const bytes = sample(file);
      const scan = await released(contentType, bytes);
      const answer = await fetch((await store.link(scan)).url);
      expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([
        200,
        contentType,
        `attachment; filename="${scan.scanId}.${extension}"`,
      ]);
      expect(answer.headers.get('cache-control')).toBe('private, no-store');
      expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    },
  );

  it('a verified scan has its pictures beside it, each shown by the browser as a picture', async () => {
    const scan = await released('application/pdf', paper('pictures'));
    await store.keepPictures(scan, {
      preview: Buffer.from('small'),
      pictures: [Buffer.from('one'), Buffer.from('two')],
    });
    const links = [await store.previewLink(scan), ...(await store.pictureLinks(scan, 2))];
    const answers = await Promise.all(links.map(async ({ url }) => fetch(url)));
    expect(await Promise.all(answers.map(async (answer) => answer.text()))).toEqual(['small', 'one', 'two']);
    for (const { headers } of answers)
      expect([headers.get('content-type'), headers.get('content-disposition')]).toEqual([
        'image/jpeg',
        expect.stringMatching(/^inline; filename="s-[\w-]+\.jpg"$/),
      ]);
  });

  it('a verified scan has a link that is good for five minutes and no longer, and for this file only', async () => {
    const scan = await released('application/pdf', paper('link'));
    const { url, expiresAt } = await store.link(scan);
    expect(Math.round((expiresAt - server.clock.now()) / minutes)).toBe(5);
    expect((await fetch(url.replace('/verified/', '/quarantine/'))).status).toBe(403);
    server.clock.forward(6 * minutes);
    expect((await fetch(url)).status).toBe(403);
  });

  it('a verified scan is the version that was inspected, even when another lies over it in quarantine', async () => {
    const good = paper('good');
    const scan = scanOf(good);
    const Key = `quarantine/${scan.dossierId}/${scan.scanId}`;
    await post(await store.invite(scan), good);
    const inspected = await readable(store, scan);
    // Past every form: whoever may write to the bucket itself.
    await server.client().send(new PutObjectCommand({ Bucket: 'scans', Key, Body: 'evil', ContentType: 'text/html' }));
    expect(Buffer.from((await readable(store, scan))?.bytes ?? []).toString()).toBe('evil');
    if (inspected) await store.release(scan, inspected);
    expect(Buffer.from((await verifiedIn(server, scan)) ?? []).equals(good)).toBe(true);
  });

  it('a verified scan does not come out of a bucket that is not there', async () => {
    const elsewhere = s3ScanStore(server.client(), 'nowhere', () => 0);
    await expect(elsewhere.quarantined(scanOf(paper('x')))).rejects.toThrow();
  });
});
