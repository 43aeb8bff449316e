import type { Throttle } from './api-definition.ts';

/** A bucket of tokens for one route: `burstLimit` at most, refilled with `rateLimit` a second of real time. */
export interface TokenBucket {
  /** Takes one token; false when there is none, which is a 429. */
  take(): boolean;
}

/** @param now milliseconds that only grow */
export function createTokenBucket(
  { rateLimit, burstLimit }: Throttle,
  now: () => number = () => performance.now(),
): TokenBucket {
  let tokens = burstLimit;
  let filledAt = now();
  return {
    take() {
      const instant = now();
      tokens = Math.min(burstLimit, tokens + ((instant - filledAt) / 1000) * rateLimit);
      filledAt = instant;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
