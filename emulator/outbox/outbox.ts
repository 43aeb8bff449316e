import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Clock } from '../clock/clock.ts';
import { withFile } from '../data-directory/file-problem.ts';

const Message = z.object({
  channel: z.enum(['sms', 'email']),
  messageId: z.string(),
  /** A phone number, or addresses. */
  to: z.string(),
  from: z.string(),
  subject: z.string(),
  text: z.string(),
});
export type Message = z.infer<typeof Message>;

const Sent = Message.extend({ at: z.number() });
/** A message, and when it went out, in epoch milliseconds. */
export type Sent = z.infer<typeof Sent>;

/** What went out to people's telephones and mailboxes, and came no further than this machine. */
export interface Outbox {
  /** On disk once it returns. */
  readonly add: (message: Message) => void;
  /** The newest first. */
  readonly list: () => readonly Sent[];
  readonly close: () => void;
}

/** Older ones make room. */
export const mostMessages = 1000;

const schema = `
  CREATE TABLE IF NOT EXISTS messages (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    channel TEXT NOT NULL,
    messageId TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    at REAL NOT NULL
  ) STRICT;
`;

/**
 * The outbox in `<dataDir>/outbox.db`.
 * @throws FileProblem
 */
export function openOutbox(dataDir: string, clock: Pick<Clock, 'now'>): Outbox {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'outbox.db');
  const database = withFile(file, () => {
    const opened = new DatabaseSync(file);
    opened.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${schema}`);
    return opened;
  });
  const insert = database.prepare(
    'INSERT INTO messages (channel, messageId, "to", "from", subject, text, at) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const forget = database.prepare('DELETE FROM messages WHERE number <= ?');
  const all = database.prepare(
    'SELECT channel, messageId, "to", "from", subject, text, at FROM messages ORDER BY number DESC',
  );
  return {
    add({ channel, messageId, to, from, subject, text }) {
      const { lastInsertRowid } = insert.run(channel, messageId, to, from, subject, text, clock.now());
      forget.run(Number(lastInsertRowid) - mostMessages);
    },
    list: () => Sent.array().parse(all.all()),
    close: () => database.close(),
  };
}
