import type { Store } from './store.ts';

interface Pending {
  readonly write: () => void;
  readonly durable: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Group commit: everything that became ready in one round of the event loop is one transaction, so that one wait for
 * the
 * disk serves many. Nothing is answered and nothing is called before its own transaction has ended.
 */
export class Committer {
  readonly #store: Store;
  #pending: Pending[] = [];

  constructor(store: Store) {
    this.#store = store;
  }

  /** Resolves when what `write` does is durable. Writes happen in the order of the calls. */
  commit(write: () => void): Promise<void> {
    return new Promise((durable, failed) => {
      if (this.#pending.length === 0) setImmediate(() => this.#flush());
      this.#pending.push({ write, durable, failed });
    });
  }

  #flush(): void {
    const group = this.#pending;
    this.#pending = [];
    try {
      this.#store.transaction(() => group.forEach(({ write }) => write()));
    } catch {
      // One of them cannot be written. The others are not to suffer: each is tried alone.
      group.forEach((one) => this.#alone(one));
      return;
    }
    group.forEach(({ durable }) => durable());
  }

  #alone({ write, durable, failed }: Pending): void {
    try {
      this.#store.transaction(write);
    } catch (error) {
      failed(error);
      return;
    }
    durable();
  }
}
