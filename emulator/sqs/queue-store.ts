import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { withFile } from '../data-directory/file-problem.ts';

const Queue = z.object({ name: z.string(), retentionMs: z.number(), visibilityMs: z.number() });
export type Queue = z.infer<typeof Queue>;

const Message = z.object({
  messageId: z.string(),
  body: z.string(),
  receiptHandle: z.string(),
  /** Epoch milliseconds. */
  sentAt: z.number(),
  receives: z.number(),
});
/** A message that somebody received. */
export type Message = z.infer<typeof Message>;

const schema = `
  CREATE TABLE IF NOT EXISTS queues (name TEXT PRIMARY KEY, retentionMs REAL NOT NULL, visibilityMs REAL NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS messages (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    queue TEXT NOT NULL REFERENCES queues(name),
    messageId TEXT NOT NULL,
    body TEXT NOT NULL,
    sentAt REAL NOT NULL,
    visibleAt REAL NOT NULL,
    receives INTEGER NOT NULL DEFAULT 0,
    receiptHandle TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS byQueue ON messages (queue, visibleAt);
`;

/** Queues and their messages in one SQLite file. */
export class QueueStore {
  readonly #database: DatabaseSync;
  readonly #now: () => number;
  /** Those who wait for a message, by queue. */
  readonly #waiting = new Map<string, Set<() => void>>();

  /**
   * @param now epoch milliseconds of the virtual clock
   * @throws FileProblem
   */
  constructor(file: string, now: () => number) {
    this.#now = now;
    this.#database = withFile(file, () => {
      const database = new DatabaseSync(file);
      database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${schema}`);
      return database;
    });
  }

  close(): void {
    for (const waiting of this.#waiting.values()) for (const wake of waiting) wake();
    this.#database.close();
  }

  putQueue({ name, retentionMs, visibilityMs }: Queue): void {
    this.#database
      .prepare(
        'INSERT INTO queues VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET retentionMs = excluded.retentionMs, visibilityMs = excluded.visibilityMs',
      )
      .run(name, retentionMs, visibilityMs);
  }

  queue(name: string): Queue | undefined {
    return Queue.optional().parse(this.#database.prepare('SELECT * FROM queues WHERE name = ?').get(name));
  }

  queueNames(): readonly string[] {
    return Queue.pick({ name: true })
      .array()
      .parse(this.#database.prepare('SELECT name FROM queues ORDER BY name').all())
      .map((row) => row.name);
  }

  /** @returns the new message's id */
  add({ name }: Queue, body: string): string {
    const messageId = randomUUID();
    this.#database
      .prepare('INSERT INTO messages (queue, messageId, body, sentAt, visibleAt) VALUES (?, ?, ?, ?, ?)')
      .run(name, messageId, body, this.#now(), this.#now());
    for (const wake of this.#waiting.get(name) ?? []) wake();
    return messageId;
  }

  /** The oldest visible messages, hidden from others for `hiddenMs`. Those older than the queue keeps are gone. */
  take(queue: Queue, count: number, hiddenMs: number): readonly Message[] {
    this.#dropOld(queue);
    const rows = this.#database
      .prepare(
        `UPDATE messages SET visibleAt = ?, receives = receives + 1, receiptHandle = messageId || '#' || (receives + 1)
         WHERE number IN (SELECT number FROM messages WHERE queue = ? AND visibleAt <= ? ORDER BY number LIMIT ?)
         RETURNING messageId, body, receiptHandle, sentAt, receives`,
      )
      .all(this.#now() + hiddenMs, queue.name, this.#now(), count);
    return Message.array().parse(rows);
  }

  /** Deletes by the handle of the last receive; an older handle deletes nothing. */
  remove({ name }: Queue, receiptHandle: string): void {
    this.#database.prepare('DELETE FROM messages WHERE queue = ? AND receiptHandle = ?').run(name, receiptHandle);
  }

  purge({ name }: Queue): void {
    this.#database.prepare('DELETE FROM messages WHERE queue = ?').run(name);
  }

  counts(queue: Queue): { readonly visible: number; readonly inFlight: number } {
    this.#dropOld(queue);
    const row = this.#database
      .prepare(
        'SELECT count(*) AS whole, count(*) FILTER (WHERE visibleAt <= ?) AS visible FROM messages WHERE queue = ?',
      )
      .get(this.#now(), queue.name);
    const { whole, visible } = z.object({ whole: z.number(), visible: z.number() }).parse(row);
    return { visible, inFlight: whole - visible };
  }

  /** Resolves when a message comes, after `ms` of real time, or when it is called off. */
  async nextMessage({ name }: Queue, ms: number, signal?: AbortSignal): Promise<void> {
    const waiting = this.#waiting.get(name) ?? new Set();
    this.#waiting.set(name, waiting);
    await new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        waiting.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      signal?.addEventListener('abort', wake);
      const timer = setTimeout(wake, ms);
      waiting.add(wake);
    });
  }

  #dropOld({ name, retentionMs }: Queue): void {
    this.#database.prepare('DELETE FROM messages WHERE queue = ? AND sentAt < ?').run(name, this.#now() - retentionMs);
  }
}
