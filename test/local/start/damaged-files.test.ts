import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FileProblem } from '../../../emulator/data-directory/file-problem.ts';
import { firstRequest } from '../../../local/first-request.ts';
import { synthesize } from '../../../local/synthesize.ts';
import { startSystem, type System } from '../../../local/system.ts';
import { temporaryDirectory } from './system.ts';

const stores = [
  'dynamodb/book.db',
  'stepfunctions.db',
  's3/s3.db',
  'sqs.db',
  'outbox.db',
  'clock.json',
  'access-key.json',
  'issuer/signing-key.pem',
  'issuer/revoked.json',
  'data.json',
];
const databases = stores.filter((store) => store.endsWith('.db'));

/** What happens to files. */
const damages: readonly [string, (file: string, other: string) => void][] = [
  ['removed', (file) => rmSync(file)],
  ['emptied', (file) => truncateSync(file)],
  ['overwritten with something else', (file) => writeFileSync(file, 'Kính gửi quý khách '.repeat(400))],
  ['overwritten with zeros', (file) => writeFileSync(file, Buffer.alloc(8192))],
  ['cut off', (file) => truncateSync(file, Math.floor(statSync(file).size / 2))],
  [
    'replaced by a directory',
    (file) => {
      rmSync(file);
      mkdirSync(file);
    },
  ],
  ['taken from another data directory', (file, other) => cpSync(other, file)],
];

