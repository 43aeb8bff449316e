import type { JsonObject } from '../json.ts';
import type { Fields } from './fields.ts';

/**
 * https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html: letters, digits and `_`, 80 characters;
 * `states` is taken.
 */
export function readAssign(fields: Fields): { assign?: JsonObject } {
  const assign = fields.object('Assign');
  for (const name of Object.keys(assign ?? {})) {
    const plain = name.endsWith('.$') ? name.slice(0, -2) : name;
    if (!/^[\p{L}_][\p{L}\p{N}_]{0,79}$/u.test(plain) || plain === 'states') {
      fields.problem(`The variable name '${name}' is not valid`, `Assign/${name}`);
    }
  }
  return present('assign', assign);
}

/** An object with the field only when there is a value: optional fields are absent, never undefined. */
export function present<K extends string, V>(name: K, value: V | undefined): { [key in K]?: V };
export function present(name: string, value: unknown): Record<string, unknown> {
  return value === undefined ? {} : { [name]: value };
}
