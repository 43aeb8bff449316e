import { isList, isObject, type Json, type JsonObject } from '../json.ts';
import type { PathFields } from '../definition/types.ts';

/**
 * The little JSONPath that a mixed definition needs between its JSONata states: reference paths
 * (`$.a.b[0]`, `$$.Execution.Id`, `$variable.c`), no filters, no intrinsic functions.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-input-output-filtering.html
 */
export interface PathScope {
  readonly input: Json;
  readonly context: JsonObject;
  readonly variables: JsonObject;
}

/** A path that leads nowhere, or that is more than a reference path: AWS's States.Runtime. */
export class PathFailure extends Error {
  override readonly name = 'PathFailure';
}

const pathStep = /\.(?<dotted>[\p{L}\p{N}_-]+)|\[(?<index>\d+)\]|\['(?<quoted>[^']+)'\]/uy;

/** @throws PathFailure */
function readPath(path: string, scope: PathScope): Json {
  const { root, rest } = rootOf(path, scope);
  let value = root;
  pathStep.lastIndex = 0;
  for (let at = 0; at < rest.length; at = pathStep.lastIndex) {
    pathStep.lastIndex = at;
    const step = pathStep.exec(rest)?.groups;
    if (!step) throw new PathFailure(`Invalid path '${path}'`);
    value = take(value, step, path);
  }
  return value;
}

function take(value: Json, step: Record<string, string | undefined>, path: string): Json {
  const name = step['dotted'] ?? step['quoted'];
  const taken =
    name === undefined
      ? isList(value)
        ? value[Number(step['index'])]
        : undefined
      : isObject(value)
        ? value[name]
        : undefined;
  if (taken === undefined) throw new PathFailure(`Invalid path '${path}' : No results for path: ${bracketed(path)}`);
  return taken;
}

function rootOf(path: string, scope: PathScope): { root: Json; rest: string } {
  if (path.startsWith('$$')) return { root: scope.context, rest: path.slice(2) };
  const name = /^\$(?<name>[\p{L}_][\p{L}\p{N}_]*)/u.exec(path)?.groups?.['name'];
  if (name !== undefined) {
    const root = scope.variables[name];
    if (root === undefined) throw new PathFailure(`Variable '${name}' does not exist`);
    return { root, rest: path.slice(name.length + 1) };
  }
  if (!path.startsWith('$')) throw new PathFailure(`Invalid path '${path}'`);
  return { root: scope.input, rest: path.slice(1) };
}

/** AWS tells paths in brackets: `$.a.b` is `$['a']['b']`. */
function bracketed(path: string): string {
  return path.replaceAll(/\.(?<name>[\p{L}\p{N}_-]+)/gu, "['$<name>']");
}

/**
 * A payload template: a field whose name ends in `.$` takes its value from a path.
 * @throws PathFailure
 */
export function fillTemplate(template: Json, scope: PathScope): Json {
  if (isList(template)) return template.map((item) => fillTemplate(item, scope));
  if (!isObject(template)) return template;
  const filled: Record<string, Json> = {};
  for (const [name, value] of Object.entries(template)) {
    if (!name.endsWith('.$')) filled[name] = fillTemplate(value, scope);
    else if (typeof value === 'string') filled[name.slice(0, -2)] = readPath(value, scope);
    else throw new PathFailure(`The value for the field '${name}' must be a path`);
  }
  return filled;
}

/** InputPath and Parameters: what the state works on. */
export function effectiveInput(paths: PathFields, scope: PathScope): Json {
  const input =
    paths.inputPath === undefined ? scope.input : paths.inputPath === null ? {} : readPath(paths.inputPath, scope);
  return paths.parameters === undefined ? input : fillTemplate(paths.parameters, { ...scope, input });
}

/** ResultSelector, ResultPath and OutputPath: what the state hands on, from its raw input and its result. */
export function effectiveOutput(paths: PathFields, result: Json, scope: PathScope): Json {
  const selected =
    paths.resultSelector === undefined ? result : fillTemplate(paths.resultSelector, { ...scope, input: result });
  const merged = place(selected, paths.resultPath, scope.input);
  if (paths.outputPath === undefined) return merged;
  return paths.outputPath === null ? {} : readPath(paths.outputPath, { ...scope, input: merged });
}

/**
 * Puts a result into the input at a reference path of names.
 * @throws PathFailure when the path leads through something that is not an object
 */
export function place(result: Json, path: string | null | undefined, input: Json): Json {
  if (path === undefined || path === '$') return result;
  if (path === null) return input;
  const names = path
    .slice(1)
    .split('.')
    .filter((name) => name !== '');
  return put(result, names, input, path);
}

function put(result: Json, [name, ...rest]: readonly string[], into: Json, path: string): Json {
  if (name === undefined) return result;
  if (!isObject(into)) throw new PathFailure(`Unable to apply path '${path}' to the input`);
  return { ...into, [name]: put(result, rest, into[name] ?? {}, path) };
}
