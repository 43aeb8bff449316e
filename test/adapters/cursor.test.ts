import { describe, expect, it } from '@jest/globals';
import { cursors, feedCursors } from '../../adapters/cursor.ts';
import type { Position } from '../../domain/ports/lists.ts';

const list = ['desk', 'PO-BACKAN'];
const place: Position = { part: 2, at: Date.UTC(2026, 2, 2), dossierId: 'd-1', item: 'e-1' };

/** The cursor of a list whose position says something else. */
function saying(...position: readonly unknown[]): string {
  const [digest = ''] = cursors.write(list, place).split('.');
  return `${digest}.${Buffer.from(JSON.stringify(position)).toString('base64url')}`;
}

describe('the cursor of a list', () => {
  it('a cursor leads back to where the next page begins, in its own list alone', () => {
    expect(cursors.read(list, cursors.write(list, place))).toEqual(place);
    expect(cursors.read(['desk', 'PO-NARI'], cursors.write(list, place))).toBeUndefined();
    expect(cursors.read(['desk'], cursors.write(list, place))).toBeUndefined();
  });

  it('a cursor may be of the first instant, and of the last that a date of four digits has everywhere', () => {
    for (const at of [0, Date.UTC(9999, 11, 30)]) {
      expect(cursors.read(list, saying(0, at, 'd-1', 'e-1'))).toEqual({ part: 0, at, dossierId: 'd-1', item: 'e-1' });
    }
    expect(cursors.read(list, saying(0, Date.UTC(9999, 11, 30) + 1, 'd-1', 'e-1'))).toBeUndefined();
  });

  it.each([
    ['no part', [-1, 5, 'd-1', 'e-1']],
    ['no instant', [0, -5, 'd-1', 'e-1']],
    ['half an instant', [0, 5.5, 'd-1', 'e-1']],
    ['no dossier', [0, 5, '', 'e-1']],
    ['no item', [0, 5, 'd-1', '']],
    ['too little', [0, 5, 'd-1']],
    ['too much', [0, 5, 'd-1', 'e-1', 'x']],
  ])('a cursor that says %s is none', (_what, position) => {
    expect(cursors.read(list, saying(...position))).toBeUndefined();
  });

  it.each([
    '',
    '.',
    'x',
    `${cursors.write(list, place)}x`.slice(0, 12),
    `${cursors.write(list, place).split('.')[0]}.{}`,
  ])('a cursor made up as %j is none', (cursor) => {
    expect(cursors.read(list, cursor)).toBeUndefined();
  });

  it('a cursor does not grow with the name of its list', () => {
    const long = Array.from({ length: 50 }, (_none, n) => `unit-${n}`);
    expect(cursors.write(long, place).length).toBe(cursors.write(list, place).length);
    expect(cursors.write(list, place).split('.')[0]).toHaveLength(12);
  });
});

describe('the cursor of a feed', () => {
  const feed = { subscriptionId: 's-1', lanes: 3 };

  it('a feed’s cursor leads back to what was read last of each lane, in its own feed alone', () => {
    const cursor = feedCursors.write(feed, [0, 7, 12]);
    expect(feedCursors.read(feed, cursor)).toEqual([0, 7, 12]);
    expect(feedCursors.read({ ...feed, subscriptionId: 's-2' }, cursor)).toBeUndefined();
    expect(feedCursors.read({ ...feed, lanes: 4 }, cursor)).toBeUndefined();
  });

  it.each([[[0, 7]], [[0, 7, -1]], [[0, 7, 1.5]], [[0, 7, 'x']]])(
    'a feed’s cursor that says %j is none',
    (sequences) => {
      const [digest = ''] = feedCursors.write(feed, [0, 0, 0]).split('.');
      const made = `${digest}.${Buffer.from(JSON.stringify(sequences)).toString('base64url')}`;
      expect(feedCursors.read(feed, made)).toBeUndefined();
      expect(feedCursors.read(feed, digest)).toBeUndefined();
    },
  );
});
