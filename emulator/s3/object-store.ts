import { randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { damaged, missing, withFile } from '../data-directory/file-problem.ts';
import { Lock, type Retention } from './object-lock.ts';
import { checksumAlgorithms, startDigest, type Checksum, type ChecksumAlgorithm } from './checksums.ts';

/** What a client tells S3 about an object and gets back with it. */
export const Attributes = z.object({
  contentType: z.string(),
  /**
   * `cache-control`, `content-disposition`, `content-encoding`, `content-language`, `expires` and `x-amz-meta-*`, as
   * headers.
   */
  headers: z.record(z.string(), z.string()),
  checksum: z.object({ algorithm: z.enum(checksumAlgorithms), value: z.string() }).optional(),
  tags: z.record(z.string(), z.string()).optional(),
  lock: Lock.optional(),
});
export type Attributes = z.infer<typeof Attributes>;

const flag = z.union([z.literal(0), z.literal(1)]).transform((value) => value === 1);
const Version = z.object({
  key: z.string(),
  versionId: z.string(),
  deleteMarker: flag,
  size: z.number(),
  /** The MD5 in hexadecimal, without quotes. */
  etag: z.string(),
  /** Epoch milliseconds. */
  modified: z.number(),
  attributes: z.string().transform((text) => Attributes.parse(JSON.parse(text))),
  file: z.string(),
  latest: flag,
});
/** One version of an object, or the mark that it was deleted. */
export type Version = z.infer<typeof Version>;

/** Bytes that have arrived and belong to no object yet. */
export interface Received {
  readonly file: string;
  readonly size: number;
  readonly md5: Buffer;
  readonly sums: ReadonlyMap<ChecksumAlgorithm, string>;
}

/** An upload in parts that is under way. */
const Upload = z.object({
  id: z.string(),
  bucket: z.string(),
  key: z.string(),
  initiated: z.number(),
  plan: z.string(),
});
export type Upload = z.infer<typeof Upload>;

const Part = z.object({
  number: z.number(),
  size: z.number(),
  /** The MD5 in hexadecimal, without quotes. */
  etag: z.string(),
  modified: z.number(),
  /** Of the upload's algorithm, base64; empty where it has none. */
  sum: z.string(),
  file: z.string(),
});
export type Part = z.infer<typeof Part>;

const Bucket = z.object({ name: z.string(), created: z.number(), versioned: flag, cors: z.string() });
export type Bucket = z.infer<typeof Bucket>;

const schema = `
  CREATE TABLE IF NOT EXISTS buckets (name TEXT PRIMARY KEY, created REAL NOT NULL, versioned INTEGER NOT NULL DEFAULT 0, cors TEXT NOT NULL DEFAULT '[]') STRICT;
  CREATE TABLE IF NOT EXISTS versions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    bucket TEXT NOT NULL REFERENCES buckets(name),
    key TEXT NOT NULL,
    versionId TEXT NOT NULL,
    deleteMarker INTEGER NOT NULL,
    size INTEGER NOT NULL,
    etag TEXT NOT NULL,
    modified REAL NOT NULL,
    attributes TEXT NOT NULL,
    file TEXT NOT NULL,
    UNIQUE (bucket, key, versionId)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS uploads (id TEXT PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, initiated REAL NOT NULL, plan TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS parts (
    upload TEXT NOT NULL REFERENCES uploads(id), number INTEGER NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL, modified REAL NOT NULL,
    sum TEXT NOT NULL, file TEXT NOT NULL, PRIMARY KEY (upload, number)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS newest ON versions (bucket, key, number DESC);
`;
const withLatest = `
  SELECT *, NOT EXISTS (SELECT 1 FROM versions newer WHERE newer.bucket = one.bucket AND newer.key = one.key AND newer.number > one.number) AS latest
  FROM versions one WHERE bucket = ?`;

/** The version id of objects in a bucket without versioning. */
const unversioned = 'null';

/**
 * Buckets and objects on disk: the bytes of every version in a file of their own, everything else in one SQLite file.
 * A version exists from the moment its row is committed; files that no row names are left-overs of an interrupted
 * upload and are removed at the start.
 * Files are named by us and never by a key, so no key leads out of the directory.
 */
export class ObjectStore {
  readonly #database: DatabaseSync;
  readonly #bodies: string;
  readonly #now: () => number;
  readonly #retentions = new Map<string, Retention>();
  #onWritten: (bucket: string, version: Version) => void = () => {};

  /**
   * @param now epoch milliseconds of the virtual clock
   * @throws FileProblem
   */
  constructor(directory: string, now: () => number) {
    this.#now = now;
    this.#bodies = join(directory, 'bodies');
    withFile(this.#bodies, () => mkdirSync(this.#bodies, { recursive: true }));
    const file = join(directory, 's3.db');
    this.#database = withFile(file, () => {
      const database = new DatabaseSync(file);
      // NORMAL: what was answered survives the end of the process; only the machine's end may take the last moments.
      database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${schema}`);
      return database;
    });
    try {
      this.#checkBodies();
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  close(): void {
    this.#onWritten = () => {};
    this.#database.close();
  }

  /** Tells of every new version with bytes. */
  onWritten(tell: (bucket: string, version: Version) => void): void {
    this.#onWritten = tell;
  }

  /** Puts these tags on a version, instead of those that it has. */
  setTags(bucket: string, { key, versionId, attributes }: Version, tags: NonNullable<Attributes['tags']>): void {
    this.#database
      .prepare('UPDATE versions SET attributes = ? WHERE bucket = ? AND key = ? AND versionId = ?')
      .run(JSON.stringify({ ...attributes, tags }), bucket, key, versionId);
  }

  /** From now on every new version is locked for so long; undefined for none. */
  setRetention(bucket: string, retention: Retention | undefined): void {
    if (retention === undefined) this.#retentions.delete(bucket);
    else this.#retentions.set(bucket, retention);
  }

  retention(bucket: string): Retention | undefined {
    return this.#retentions.get(bucket);
  }

  /** Creates the bucket, or sets what is known of it. */
  putBucket(name: string, settings: { readonly versioned: boolean; readonly cors: string }): void {
    this.#database
      .prepare(
        'INSERT INTO buckets (name, created, versioned, cors) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET versioned = excluded.versioned, cors = excluded.cors',
      )
      .run(name, this.#now(), Number(settings.versioned), settings.cors);
  }

  bucket(name: string): Bucket | undefined {
    return Bucket.optional().parse(this.#database.prepare('SELECT * FROM buckets WHERE name = ?').get(name));
  }

  buckets(): readonly Bucket[] {
    return Bucket.array().parse(this.#database.prepare('SELECT * FROM buckets ORDER BY name').all());
  }

  /**
   * Writes `bytes` to disk as they come, with their MD5 and the sums asked for. Whatever `bytes` throws is thrown on,
   * and nothing is left.
   */
  async receive(bytes: AsyncIterable<Buffer>, algorithms: readonly ChecksumAlgorithm[]): Promise<Received> {
    const file = randomUUID();
    const md5 = startDigest('md5');
    const digests = algorithms.map((algorithm) => ({ algorithm, digest: startDigest(algorithm) }));
    let size = 0;
    async function* measured(): AsyncGenerator<Buffer> {
      for await (const chunk of bytes) {
        size += chunk.length;
        for (const digest of [md5, ...digests.map((one) => one.digest)]) digest.update(chunk);
        yield chunk;
      }
    }
    // Opened first: a file that is still being created when the upload is refused could not be removed yet.
    const handle = await open(join(this.#bodies, file), 'wx');
    try {
      // On disk before its row is: a version whose bytes are not there is damage.
      await pipeline(measured(), handle.createWriteStream({ flush: true }));
    } catch (error) {
      this.#removeFile(file);
      throw error;
    }
    return {
      file,
      size,
      md5: md5.digest(),
      sums: new Map(digests.map(({ algorithm, digest }) => [algorithm, digest.digest().toString('base64')])),
    };
  }

  /** Throws received bytes away. */
  discard(received: Received): void {
    this.#removeFile(received.file);
  }

  /** Makes received bytes the newest version of an object. */
  commit(bucket: string, key: string, received: Received, attributes: Attributes): Version {
    return this.#add(bucket, key, {
      deleteMarker: false,
      size: received.size,
      etag: received.md5.toString('hex'),
      attributes,
      file: received.file,
    });
  }

  /** Begins an upload in parts. */
  openUpload({ id, bucket, key, plan }: Omit<Upload, 'initiated'>): void {
    this.#database
      .prepare('INSERT INTO uploads (id, bucket, key, initiated, plan) VALUES (?, ?, ?, ?, ?)')
      .run(id, bucket, key, Math.floor(this.#now()), plan);
  }

  upload(id: string): Upload | undefined {
    return Upload.optional().parse(this.#database.prepare('SELECT * FROM uploads WHERE id = ?').get(id));
  }

  /** The uploads in parts that are under way, by key. */
  uploads(bucket: string): readonly Upload[] {
    const rows = this.#database.prepare('SELECT * FROM uploads WHERE bucket = ? ORDER BY key, initiated').all(bucket);
    return Upload.array().parse(rows);
  }

  /** Keeps received bytes as a part, instead of an earlier one of that number; undefined when the upload is over. */
  putPart(upload: string, number: number, received: Received, checksum: Checksum | undefined): Part | undefined {
    if (this.upload(upload) === undefined) return undefined;
    const replaced = this.parts(upload).find((part) => part.number === number);
    const { size, md5, file } = received;
    const part: Part = {
      number,
      size,
      etag: md5.toString('hex'),
      modified: Math.floor(this.#now()),
      sum: checksum?.value ?? '',
      file,
    };
    this.#database
      .prepare(
        'INSERT OR REPLACE INTO parts (upload, number, size, etag, modified, sum, file) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      .run(upload, number, size, part.etag, part.modified, part.sum, file);
    if (replaced !== undefined) this.#removeFile(replaced.file);
    return part;
  }

  parts(upload: string): readonly Part[] {
    const rows = this.#database.prepare('SELECT * FROM parts WHERE upload = ? ORDER BY number').all(upload);
    return Part.array().parse(rows);
  }

  /** The bytes of parts, one after another. */
  async *readParts(parts: readonly Part[]): AsyncGenerator<Buffer> {
    for (const { file } of parts)
      for await (const chunk of createReadStream(join(this.#bodies, file))) if (Buffer.isBuffer(chunk)) yield chunk;
  }

  /** The joined parts become the newest version of the object, and the upload is over. */
  completeUpload({ id, bucket, key }: Upload, received: Received, etag: string, attributes: Attributes): Version {
    const { size, file } = received;
    const version = this.#add(bucket, key, { deleteMarker: false, size, etag, attributes, file });
    this.abortUpload(id);
    return version;
  }

  /** Throws an upload and its parts away. */
  abortUpload(id: string): void {
    const parts = this.parts(id);
    this.#database.prepare('DELETE FROM parts WHERE upload = ?').run(id);
    this.#database.prepare('DELETE FROM uploads WHERE id = ?').run(id);
    for (const { file } of parts) this.#removeFile(file);
  }

  /** The newest version, or the one asked for; undefined when there is none. A delete marker is a version too. */
  find(bucket: string, key: string, versionId?: string): Version | undefined {
    const versions = this.#database.prepare(
      `SELECT * FROM (${withLatest} AND key = ?) WHERE ?3 IS NULL OR versionId = ?3 ORDER BY number DESC LIMIT 1`,
    );
    return Version.optional().parse(versions.get(bucket, key, versionId ?? null));
  }

  /**
   * The newest versions that are not deleted, in the order of their keys' bytes, `limit` at most, from the first key
   * after `after`.
   */
  list(bucket: string, prefix: string, after: string, limit: number): readonly Version[] {
    const rows = this.#database
      .prepare(
        `SELECT * FROM (${withLatest} AND key > ? AND substr(key, 1, length(?)) = ?) WHERE latest AND NOT deleteMarker ORDER BY key LIMIT ?`,
      )
      .all(bucket, after, prefix, prefix, limit);
    return Version.array().parse(rows);
  }

  /** Every version and delete marker, newest first within a key. */
  listVersions(bucket: string, prefix: string): readonly Version[] {
    const rows = this.#database
      .prepare(`SELECT * FROM (${withLatest} AND substr(key, 1, length(?)) = ?) ORDER BY key, number DESC`)
      .all(bucket, prefix, prefix);
    return Version.array().parse(rows);
  }

  /** The bytes of a version, or `from` to `to` of them, both included. */
  read(version: Version, from = 0, to = version.size - 1): Readable {
    if (version.size === 0) return Readable.from([]);
    return createReadStream(join(this.#bodies, version.file), { start: from, end: to });
  }

  /**
   * Deletes as S3 does: a version by its id for good; without an id, a versioned bucket gets a delete marker and
   * another loses the object.
   * @returns the version that went or the marker that came
   */
  remove(bucket: string, key: string, versionId?: string): Version | undefined {
    if (versionId === undefined && this.bucket(bucket)?.versioned === true) {
      return this.#add(bucket, key, {
        deleteMarker: true,
        size: 0,
        etag: '',
        attributes: { contentType: '', headers: {} },
        file: '',
      });
    }
    const found = this.find(bucket, key, versionId ?? unversioned);
    if (found === undefined) return undefined;
    this.#database
      .prepare('DELETE FROM versions WHERE bucket = ? AND key = ? AND versionId = ?')
      .run(bucket, key, found.versionId);
    this.#removeFile(found.file);
    return found;
  }

  #add(
    bucket: string,
    key: string,
    version: Pick<Version, 'deleteMarker' | 'size' | 'etag' | 'attributes' | 'file'>,
  ): Version {
    const versionId = this.bucket(bucket)?.versioned === true ? randomUUID().replaceAll('-', '') : unversioned;
    const replaced = versionId === unversioned ? this.find(bucket, key, unversioned) : undefined;
    const modified = Math.floor(this.#now());
    const { deleteMarker, size, etag, file } = version;
    const retention = deleteMarker ? undefined : this.#retentions.get(bucket);
    const lock = retention && { mode: retention.mode, until: modified + retention.ms };
    const { lock: _ofSource, ...given } = version.attributes;
    const attributes = { ...given, ...(lock && { lock }) };
    // REPLACE gives the row a new number, which makes it the newest.
    this.#database
      .prepare(
        'INSERT OR REPLACE INTO versions (bucket, key, versionId, deleteMarker, size, etag, modified, attributes, file) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      )
      .run(bucket, key, versionId, Number(deleteMarker), size, etag, modified, JSON.stringify(attributes), file);
    if (replaced !== undefined) this.#removeFile(replaced.file);
    const written = { key, versionId, modified, latest: true, ...version, attributes };
    if (!deleteMarker) this.#onWritten(bucket, written);
    return written;
  }

  #removeFile(file: string): void {
    // A delete marker has no file, and its empty name would be the directory.
    if (file !== '') rmSync(join(this.#bodies, file), { force: true });
  }

  /** Every version has its bytes, all of them; what belongs to none is left over from an interrupted upload. */
  #checkBodies(): void {
    const rows = z
      .array(z.object({ file: z.string(), size: z.number() }))
      .parse(
        this.#database
          .prepare("SELECT file, size FROM versions WHERE file != '' UNION ALL SELECT file, size FROM parts")
          .all(),
      );
    for (const { file, size } of rows) {
      const path = join(this.#bodies, file);
      const found = withFile(path, () => statSync(path, { throwIfNoEntry: false }));
      if (found === undefined) throw missing(path);
      if (!found.isFile() || found.size !== size) throw damaged(path, 'it is not the object that was kept');
    }
    const named = new Set(rows.map(({ file }) => file));
    for (const file of readdirSync(this.#bodies))
      if (!named.has(file)) rmSync(join(this.#bodies, file), { recursive: true, force: true });
  }
}
