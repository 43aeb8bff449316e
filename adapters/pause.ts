import { setTimeout as sleep } from 'node:timers/promises';

const stepMs = 10;
const longestMs = 150;

/** Waits before another try: somewhere below a bound that grows with the tries, so that two never keep step. */
export async function pause(tries: number): Promise<void> {
  await sleep(Math.random() * Math.min(longestMs, tries * stepMs));
}
