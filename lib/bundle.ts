import { copyFileSync, globSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync, context, type BuildOptions } from 'esbuild';
import { documents } from '../contract/documents.ts';

/** A thread's program beside a function's bundle. */
const programs = [{ in: 'adapters/scan-check/worker.ts', out: 'confirm-scan/scan-check' }];

/** Files beside a function's bundle, outside its limit of size: they are read, not loaded. */
const files = [
  ['node_modules/@embedpdf/pdfium/dist/pdfium.wasm', 'confirm-scan/pdfium.wasm'],
  ...documents.map(({ name, file }) => [`contract/${file}`, `${name}/${file}`] as const),
] as const;

/** The folder that `npm run build` fills: one folder per operation, each with its `index.mjs`. */
export const bundles = '.build';

/** The code of one operation's function, as built. */
export function bundleOf(operation: string): Code {
  return Code.fromAsset(join(bundles, operation));
}

/**
 * Bundles every `lambdas/<operation>/handler.ts` into `<folder>/<operation>/index.mjs`: the bytes that AWS runs,
 * wherever they run.
 * One call for all, because the functions share most of their code: 10 functions take a second, against 6.5 seconds
 * with ten
 * NodejsFunction constructs, each of which starts an esbuild of its own.
 *
 * @throws BuildFailure when a handler does not compile
 */
export function bundleAll(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  buildSync(settings(folder));
  copyFiles(folder);
}

/**
 * The same, ready to be done again in a fraction of the time, while somebody changes the sources.
 * @returns what bundles once more; its promise rejects with BuildFailure, and the bundles stay as they were
 */
export async function bundleAgain(folder: string): Promise<() => Promise<void>> {
  const bundler = await context({ ...settings(folder), logLevel: 'silent' });
  return async () => {
    await bundler.rebuild();
    copyFiles(folder);
  };
}

function copyFiles(folder: string): void {
  for (const [from, to] of files) copyFileSync(from, join(folder, to));
}

function settings(folder: string): BuildOptions {
  return {
    entryPoints: [
      ...globSync('lambdas/*/handler.ts').map((handler) => ({
        in: handler,
        out: `${basename(dirname(handler))}/index`,
      })),
      ...programs,
    ],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // The module builds of the SDK let esbuild drop what a function does not use: 39 % less to load at a cold start.
    mainFields: ['module', 'main'],
    minify: true,
    // A bundle is one line: without its map a stack trace names no line of ours. The sources themselves stay at home.
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'warning',
  };
}
