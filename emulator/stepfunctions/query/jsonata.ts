import jsonata from 'jsonata';
import { registerAwsFunctions } from './functions.ts';

/** Compiled expressions, by their text: a state machine has few and evaluates them often. */
const compiled = new Map<string, jsonata.Expression>();
const MOST_COMPILED = 5_000;
/**
 * AWS refuses an expression that nests deeper than about 100 (measured by others); how long it may run is not
 * published.
 */
const LIMITS = { timeout: 2_000, stack: 100 };

/** @throws the package's error (with `code`) when `expression` is not JSONata */
export function compile(expression: string): jsonata.Expression {
  const known = compiled.get(expression);
  if (known) return known;
  if (compiled.size >= MOST_COMPILED) compiled.clear();
  const fresh = jsonata(expression, LIMITS);
  registerAwsFunctions(fresh);
  // AWS has no $eval; a name bound to nothing hides the package's own.
  fresh.assign('eval', undefined);
  compiled.set(expression, fresh);
  return fresh;
}

/** The clock of an expression: `$now` and `$millis` give the time of the state, never the machine's. */
export function timeFunctions(now: number): Record<string, unknown> {
  return {
    millis: () => now,
    now: (picture?: string, zone?: string) =>
      compile('$fromMillis($m, $p, $z)').evaluate(undefined, { m: now, p: picture, z: zone }),
  };
}
