import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import * as z from 'zod';

const Answer = z.object({ faults: z.array(z.string()) });

export interface Builder {
  /**
   * Bundles every function into `.build/` once more. @returns what does not compile; then the bundles stay as they were
   */
  build(): Promise<readonly string[]>;
  close(): void;
}

/** The project's bundler in a process of its own, which stays and so is quick (`bin/build.ts --again`). */
export function startBuilder(project: string): Builder {
  const child = spawn(process.execPath, ['bin/build.ts', '--again'], {
    cwd: project,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    build: async () => {
      child.stdin.write('\n');
      const { value, done } = await answers.next();
      if (done === true) return ['The bundler has ended: start npm run dev again.'];
      return Answer.parse(JSON.parse(value)).faults;
    },
    close: () => child.stdin.end(),
  };
}
