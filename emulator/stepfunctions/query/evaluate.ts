import { isExpression } from '../definition/fields.ts';
import { eachInTurn, fieldsInTurn } from '../in-turn.ts';
import { isList, isObject, typeName, type Json, type JsonObject } from '../json.ts';
import { compile, evaluateBounded, timeFunctions } from './jsonata.ts';

/** What an expression can see. https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html */
export interface Scope {
  readonly states: JsonObject;
  readonly variables: JsonObject;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * An expression failed: AWS's States.QueryEvaluationError. The message is AWS's cause without its first sentence, which
 * names the state.
 */
export class QueryFailure extends Error {
  override readonly name = 'QueryFailure';
  /** The field with the path inside it, as `Output/total`. */
  readonly location: string | undefined;

  constructor(message: string, location?: string) {
    super(message);
    this.location = location;
  }
}

/**
 * The value of a field: every `{% ... %}` string in it is evaluated, everything else stands as it is.
 * @param location the field's name, for errors
 * @throws QueryFailure
 */
export async function evaluate(template: Json, location: string, scope: Scope): Promise<Json> {
  if (typeof template === 'string') {
    return isExpression(template) ? evaluateExpression(template.slice(2, -2).trim(), location, scope) : template;
  }
  if (isList(template)) {
    return eachInTurn(template, (item, index) => evaluate(item, `${location}[${index}]`, scope));
  }
  if (isObject(template)) {
    return fieldsInTurn(template, (item, name) => evaluate(item, `${location}/${name}`, scope));
  }
  return template;
}

type Kind = 'array' | 'boolean' | 'string' | 'number';
interface Kinds {
  array: readonly Json[];
  boolean: boolean;
  string: string;
  number: number;
}

/**
 * As `evaluate`, and the value must be of one kind.
 * @throws QueryFailure also when it is of another
 */
export async function evaluateAs<K extends Kind>(
  kind: K,
  template: Json,
  location: string,
  scope: Scope,
): Promise<Kinds[K]> {
  const value = await evaluate(template, location, scope);
  if (isKind(kind, value)) return value;
  throw new QueryFailure(
    `${quoted(template, location)} returned an unexpected result type. Expected '${kind}', but was '${typeName(value)}' for value: ${JSON.stringify(value)}`,
    location,
  );
}

function isKind<K extends Kind>(kind: K, value: Json): value is Kinds[K] & Json {
  return typeName(value) === kind;
}

function quoted(template: Json, location: string): string {
  const expression =
    typeof template === 'string' && isExpression(template) ? template.slice(2, -2).trim() : JSON.stringify(template);
  return `The JSONata expression '${expression}' specified for the field '${location}'`;
}

async function evaluateExpression(expression: string, location: string, scope: Scope): Promise<Json> {
  const told = `The JSONata expression '${expression}' specified for the field '${location}'`;
  const value = await run(expression, scope).catch((error: unknown) => {
    throw new QueryFailure(`${told} threw an error during evaluation${describe(error)}`, location);
  });
  if (value === undefined) throw new QueryFailure(`${told} returned nothing (undefined).`, location);
  const json = toJson(value);
  if (json === undefined) throw new QueryFailure(`${told} returned an unsupported result type.`, location);
  return json;
}

async function run(expression: string, scope: Scope): Promise<unknown> {
  const value: unknown = await evaluateBounded(compile(expression), {
    ...scope.variables,
    ...timeFunctions(scope.now),
    states: scope.states,
  });
  return value;
}

/**
 * An error of JSONata has a code and is a sentence of its own; one without a code (of AWS's functions, say) follows a
 * colon.
 */
function describe(error: unknown): string {
  if (typeof error !== 'object' || error === null) return `: ${String(error)}`;
  const message = 'message' in error ? String(error.message) : '';
  if (!('code' in error)) return `: ${message}`;
  const bound = bounds.get(String(error.code));
  return bound === undefined ? `. ${String(error.code)}: ${message}` : `: ${bound}`;
}

/** The limits of an expression have no code on AWS. */
const bounds: ReadonlyMap<string, string> = new Map([
  [
    'D1011',
    'Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.',
  ],
  ['D1012', 'Expression evaluation timeout: Check for infinite loop'],
]);

/**
 * Copies a result as plain JSON: the package's arrays carry marks of their own. `undefined` for what JSON cannot say,
 * as a function.
 */
function toJson(value: unknown): Json | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : undefined;
    case 'object':
      return value === null ? null : Array.isArray(value) ? toList(value) : toObject(value);
    default:
      return undefined;
  }
}

function toList(values: readonly unknown[]): Json[] | undefined {
  const list: Json[] = [];
  for (const value of values) {
    const json = toJson(value);
    if (json === undefined) return undefined;
    list.push(json);
  }
  return list;
}

function toObject(value: object): Json | undefined {
  if ('_jsonata_lambda' in value || '_jsonata_function' in value) return undefined;
  const fields: [string, Json][] = [];
  for (const [name, item] of Object.entries(value)) {
    // A field without a value is left out, as JSONata leaves it out.
    if (item === undefined) continue;
    const json = toJson(item);
    if (json === undefined) return undefined;
    fields.push([name, json]);
  }
  // Not by assignment: a field called __proto__ is a field like any other.
  return Object.fromEntries(fields);
}