// Holds ADR 0019.
/** Both have carried a dossier, so that a database has pages beyond its first. */
describe('a data directory of which a file', () => {
  const kept = [temporaryDirectory(), temporaryDirectory()];
  let assembly = '';
  let directory = temporaryDirectory();
  let lines: string[] = [];
  let system: System | undefined;
  const [good = '', other = ''] = kept.map(({ path }) => join(path, 'data'));

  const start = async (fresh = false): Promise<System> => {
    lines = [];
    system = await startSystem({
      assembly,
      dataDir: join(directory.path, 'data'),
      apiPort: 0,
      awsPort: 0,
      fresh,
      log: (line) => lines.push(line),
    });
    return system;
  };
  const register = async ({ apiUrl, tokens, settled }: System): Promise<number> => {
    const headers = {
      'authorization': `Bearer ${tokens.clerk}`,
      'content-type': 'application/json',
      'idempotency-key': `damage-${Math.random()}`,
    };
    const body = JSON.stringify(firstRequest.body);
    const { status } = await fetch(`${apiUrl}/v1/dossiers`, { method: 'POST', headers, body });
    await settled();
    return status;
  };
  const file = (name: string) => join(directory.path, 'data', name);
  const problem = async (): Promise<string> => {
    const failure = await start().catch((error: unknown) => error);
    if (!(failure instanceof FileProblem)) throw new Error(`It started, or ended in ${String(failure)}`);
    return failure.message;
  };

  beforeAll(async () => {
    assembly = await synthesize(join(import.meta.dirname, '..', '..', '..'));
    for (const dataDir of [good, other]) {
      const made = await startSystem({ assembly, dataDir, apiPort: 0, awsPort: 0 });
      await register(made);
      const s3 = new S3Client({
        endpoint: made.awsUrl,
        region: 'ap-southeast-1',
        credentials: made.accessKey,
        forcePathStyle: true,
      });
      const Bucket = made.stack.ofType('AWS::S3::Bucket')[0]?.ref;
      await s3.send(new PutObjectCommand({ Bucket, Key: 'scan', Body: 'a scan' }));
      await made.close();
    }
  });
  afterAll(() => kept.forEach(({ remove }) => remove()));
  beforeEach(() => {
    directory = temporaryDirectory();
    cpSync(good, file(''), { recursive: true });
  });
  afterEach(async () => {
    await system?.close();
    system = undefined;
    directory.remove();
  });

  it('a data directory of which a file was damaged nowhere is started, with what was in it', async () => {
    const { settled } = await start();
    await settled();
    expect(lines).toEqual([]);
  });

  describe.each(damages)('was %s', (what, damage) => {
    it.each(stores)(
      'a data directory is not started when its %s is damaged, and the sentence names it and the way out',
      async (store) => {
        damage(file(store), join(other, store));
        const words = await problem();
        const wrong = store === 'data.json' && what === 'taken from another data directory' ? '' : file(store);
        expect(words).toContain(wrong);
        expect(words).toMatch(/^\S+ (is damaged: [^.]+|is missing, [^.]+|belongs to another data directory)\. /);
        expect(words).toMatch(/Put back a copy of the whole data directory, or start with --fresh/);
        expect(words).not.toContain('\n');
        // Nothing was started, nor touched: a second look finds the same.
        expect(await problem()).toBe(words);
      },
    );
  });

  it.each(databases)('a data directory whose %s lost a page in the middle is not started', async (store) => {
    const bytes = readFileSync(file(store));
    bytes.fill(0xff, 4096 * 2, 4096 * 3);
    writeFileSync(file(store), bytes);
    expect(await problem()).toMatch(/is damaged: parts of the database cannot be read\. /);
  });

  it('a data directory of which a file was damaged is started with --fresh, and is empty then', async () => {
    for (const store of [...stores, 'lock.db']) writeFileSync(file(store), 'broken');
    expect(await register(await start(true))).toBe(201);
    expect(existsSync(file('s3/bodies/')) && readdirSync(file('s3/bodies/'))).toEqual([]);
  });

  it.each<[string, (body: string) => void]>([
    ['is missing', (body) => rmSync(body)],
    ['is damaged', (body) => truncateSync(body, 2)],
    ['is damaged', (body) => appendFileSync(body, '!')],
  ])('a data directory of which an object %s is not started', async (words, damage) => {
    const [body = ''] = readdirSync(file('s3/bodies'));
    damage(file(join('s3/bodies', body)));
    expect(await problem()).toContain(`${file(join('s3/bodies', body))} ${words}`);
  });

  it.each(['s3/bodies', 'streams', 'dynamodb', 's3', 'issuer'])(
    'a data directory where %s is a file instead of a folder is not started',
    async (folder) => {
      rmSync(file(folder), { recursive: true });
      writeFileSync(file(folder), '');
      const words = await problem();
      expect(words).toContain(file(folder));
      expect(words).toMatch(/(is damaged|is missing)[^.]*\. Put back/s);
    },
  );

  it.each<[string, (name: string) => void]>([
    ['not JSON', (name) => writeFileSync(name, '{"streamArn":')],
    ['empty', (name) => writeFileSync(name, '')],
    ['of another shape', (name) => writeFileSync(name, '[1]')],
    ['gone', (name) => rmSync(name)],
    [
      'a directory',
      (name) => {
        rmSync(name);
        mkdirSync(name);
      },
    ],
    [
      'that of another table',
      (name) => writeFileSync(name, '{"streamArn":"arn:x","shardId":"s","sequenceNumber":"1"}'),
    ],
    [
      'one beyond the end',
      (name) =>
        writeFileSync(name, readFileSync(name, 'utf8').replace(/"sequenceNumber":"\d+"/, '"sequenceNumber":"999"')),
    ],
  ])('a data directory whose positions in a stream are %s delivers again, and goes on', async (_what, damage) => {
    const names = readdirSync(file('streams'));
    expect(names).not.toEqual([]);
    for (const name of names) damage(file(join('streams', name)));
    const started = await start();
    await started.settled();
    expect(await register(started)).toBe(201);
    for (const name of names)
      expect(readFileSync(file(join('streams', name)), 'utf8')).toMatch(/arn:aws:dynamodb.*"sequenceNumber":"\d+"/);
  });

  it.each(['lock.pid', 'dynamodb/dynoxide.pid', 'lock.db-journal'])(
    'a data directory whose %s holds nothing that can be read is started all the same',
    async (name) => {
      rmSync(file(name), { force: true, recursive: true });
      writeFileSync(file(name), 'broken');
      expect(await register(await start())).toBe(201);
      await system?.close();
      if (name === 'lock.db-journal') return;
      rmSync(file(name), { force: true, recursive: true });
      mkdirSync(file(name));
      expect(await register(await start())).toBe(201);
    },
  );

  it.each(['broken '.repeat(200), undefined])(
    'a data directory whose lock.db cannot be locked says that it may be removed',
    async (text) => {
      rmSync(file('lock.db'));
      if (text === undefined) mkdirSync(file('lock.db'));
      else writeFileSync(file('lock.db'), text);
      expect(await problem()).toBe(
        `${file('lock.db')} is damaged: ${text === undefined ? 'something else has its name' : 'it is no SQLite database'}. It holds no data: remove it, and start again.`,
      );
      rmSync(file('lock.db'), { recursive: true });
      expect(await register(await start())).toBe(201);
    },
  );

  it('a data directory of an earlier version, which wrote no id, is taken over, unless a database is missing', async () => {
    const forget = () => {
      rmSync(file('data.json'), { force: true });
      rmSync(file('issuer/revoked.json'));
      for (const store of databases) {
        const database = new DatabaseSync(file(store));
        database.exec('DROP TABLE _store');
        database.close();
      }
      for (const store of ['clock.json', 'access-key.json', 'issuer/signing-key.pem']) {
        const text = readFileSync(file(store), 'utf8');
        writeFileSync(file(store), text.replace(/^Store: .*\n|"storeId":"[^"]*",|,"storeId":"[^"]*"/m, ''));
      }
    };
    forget();
    for (let time = 0; time < 2; time += 1) {
      await (await start()).close();
      expect(lines).toEqual([]);
    }
    forget();
    rmSync(file('dynamodb/book.db'));
    expect(await problem()).toContain(`${file('dynamodb/book.db')} is missing`);
  });
});
