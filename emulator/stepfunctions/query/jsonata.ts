import { AsyncLocalStorage } from 'node:async_hooks';
import jsonata from 'jsonata';
import { registerAwsFunctions } from './functions.ts';

/** Compiled expressions, by their text: a state machine has few and evaluates them often. */
const compiled = new Map<string, jsonata.Expression>();
const mostCompiled = 5_000;
/**
 * AWS refuses an expression that nests deeper than about 100 (measured by others); how long it may run is not
 * published.
 */
const deepest = 100;
const longestMs = 2_000;

/** One evaluation under way; expressions are shared, evaluations are not. */
interface Evaluation {
  depth: number;
  readonly endsAt: number;
}
const evaluations = new AsyncLocalStorage<Evaluation>();

/** An expression that went too deep (D1011) or on for too long (D1012), in the form of the package's own errors. */
class TooMuch extends Error {
  override readonly name = 'TooMuch';
  readonly code: 'D1011' | 'D1012';

  constructor(code: TooMuch['code']) {
    super('The expression has no end');
    this.code = code;
  }
}

function entered(): void {
  const evaluation = evaluations.getStore();
  if (evaluation === undefined) return;
  evaluation.depth += 1;
  if (evaluation.depth > deepest) throw new TooMuch('D1011');
  if (performance.now() > evaluation.endsAt) throw new TooMuch('D1012');
}

function left(): void {
  const evaluation = evaluations.getStore();
  if (evaluation !== undefined) evaluation.depth -= 1;
}

/** Evaluates a compiled expression within the limits of depth and time. */
export function evaluateBounded(expression: jsonata.Expression, bindings: Record<string, unknown>): Promise<unknown> {
  return evaluations.run({ depth: 0, endsAt: performance.now() + longestMs }, () =>
    expression.evaluate(undefined, bindings),
  );
}

/** @throws the package's error (with `code`) when `expression` is not JSONata */
export function compile(expression: string): jsonata.Expression {
  const known = compiled.get(expression);
  if (known) return known;
  if (compiled.size >= mostCompiled) compiled.clear();
  const fresh = jsonata(expression);
  // The package calls these at each step; its types know names only, not the symbols that it looks for.
  Reflect.apply(fresh.assign, fresh, [Symbol.for('jsonata.__evaluate_entry'), entered]);
  Reflect.apply(fresh.assign, fresh, [Symbol.for('jsonata.__evaluate_exit'), left]);
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
