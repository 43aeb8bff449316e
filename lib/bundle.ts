import { copyFileSync, globSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { build, context, type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import { documents } from '../contract/documents.ts';

/** A thread's program beside a function's bundle. */
const programs = [{ in: 'adapters/scan-check/worker.ts', out: 'confirm-scan/scan-check' }];

/** Files beside a function's bundle, outside its limit of size: they are read, not loaded. */
const files = [
  ['node_modules/@embedpdf/pdfium/dist/pdfium.wasm', 'confirm-scan/pdfium.wasm'],
  ...documents.map(({ name, file }) => [`contract/${file}`, `${name}/${file}`] as const),
] as const;

/**
 * What the bundles hold in place of the SDK's clients (ADR 0029), which bring every way to sign in and every operation:
 * 69 kB of 120, gzip. A function's keys lie in its environment.
 */
const alias = {
  '@aws-sdk/client-dynamodb': './adapters/aws/dynamodb.ts',
  '@aws-sdk/lib-dynamodb': './adapters/aws/dynamodb.ts',
  '@aws-sdk/client-sfn': './adapters/aws/stepfunctions.ts',
  '@aws-sdk/client-sqs': './adapters/aws/sqs.ts',
  '@aws-sdk/client-kms': './adapters/aws/kms.ts',
  '@aws-sdk/client-sns': './adapters/aws/sns.ts',
  '@aws-sdk/client-sesv2': './adapters/aws/sesv2.ts',
  '@aws-sdk/credential-provider-node': './adapters/aws/keys.ts',
  '@smithy/core/event-streams': './adapters/aws/no-event-streams.ts',
};

/** No function writes a JSON Schema, and each schema of zod brings the way to: the contract's pages are made before. */
const withoutJsonSchema: Plugin = {
  name: 'without-json-schema',
  setup: ({ onLoad }) =>
    onLoad({ filter: /zod\/v4\/core\/(to-json-schema|json-schema-processors)\.js$/ }, ({ path }) => {
      const names = [...readFileSync(path, 'utf8').matchAll(/^export (?:const|function) (\w+)/gm)].map(
        ([, name]) => name,
      );
      return {
        contents: `const none = () => { throw new Error("left out of the bundles"); };export{${names.map((name) => `none as ${name}`).join()}}`,
      };
    }),
};

/**
 * A schema whose keys are computed is kept, used or not; its keys are constants of the same file. A third of the SDK's
 * S3, which has schemas for a hundred operations.
 */
const knownKeys: Plugin = {
  name: 'known-keys',
  setup: ({ onLoad }) =>
    onLoad({ filter: /@aws-sdk\/client-[\w-]+\/dist-es\/schemas\/\w+\.js$/ }, ({ path }) => {
      const code = readFileSync(path, 'utf8');
      const constants = new Map([...code.matchAll(/^const (\w+) = (".*");$/gm)].map(([, name, text]) => [name, text]));
      return {
        contents: code.replaceAll(/\[(\w+)\]:/g, (key, name: string) =>
          constants.has(name) ? `${constants.get(name)}:` : key,
        ),
      };
    }),
};

/** Every bucket is in one Region: nothing is signed for all of them at once. */
const inOneRegion: Plugin = {
  name: 'in-one-region',
  setup: ({ onLoad }) =>
    onLoad({ filter: /signature-v4-multi-region\/dist-es\/SignatureV4MultiRegion\.js$/ }, ({ path }) => ({
      resolveDir: dirname(path),
      contents:
        'export { SignatureV4SignWithCredentials as SignatureV4MultiRegion } from "./SignatureV4SignWithCredentials";',
    })),
};

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
export async function bundleAll(folder: string): Promise<Metafile> {
  rmSync(folder, { recursive: true, force: true });
  const { metafile } = await build({ ...settings(folder), metafile: true });
  copyFiles(folder);
  return metafile;
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
    // Vietnamese as it is written: escaped, each letter with a mark takes six signs.
    charset: 'utf8',
    alias,
    plugins: [withoutJsonSchema, knownKeys, inOneRegion],
    // A bundle is one line: without its map a stack trace names no line of ours. The sources themselves stay at home.
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'warning',
  };
}
