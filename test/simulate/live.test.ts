import { expect, it, describe } from '@jest/globals';
import { playLive } from './live.ts';

// More seeds: `npm run simulate:live`.
describe('a system that is killed at random', () => {
  it('a system that is killed at random while people speak to it has lost nothing that it answered, and leads on what it has', async () => {
    const { violation, answered } = await playLive(3, 15);
    expect(violation).toBeUndefined();
    expect(answered).toBeGreaterThan(10);
  });
});
