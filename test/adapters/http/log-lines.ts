import { afterEach, beforeEach, jest } from '@jest/globals';
import * as z from 'zod';

const Line = z.looseObject({ level: z.string().optional() });

/** Listens to everything that a test writes to the log, as the log's reader would see it. */
export function listenToLog(): { text(): string; lines(): readonly Readonly<Record<string, unknown>>[] } {
  const said: string[] = [];
  beforeEach(() => {
    said.length = 0;
    for (const stream of [process.stdout, process.stderr])
      jest.spyOn(stream, 'write').mockImplementation((words) => {
        said.push(String(words));
        return true;
      });
    for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const)
      jest.spyOn(console, level).mockImplementation((...words) => void said.push(words.map(String).join(' ')));
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  return {
    text: () => said.join(''),
    /** Each line without what the library says of every one. */
    lines: () =>
      said
        .flatMap((text) => text.trim().split('\n'))
        // Whoever counts outside a function is warned that nobody has named a namespace.
        .filter((line) => line.startsWith('{'))
        .map((line) => {
          const { timestamp, service, sampling_rate: _always, ...rest } = Line.parse(JSON.parse(line));
          return rest;
        }),
  };
}
