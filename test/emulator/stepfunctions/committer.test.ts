import { describe, expect, it } from '@jest/globals';
import { Committer } from '../../../emulator/stepfunctions/committer.ts';
import { Store } from '../../../emulator/stepfunctions/store.ts';

class CountingStore extends Store {
  transactions = 0;
  override transaction(write: () => void): void {
    this.transactions += 1;
    super.transaction(write);
  }
}

describe('the group commit', () => {
  it('the group commit makes everything that is ready at once durable in one transaction', async () => {
    const store = new CountingStore(':memory:');
    const committer = new Committer(store);
    await Promise.all(
      Array.from({ length: 50 }, (_, branch) =>
        committer.commit(() => store.setTimer({ execution: 1, branch, due: branch })),
      ),
    );
    expect(store.transactions).toBe(1);
    expect(store.nextTimer()).toEqual({ execution: 1, branch: 0, due: 0 });
    store.close();
  });

  it('the group commit lets only the write that cannot be done fail, and leaves nothing of it', async () => {
    const store = new CountingStore(':memory:');
    const committer = new Committer(store);
    const outcomes = await Promise.allSettled([
      committer.commit(() => store.setTimer({ execution: 1, branch: 1, due: 10 })),
      committer.commit(() => {
        store.setTimer({ execution: 2, branch: 1, due: 5 });
        throw new Error('the disk is full');
      }),
      committer.commit(() => store.setTimer({ execution: 3, branch: 1, due: 20 })),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(store.nextTimer()).toEqual({ execution: 1, branch: 1, due: 10 });
    store.close();
  });
});
