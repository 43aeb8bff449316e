import { isObject, type Json, type JsonObject } from './json.ts';
import { TemplateProblem } from './problem.ts';

/**
 * What the functions of a template look things up in. Every look-up throws TemplateProblem for a name that is not
 * there.
 */
export interface Scope {
  /** `Ref`: a pseudo parameter, a parameter or a resource. */
  ref(name: string): Json;
  /** `Fn::GetAtt` */
  attribute(logicalId: string, attribute: string): Json;
  /** The value of a named condition. */
  condition(name: string): boolean;
  /** `Fn::FindInMap` */
  mapping(map: string, key: string, name: string): Json;
}

/** Answer of a function that says: leave this property out (`AWS::NoValue`). */
export const noValue = Symbol('AWS::NoValue');
export type Resolved = Json | typeof noValue;

/**
 * Replaces every intrinsic function inside `value` by what it stands for.
 * See https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 * @throws TemplateProblem for a function that is not known here, or one that is used wrongly
 */
export function resolve(value: Json, scope: Scope): Resolved {
  if (isList(value)) return value.map((item) => resolve(item, scope)).filter((item) => item !== noValue);
  if (!isObject(value)) return typeof value === 'string' ? withoutDynamicReference(value) : value;
  const call = functionCall(value);
  return call === undefined ? resolveEntries(value, scope) : apply(call.name, call.argument, scope);
}

/** Resolves a condition: `Fn::Equals`, `Fn::And`, `Fn::Or`, `Fn::Not`, or the name of another condition. */
export function resolveCondition(value: Json, scope: Scope): boolean {
  const call = isObject(value) ? functionCall(value) : undefined;
  if (call === undefined) throw new TemplateProblem(`${JSON.stringify(value)} is not a condition`);
  const all = () => list(call, call.argument).map((one) => resolveCondition(one, scope));
  switch (call.name) {
    case 'Condition':
      return scope.condition(text(call.name, call.argument));
    case 'Fn::Equals': {
      const [left, right] = list(call, call.argument).map((one) => JSON.stringify(resolved(one, scope)));
      return left === right;
    }
    case 'Fn::And':
      return all().every(Boolean);
    case 'Fn::Or':
      return all().some(Boolean);
    case 'Fn::Not':
      return !all().every(Boolean);
    default:
      throw new TemplateProblem(`${call.name} is not a function of conditions`);
  }
}

interface Call {
  readonly name: string;
  readonly argument: Json;
}

function functionCall(value: JsonObject): Call | undefined {
  const [entry, ...more] = Object.entries(value);
  if (entry === undefined || more.length > 0) return undefined;
  const [name, argument] = entry;
  return name === 'Ref' || (name === 'Condition' && typeof argument === 'string') || name.startsWith('Fn::')
    ? { name, argument }
    : undefined;
}

function apply(name: string, argument: Json, scope: Scope): Resolved {
  const parts = () => list({ name }, argument);
  switch (name) {
    case 'Ref': {
      const wanted = text(name, argument);
      return wanted === 'AWS::NoValue' ? noValue : scope.ref(wanted);
    }
    case 'Fn::GetAtt': {
      const [logicalId = '', ...attribute] =
        typeof argument === 'string' ? argument.split('.') : parts().map((part) => text(name, resolved(part, scope)));
      return scope.attribute(logicalId, attribute.join('.'));
    }
    case 'Fn::Join': {
      const [separator = '', items = []] = parts();
      return list({ name }, resolved(items, scope))
        .map((item) => text(name, item))
        .join(text(name, separator));
    }
    case 'Fn::Sub':
      return substitute(argument, scope);
    case 'Fn::Select': {
      const [index = '', items = []] = parts();
      const position = Number(resolved(index, scope));
      const chosen = list({ name }, resolved(items, scope))[position];
      if (chosen === undefined) throw new TemplateProblem(`Fn::Select finds no item ${position} in its list`);
      return chosen;
    }
    case 'Fn::Split': {
      const [separator = '', whole = ''] = parts();
      return text(name, resolved(whole, scope)).split(text(name, separator));
    }
    case 'Fn::If': {
      const [condition = '', then = null, otherwise = null] = parts();
      return resolve(scope.condition(text(name, condition)) ? then : otherwise, scope);
    }
    case 'Fn::FindInMap': {
      const [map = '', key = '', wanted = ''] = parts().map((part) => text(name, resolved(part, scope)));
      return scope.mapping(map, key, wanted);
    }
    case 'Fn::Base64':
      return Buffer.from(text(name, resolved(argument, scope)), 'utf8').toString('base64');
    default:
      throw new TemplateProblem(`the function ${name} is not known to the local cloud`);
  }
}

/** `${Name}`, `${Name.Attribute}` and, for a literal, `${!Name}`. */
function substitute(argument: Json, scope: Scope): string {
  const [pattern, variables] = isList(argument) ? argument : [argument, {}];
  const own = isObject(variables) ? variables : {};
  return text('Fn::Sub', pattern ?? '').replaceAll(/\$\{([^}]*)\}/g, (whole, raw: string) => {
    if (raw.startsWith('!')) return `\${${raw.slice(1)}}`;
    const name = raw.trim();
    const variable = own[name];
    if (variable !== undefined) return text('Fn::Sub', resolved(variable, scope));
    const dot = name.indexOf('.');
    return text(whole, dot < 0 ? scope.ref(name) : scope.attribute(name.slice(0, dot), name.slice(dot + 1)));
  });
}

function resolveEntries(value: JsonObject, scope: Scope): JsonObject {
  const entries: [string, Json][] = [];
  for (const [key, item] of Object.entries(value)) {
    const result = resolve(item, scope);
    if (result !== noValue) entries.push([key, result]);
  }
  return Object.fromEntries(entries);
}

function resolved(value: Json, scope: Scope): Json {
  const result = resolve(value, scope);
  if (result === noValue) throw new TemplateProblem('AWS::NoValue stands where a value is needed');
  return result;
}

/**
 * Secrets and parameters are kept by services that do not run here; a value made of such a reference would be wrong in
 * silence.
 */
function withoutDynamicReference(value: string): string {
  const reference = /\{\{resolve:[^}]*\}\}/.exec(value)?.[0];
  if (reference !== undefined)
    throw new TemplateProblem(`the dynamic reference ${reference} cannot be looked up on this machine`);
  return value;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function list({ name }: { readonly name: string }, value: Json): readonly Json[] {
  if (!isList(value)) throw new TemplateProblem(`${name} wants a list and found ${JSON.stringify(value)}`);
  return value;
}

function text(name: string, value: Json): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TemplateProblem(`${name} wants a text and found ${JSON.stringify(value)}`);
}
