import { handsMessagesOver } from './messenger.suite.ts';
import { memoryMessenger } from './messenger.ts';

handsMessagesOver('in memory', async () => {
  const messenger = memoryMessenger();
  messenger.refuses('0912345679');
  return {
    messenger,
    reached: '0912345678',
    unreachable: '0912345679',
    texts: async () => messenger.sent.map(({ text }) => text),
    setAway: async (isAway) => {
      messenger.isAway = isAway;
    },
  };
});
