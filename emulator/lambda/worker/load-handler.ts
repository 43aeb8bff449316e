import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RuntimeFailure } from './runtime-failure.ts';

export type Handler = (event: unknown, context: object) => unknown;

/**
 * Loads `<file>.<export>` from the bundle; the ending of the file is looked for in the order of Lambda's runtime.
 * @throws RuntimeFailure with the runtime's own names when there is no such file or export
 */
export async function loadHandler(taskRoot: string, handler: string): Promise<Handler> {
  const dot = handler.lastIndexOf('.');
  const [file, name] = [handler.slice(0, dot), handler.slice(dot + 1)];
  const path = ['.js', '.mjs', '.cjs']
    .map((ending) => join(taskRoot, `${file}${ending}`))
    .find((candidate) => existsSync(candidate));
  if (path === undefined) throw new RuntimeFailure('Runtime.ImportModuleError', `Error: Cannot find module '${file}'`);
  const module: unknown = await import(pathToFileURL(path).href);
  const found = exportOf(module, name) ?? exportOf(exportOf(module, 'default'), name);
  if (!isHandler(found)) throw new RuntimeFailure('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  // https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html: since Node.js 24 a handler has no callback.
  if (found.length > 2)
    throw new RuntimeFailure(
      'Runtime.CallbackHandlerDeprecated',
      `${handler} takes a callback, which the Node.js 24 runtime no longer gives`,
    );
  return found;
}

function exportOf(module: unknown, name: string): unknown {
  return typeof module === 'object' && module !== null ? Reflect.get(module, name) : undefined;
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function';
}
