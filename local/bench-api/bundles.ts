import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { FunctionDefinition } from '../../emulator/lambda/function-definition.ts';

/** How much of a function there is to load, and how long it takes. */
export interface Bundle {
  readonly operation: string;
  /** kB, gzip. */
  readonly size: number;
  readonly loadMs: number;
}

/** Of each function, loaded so many times in a process of its own; the fastest counts. */
export function bundlesOf(functions: readonly FunctionDefinition[], times: number): readonly Bundle[] {
  return functions
    .map((one) => {
      const file = join(one.taskRoot, 'index.mjs');
      const loads = Array.from({ length: times }, () => loadOf(file, one.variables));
      return {
        operation: one.variables['POWERTOOLS_SERVICE_NAME'] ?? one.name,
        size: gzipSync(readFileSync(file), { level: 9 }).length / 1000,
        loadMs: Math.min(...loads),
      };
    })
    .toSorted((a, b) => (a.operation < b.operation ? -1 : 1));
}

function loadOf(file: string, variables: FunctionDefinition['variables']): number {
  const program = `const at = performance.now(); await import(${JSON.stringify(pathToFileURL(file).href)}); console.log(performance.now() - at);`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    env: { ...variables, AWS_REGION: 'ap-southeast-1' },
    encoding: 'utf8',
  });
  return Number(stdout);
}
