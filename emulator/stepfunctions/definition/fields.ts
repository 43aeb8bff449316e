import { isObject, isList, type Json, type JsonObject } from '../json.ts';
import type { QueryLanguage } from './types.ts';

/** One reason why AWS would refuse a definition. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  /** JSON pointer into the definition, e.g. `/States/Collected/Next`; nothing for what is wrong with all of it. */
  readonly at?: string;
}

/** Fields that only one of the query languages has. */
const onlyThere: Readonly<Record<QueryLanguage, ReadonlySet<string>>> = {
  JSONata: new Set(['Arguments', 'Condition', 'Items', 'Output']),
  JSONPath: new Set([
    'CausePath',
    'ErrorPath',
    'HeartbeatSecondsPath',
    'InputPath',
    'ItemsPath',
    'MaxConcurrencyPath',
    'OutputPath',
    'Parameters',
    'ResultPath',
    'ResultSelector',
    'SecondsPath',
    'TimeoutSecondsPath',
    'TimestampPath',
  ]),
};

/**
 * Takes the fields of one object of a definition, one by one, and notes what is wrong with them.
 * A field that nobody took is unknown: `done` reports it.
 */
export class Fields {
  readonly at: string;
  readonly problems: Problem[];
  readonly #left: Map<string, Json>;

  constructor(object: JsonObject, at: string, problems: Problem[]) {
    this.#left = new Map(Object.entries(object));
    this.at = at;
    this.problems = problems;
    this.#left.delete('Comment');
  }

  has(name: string): boolean {
    return this.#left.has(name);
  }

  any(name: string): Json | undefined {
    const value = this.#left.get(name);
    this.#left.delete(name);
    return value;
  }

  text(name: string): string | undefined {
    return this.#typed(name, 'a string', (value) => (typeof value === 'string' ? value : undefined));
  }

  requiredText(name: string): string {
    if (!this.has(name)) this.missing(name);
    return this.text(name) ?? '';
  }

  flag(name: string): boolean | undefined {
    return this.#typed(name, 'a boolean', (value) => (typeof value === 'boolean' ? value : undefined));
  }

  object(name: string): JsonObject | undefined {
    return this.#typed(name, 'an object', (value) => (isObject(value) ? value : undefined));
  }

  list(name: string): readonly Json[] | undefined {
    return this.#typed(name, 'an array', (value) => (isList(value) ? value : undefined));
  }

  /** A number of at least `least`. */
  number(name: string, least: number): number | undefined {
    return this.#typed(name, `a number of at least ${least}`, (value) =>
      typeof value === 'number' && value >= least ? value : undefined,
    );
  }

  /** An integer of at least `least`, or an expression. */
  count(name: string, least: number, most = Number.MAX_SAFE_INTEGER): number | string | undefined {
    return this.#typed(name, `an integer from ${least} to ${most}, or a JSONata expression`, (value) => {
      if (typeof value === 'string') return isExpression(value) ? value : undefined;
      return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
        ? value
        : undefined;
    });
  }

  /** A JSONPath, or null, which discards. */
  path(name: string): string | null | undefined {
    const value = this.any(name);
    if (value === undefined || value === null || typeof value === 'string') return value;
    this.invalid(name, 'a path or null');
    return undefined;
  }

  missing(name: string): void {
    this.problem(`The field '${name}' is required but was missing`, '');
  }

  invalid(name: string, wanted: string): void {
    this.problem(`The value for the field '${name}' must be ${wanted}`, name);
  }

  problem(message: string, field: string, code = 'SCHEMA_VALIDATION_FAILED'): void {
    this.problems.push({ code, message, at: field === '' ? this.at : `${this.at}/${field}` });
  }

  /** Reports every field that was not taken, in AWS's words: a field of the other query language is told as such. */
  done(queryLanguage?: QueryLanguage): void {
    for (const name of this.#left.keys()) {
      const other = queryLanguage === 'JSONata' ? 'JSONPath' : 'JSONata';
      this.problem(
        queryLanguage !== undefined && onlyThere[other].has(name)
          ? `The QueryLanguage is set to '${queryLanguage}', but field '${name}' is only supported for the '${other}' QueryLanguage`
          : `Field '${name}' is not supported`,
        '',
      );
    }
  }

  #typed<T>(name: string, wanted: string, narrow: (value: Json) => T | undefined): T | undefined {
    const value = this.any(name);
    if (value === undefined) return undefined;
    const narrowed = narrow(value);
    if (narrowed === undefined) this.invalid(name, wanted);
    return narrowed;
  }
}

/** Whether a string of a definition is a JSONata expression. AWS allows no space outside the delimiters. */
export function isExpression(text: string): boolean {
  return text.startsWith('{%') && text.endsWith('%}') && text.length >= 4;
}
