import { afterEach, beforeEach, jest } from '@jest/globals';

/** Listens to everything that a test writes to the log, as the log's reader would see it. */
export function listenToLog(): { text(): string } {
  const said: string[] = [];
  const listen = (...words: unknown[]): void => void said.push(words.map((word) => JSON.stringify(word)).join(' '));
  beforeEach(() => {
    said.length = 0;
    for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const)
      jest.spyOn(console, level).mockImplementation(listen);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  return { text: () => said.join('\n') };
}
