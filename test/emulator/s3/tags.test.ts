import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  CopyObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { startTestS3, type TestS3 } from './s3-server.ts';

const verdict = 'GuardDutyMalwareScanStatus';
/** In parts, so that no virus check takes this file for it. */
const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD', '-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

let server: TestS3;
let s3: S3Client;
const asked: string[] = [];
beforeAll(async () => {
  server = await startTestS3((_key, action) => {
    asked.push(action);
    return undefined;
  });
  s3 = server.client();
});
afterAll(async () => {
  s3.destroy();
  await server.close();
});

async function put(Bucket: string, Key: string, Body = 'body', Tagging?: string) {
  return s3.send(new PutObjectCommand({ Bucket, Key, Body, ...(Tagging === undefined ? {} : { Tagging }) }));
}
async function tagsOf(Bucket: string, Key: string, VersionId?: string): Promise<Record<string, string>> {
  const { TagSet = [] } = await s3.send(
    new GetObjectTaggingCommand({ Bucket, Key, ...(VersionId === undefined ? {} : { VersionId }) }),
  );
  return Object.fromEntries(TagSet.map(({ Key: name = '', Value = '' }) => [name, Value]));
}
async function failureOf(sent: Promise<unknown>): Promise<unknown> {
  return sent.then(
    () => 'no failure',
    (error: unknown) => error,
  );
}
/** When a verdict is there. */
async function verdictOn(Key: string, VersionId?: string): Promise<string> {
  for (;;) {
    const { [verdict]: found } = await tagsOf('scans', Key, VersionId);
    if (found !== undefined) return found;
  }
}

describe('the tags of an object', () => {
  it('the tags of an object are those that were put last, on the version that is meant, and known to who reads it', async () => {
    const { VersionId } = await put('scans', 'tagged', 'one', 'a=1&b=%C4%91');
    await put('scans', 'tagged', 'two');
    expect(await tagsOf('scans', 'tagged', VersionId)).toEqual({ a: '1', b: 'đ' });
    expect(await tagsOf('scans', 'tagged')).toEqual({});
    const Tagging = { TagSet: [{ Key: 'c', Value: '<3>' }] };
    const one = { Bucket: 'scans', Key: 'tagged', VersionId };
    expect(await s3.send(new PutObjectTaggingCommand({ ...one, Tagging }))).toMatchObject({ VersionId });
    expect(await tagsOf('scans', 'tagged', VersionId)).toEqual({ c: '<3>' });
    expect((await s3.send(new GetObjectCommand(one))).TagCount).toBe(1);
  });

  it('the tags of an object go with its copy, unless the copy says others', async () => {
    await put('scans', 'original', 'body', 'a=1');
    const copy = { Bucket: 'plain', CopySource: 'scans/original' };
    await s3.send(new CopyObjectCommand({ ...copy, Key: 'same' }));
    await s3.send(new CopyObjectCommand({ ...copy, Key: 'other', TaggingDirective: 'REPLACE', Tagging: 'b=2' }));
    await s3.send(new CopyObjectCommand({ ...copy, Key: 'none', TaggingDirective: 'REPLACE' }));
    expect([await tagsOf('plain', 'same'), await tagsOf('plain', 'other'), await tagsOf('plain', 'none')]).toEqual([
      { a: '1' },
      { b: '2' },
      {},
    ]);
  });

  it('the tags of an object need rights of their own', async () => {
    await put('scans', 'rights', 'body', 'a=1');
    asked.length = 0;
    await tagsOf('scans', 'rights');
    await put('scans', 'rights', 'body', 'a=1');
    await s3.send(new CopyObjectCommand({ Bucket: 'plain', Key: 'rights', CopySource: 'scans/rights' }));
    expect(new Set(asked)).toEqual(
      new Set(['s3:GetObjectTagging', 's3:PutObject', 's3:PutObjectTagging', 's3:GetObject']),
    );
  });

  it('the tags of an object are ten at most', async () => {
    const eleven = Array.from({ length: 11 }, (_none, index) => `k${index}=v`).join('&');
    expect(await failureOf(put('scans', 'many', 'body', eleven))).toMatchObject({ name: 'InvalidRequest' });
  });

  it('the tags of an object survive a restart', async () => {
    await put('scans', 'kept', 'body', 'a=1');
    server.reopen();
    expect(await tagsOf('scans', 'kept')).toEqual({ a: '1' });
  });
});

