import { createInterface } from 'node:readline';
import { bundleAgain, bundleAll, bundles } from '../lib/bundle.ts';

/**
 * `node bin/build.ts` bundles the functions. With `--again` it waits for lines on its input, bundles once for each, and
 * answers each with a line of JSON: the faults that were found.
 */
if (process.argv.includes('--again')) await serve();
else await bundleAll(bundles);

async function serve(): Promise<void> {
  const again = await bundleAgain(bundles);
  const answer = async () => process.stdout.write(`${JSON.stringify({ faults: await faultsOf(again) })}\n`);
  const asked = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  while ((await asked.next()).done !== true) await answer();
  // The bundler keeps a process of its own alive.
  process.exit(0);
}

interface Fault {
  readonly text: string;
  readonly location: { readonly file: string; readonly line: number } | null;
}

async function faultsOf(build: () => Promise<void>): Promise<readonly string[]> {
  try {
    await build();
    return [];
  } catch (error) {
    const faults: readonly Fault[] =
      error instanceof Error && 'errors' in error && isFaults(error.errors) ? error.errors : [];
    const said = faults.map(({ text, location }) =>
      location === null ? text : `${location.file}:${location.line}: ${text}`,
    );
    return said.length > 0 ? said : [String(error)];
  }
}

function isFaults(value: unknown): value is readonly Fault[] {
  return (
    Array.isArray(value) && value.every((one: unknown) => typeof one === 'object' && one !== null && 'text' in one)
  );
}
