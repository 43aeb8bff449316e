/** Whether an event passes a filter. */
export type Matches = (event: unknown) => boolean;

/** A filter says something that the local cloud cannot judge; to guess would deliver other records than AWS does. */
export class UnknownPattern extends Error {
  override readonly name = 'UnknownPattern';
}

/**
 * Reads one pattern of a `FilterCriteria`;
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
 * A field must be there and match one of its list; a list in the event matches when one of its values does. Known are
 * exact values,
 * `prefix`, `suffix`, `anything-but`, `exists`, `equals-ignore-case`, `numeric` and `$or`.
 * @param pattern JSON text
 * @throws UnknownPattern
 */
export function readPattern(pattern: string): Matches {
  const parsed = parseJson(pattern);
  if (!isObject(parsed)) throw new UnknownPattern(`The filter is not a JSON object: ${pattern}`);
  return object(parsed, pattern);
}

function object(fields: Record<string, unknown>, pattern: string): Matches {
  const tests = Object.entries(fields).map(([name, wanted]): Matches => {
    if (name === '$or' && Array.isArray(wanted)) {
      const choices = wanted.map((one) => {
        if (!isObject(one)) throw new UnknownPattern(`"$or" takes patterns, in the filter ${pattern}`);
        return object(one, pattern);
      });
      return (event) => choices.some((choice) => choice(event));
    }
    if (Array.isArray(wanted)) {
      const values = wanted.map((one) => value(one, pattern));
      return (event) => values.some((test) => test(fieldOf(event, name)));
    }
    if (!isObject(wanted)) throw new UnknownPattern(`"${name}" takes a list or a pattern, in the filter ${pattern}`);
    const inner = object(wanted, pattern);
    return (event) => inner(fieldOf(event, name));
  });
  return (event) => tests.every((test) => test(event));
}

/** A test of one field; what is missing comes as undefined. */
function value(wanted: unknown, pattern: string): Matches {
  if (wanted === null || typeof wanted === 'string' || typeof wanted === 'number' || typeof wanted === 'boolean')
    return anyOf((actual) => actual === wanted);
  const entries = isObject(wanted) ? Object.entries(wanted) : [];
  const [only] = entries;
  if (only === undefined || entries.length > 1)
    throw new UnknownPattern(`The local cloud cannot judge ${JSON.stringify(wanted)}, in the filter ${pattern}`);
  return operator(only[0], only[1], pattern);
}

function operator(name: string, operand: unknown, pattern: string): Matches {
  const unknown = () =>
    new UnknownPattern(
      `The local cloud does not know the operator "${name}" with ${JSON.stringify(operand)}, in the filter ${pattern}`,
    );
  switch (name) {
    case 'exists':
      if (typeof operand !== 'boolean') throw unknown();
      // Only leaves exist: a whole object does not, on AWS either.
      return (actual) => (actual !== undefined && !isObject(actual)) === operand;
    case 'prefix':
    case 'suffix':
    case 'equals-ignore-case': {
      if (typeof operand !== 'string') throw unknown();
      return anyOf((actual) => typeof actual === 'string' && compareText(name, actual, operand));
    }
    case 'anything-but':
      return anythingBut(operand, pattern);
    case 'numeric':
      return numeric(operand, unknown);
    default:
      throw unknown();
  }
}

function compareText(name: 'prefix' | 'suffix' | 'equals-ignore-case', actual: string, operand: string): boolean {
  if (name === 'prefix') return actual.startsWith(operand);
  return name === 'suffix' ? actual.endsWith(operand) : actual.toLowerCase() === operand.toLowerCase();
}

/** The field must be there, and be none of these. */
function anythingBut(operand: unknown, pattern: string): Matches {
  const unwanted = (Array.isArray(operand) ? operand : [operand]).map((one) => value(one, pattern));
  return anyOf((actual) => unwanted.every((test) => !test(actual)));
}

const comparisons: Readonly<Record<string, (actual: number, operand: number) => boolean>> = {
  '=': (actual, operand) => actual === operand,
  '<': (actual, operand) => actual < operand,
  '<=': (actual, operand) => actual <= operand,
  '>': (actual, operand) => actual > operand,
  '>=': (actual, operand) => actual >= operand,
};

/** `[">", 0, "<=", 5]`. DynamoDB's own numbers are text in a record and never match, on AWS either. */
function numeric(operand: unknown, unknown: () => UnknownPattern): Matches {
  if (!Array.isArray(operand) || operand.length === 0 || operand.length % 2 === 1) throw unknown();
  const tests: ((actual: number) => boolean)[] = [];
  for (let index = 0; index < operand.length; index += 2) {
    const compare = comparisons[String(operand[index])];
    const bound: unknown = operand[index + 1];
    if (compare === undefined || typeof bound !== 'number') throw unknown();
    tests.push((actual) => compare(actual, bound));
  }
  return anyOf((actual) => typeof actual === 'number' && tests.every((test) => test(actual)));
}

function anyOf(test: (actual: unknown) => boolean): Matches {
  return (actual) => (Array.isArray(actual) ? actual.some((one) => test(one)) : actual !== undefined && test(actual));
}

function fieldOf(event: unknown, name: string): unknown {
  return isObject(event) && Object.hasOwn(event, name) ? event[name] : undefined;
}

function isObject(candidate: unknown): candidate is Record<string, unknown> {
  return typeof candidate === 'object' && candidate !== null && !Array.isArray(candidate);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
