import { describe, expect, it } from '@jest/globals';
import type { Messenger } from '../../domain/ports/messenger.ts';

/** A messenger with a look at what went out. */
export interface Watched {
  readonly messenger: Messenger;
  /** Who is reached, and somebody for whom nothing is ever taken. */
  readonly reached: string;
  readonly unreachable: string;
  /** The texts that went out so far. */
  readonly texts: () => Promise<readonly string[]>;
  readonly setAway: (isAway: boolean) => Promise<void>;
}

/** What every messenger must do, in memory or on a wire. */
export function handsMessagesOver(name: string, open: () => Promise<Watched>): void {
  describe(`a messenger ${name}`, () => {
    it('a messenger hands over each message as it was written, under a number of its own', async () => {
      const { messenger, reached, texts } = await open();
      const before = (await texts()).length;
      const words = ['Hồ sơ của bác đã đến nơi & đang chờ: “mã 7K2” <ngày mai> + 100%', 'Xin chào'];
      const ids = new Set<string>();
      for (const text of words) {
        const handed = await messenger.send(reached, { subject: 'Hồ sơ 7K2', text });
        expect(handed).toEqual({ outcome: 'sent', messageId: expect.stringMatching(/.+/) });
        if (handed.outcome === 'sent') ids.add(handed.messageId);
      }
      expect((await texts()).slice(before)).toEqual(words);
      expect(ids.size).toBe(2);
    });

    it('a messenger refuses whom it will never reach, and its reason does not name the person', async () => {
      const { messenger, unreachable, texts } = await open();
      const before = await texts();
      const handed = await messenger.send(unreachable, { text: 'Xin chào' });
      expect(handed).toEqual({ outcome: 'refused', why: expect.stringMatching(/.+/) });
      expect(JSON.stringify(handed)).not.toContain(unreachable);
      expect(await texts()).toEqual(before);
    });

    it('a messenger that says that it takes nothing now is busy, names nobody, and has sent nothing', async () => {
      const { messenger, reached, texts, setAway } = await open();
      const before = await texts();
      await setAway(true);
      expect(await messenger.send(reached, { text: 'Xin chào' })).toEqual({
        outcome: 'busy',
        why: expect.stringMatching(/^\w+$/),
      });
      await setAway(false);
      expect(await texts()).toEqual(before);
      expect(await messenger.send(reached, { text: 'Xin chào' })).toMatchObject({ outcome: 'sent' });
    });
  });
}
