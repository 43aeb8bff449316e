import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { mostMessages, openOutbox } from '../../../emulator/outbox/outbox.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'outbox-'));
afterAll(() => rmSync(dataDir, { recursive: true }));

describe('the outbox', () => {
  it('the outbox is kept over a restart, the newest first, and forgets the oldest of more than a thousand', () => {
    let now = Date.UTC(2026, 10, 29);
    const clock = { now: () => (now += 1000) };
    const first = openOutbox(dataDir, clock);
    for (let number = 1; number <= mostMessages + 2; number += 1)
      first.add({ channel: 'sms', messageId: `m${number}`, to: '+84912345678', from: '', subject: '', text: 'ế' });
    first.close();
    const again = openOutbox(dataDir, clock);
    const kept = again.list();
    again.close();
    expect(kept.map(({ messageId }) => messageId)).toEqual(
      Array.from({ length: mostMessages }, (_none, index) => `m${mostMessages + 2 - index}`),
    );
    expect(kept[0]).toEqual({
      channel: 'sms',
      messageId: `m${mostMessages + 2}`,
      to: '+84912345678',
      from: '',
      subject: '',
      text: 'ế',
      at: now,
    });
  });
});
