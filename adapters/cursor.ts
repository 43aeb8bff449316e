import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Cursors, FeedCursors } from '../domain/ports/cursors.ts';
import type { Position } from '../domain/ports/lists.ts';

const Parts = z.tuple([
  z.int().min(0),
  z
    .int()
    .min(0)
    .max(Date.UTC(9999, 11, 30)),
  z.string().min(1),
  z.string().min(1),
]);

/**
 * Cursors as text: where the next page begins, and a digest of whose list it is of. There is no secret in them: whoever
 * makes one up says only where in his own list he would go on, for the partition is never read from it.
 */
export const cursors: Cursors = {
  write: (list, { part, at, dossierId, item }) =>
    `${digestOf(list)}.${Buffer.from(JSON.stringify([part, at, dossierId, item])).toString('base64url')}`,
  read: (list, cursor) => {
    const [digest, text = ''] = cursor.split('.');
    return digest === digestOf(list) ? positionIn(text) : undefined;
  },
};

/**
 * The same for a feed: the sequence of each lane that was read last. A lane has no gaps and shows an entry once it is
 * written, so whoever was told of one has been told of all before it.
 */
export const feedCursors: FeedCursors = {
  write: ({ subscriptionId }, sequences) =>
    `${digestOf([subscriptionId])}.${Buffer.from(JSON.stringify(sequences)).toString('base64url')}`,
  read: ({ subscriptionId, lanes }, cursor) => {
    const [digest, text = ''] = cursor.split('.');
    if (digest !== digestOf([subscriptionId])) return undefined;
    return z
      .array(z.int().min(0))
      .length(lanes)
      .safeParse(jsonIn(Buffer.from(text, 'base64url').toString('utf8'))).data;
  },
};

function digestOf(list: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(list)).digest('base64url').slice(0, 12);
}

function positionIn(text: string): Position | undefined {
  const { data } = Parts.safeParse(jsonIn(Buffer.from(text, 'base64url').toString('utf8')));
  if (data === undefined) return undefined;
  const [part, at, dossierId, item] = data;
  return { part, at, dossierId, item };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