describe('a bucket that is checked for viruses', () => {
  const guard = 'arn:aws:iam::000000000000:role/guard';
  beforeAll(() => {
    server.protect({
      ProtectedResource: { S3Bucket: { BucketName: 'scans', ObjectPrefixes: ['in/'] } },
      Actions: { Tagging: { Status: 'ENABLED' } },
      Role: guard,
    });
    const deny = { Effect: 'Deny', Principal: { AWS: '*' } };
    server.ensureBucketPolicy({
      Bucket: 'scans',
      PolicyDocument: {
        Statement: [
          {
            ...deny,
            Action: 's3:*',
            Resource: 'arn:aws:s3:::scans/*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
          {
            ...deny,
            Action: ['s3:GetObject', 's3:GetObjectVersion'],
            Resource: ['arn:aws:s3:::scans/in/*', 'arn:aws:s3:::scans/out/*'],
            Condition: {
              ArnNotEquals: { 'aws:PrincipalArn': guard },
              StringNotEquals: { [`s3:ExistingObjectTag/${verdict}`]: 'NO_THREATS_FOUND' },
            },
          },
          {
            ...deny,
            Action: 's3:PutObjectTagging',
            Resource: 'arn:aws:s3:::scans/in/*',
            Condition: { ArnNotEquals: { 'aws:PrincipalArn': guard } },
          },
        ],
      },
    });
  });

  const read = async (Key: string) => s3.send(new GetObjectCommand({ Bucket: 'scans', Key }));
  const denied = { name: 'AccessDenied' };

  it('a bucket that is checked for viruses has a verdict on every version under the prefix, and on no other', async () => {
    const { VersionId } = await put('scans', 'in/file', `a file with ${eicar} in it`);
    await put('scans', 'in/file', 'a clean one');
    await put('scans', 'elsewhere', 'a clean one');
    expect(await verdictOn('in/file', VersionId)).toBe('THREATS_FOUND');
    expect(await verdictOn('in/file')).toBe('NO_THREATS_FOUND');
    expect(await tagsOf('scans', 'elsewhere')).toEqual({});
  });

  it('a bucket that is checked for viruses finds one across the parts in which a large file is read', async () => {
    await put('scans', 'in/large', `${'x'.repeat(65_536 - 20)}${eicar}`);
    expect(await verdictOn('in/large')).toBe('THREATS_FOUND');
  });

  it('a bucket that is checked for viruses hands out and lets be copied what is tagged as clean only', async () => {
    await put('scans', 'in/bad', eicar);
    expect(await verdictOn('in/bad')).toBe('THREATS_FOUND');
    expect(await failureOf(read('in/bad'))).toMatchObject(denied);
    const copy = { Bucket: 'scans', Key: 'out/copy' };
    expect(await failureOf(s3.send(new CopyObjectCommand({ ...copy, CopySource: 'scans/in/bad' })))).toMatchObject(
      denied,
    );
    await put('scans', 'in/good', 'a clean one');
    expect(await verdictOn('in/good')).toBe('NO_THREATS_FOUND');
    await s3.send(new CopyObjectCommand({ ...copy, CopySource: 'scans/in/good' }));
    expect(await (await read('out/copy')).Body?.transformToString()).toBe('a clean one');
    await put('scans', 'out/untagged', 'no verdict');
    expect(await failureOf(read('out/untagged'))).toMatchObject(denied);
  });

  it('a bucket that is checked for viruses lets nobody put the verdict himself', async () => {
    await put('scans', 'in/mine', eicar);
    const Tagging = { TagSet: [{ Key: verdict, Value: 'NO_THREATS_FOUND' }] };
    const mine = s3.send(new PutObjectTaggingCommand({ Bucket: 'scans', Key: 'in/mine', Tagging }));
    expect(await failureOf(mine)).toMatchObject(denied);
    expect(await failureOf(put('scans', 'in/mine', 'x', `${verdict}=NO_THREATS_FOUND`))).toMatchObject(denied);
  });

  it('a bucket that is checked for viruses by a plan that tags nothing is refused', () => {
    const plan = { ProtectedResource: { S3Bucket: { BucketName: 'scans' } } };
    expect(() => server.protect({ ...plan, Actions: { Tagging: { Status: 'DISABLED' } } })).toThrow();
    expect(() => server.protect(plan)).toThrow();
  });
});
