import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { InvocationResult } from './invoker.ts';
import { startInstance, type Instance, type InstanceOptions } from './instance.ts';

/**
 * As many threads of one function at once, and no more: beyond two a core they would only wait for each other, and each
 * takes some 20 MB.
 * Calls beyond it queue, and their timeout starts when they run.
 */
const mostThreads = Math.max(4, 2 * availableParallelism());

export interface Pool {
  invoke(payload: string): Promise<InvocationResult>;
  /** The code has changed: whoever is called from now on loads it anew; what runs comes to its end. */
  refresh(): void;
  end(): Promise<void>;
}

/** The instances of one function: a warm one is used again, the last one first; otherwise a cold one is started. */
export function createPool(options: InstanceOptions): Pool {
  const limit = Math.min(mostThreads, options.definition.reservedConcurrency ?? mostThreads);
  const idle: Instance[] = [];
  const all = new Set<Instance>();
  /** Loaded before the code changed. */
  const stale = new WeakSet<Instance>();
  const queue: (() => void)[] = [];
  let busy = 0;
  let ended = false;

  async function turn(): Promise<void> {
    if (busy >= limit) await new Promise<void>((resolve) => queue.push(resolve));
    else busy += 1;
  }

  /** Hands the place to the next in the queue, or frees it. */
  function done(): void {
    const next = queue.shift();
    if (next === undefined) busy -= 1;
    else next();
  }

  function instance(): Instance {
    for (let warm = idle.pop(); warm !== undefined; warm = idle.pop()) {
      if (warm.alive) return warm;
      all.delete(warm);
    }
    const cold = startInstance(options);
    all.add(cold);
    return cold;
  }

  async function retire(one: Instance): Promise<void> {
    all.delete(one);
    await one.end();
  }

  return {
    refresh() {
      for (const one of all) stale.add(one);
      for (const one of idle.splice(0)) void retire(one);
    },
    async invoke(payload) {
      await turn();
      try {
        if (ended) throw new Error('The local cloud is closing.');
        const chosen = instance();
        const requestId = randomUUID();
        const outcome = await chosen.run({ requestId, payload });
        if (!chosen.alive) all.delete(chosen);
        else if (stale.has(chosen)) await retire(chosen);
        else idle.push(chosen);
        return { requestId, payload: outcome.payload, ...(!outcome.ok && { functionError: 'Unhandled' as const }) };
      } finally {
        done();
      }
    },
    async end() {
      ended = true;
      await Promise.all([...all].map((one) => one.end()));
    },
  };
}
