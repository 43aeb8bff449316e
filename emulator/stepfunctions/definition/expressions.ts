import * as z from 'zod';
import { isList, isObject, type Json } from '../json.ts';
import { compile } from '../query/jsonata.ts';
import { isExpression, type Problem } from './fields.ts';

/**
 * Every `{% ... %}` anywhere in a definition must be readable JSONata, and may take values only from `$states`, from
 * variables and from itself: AWS refuses the definition, not the execution.
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export function checkExpressions(value: Json, problems: Problem[], at = ''): void {
  if (typeof value === 'string') {
    if (isExpression(value)) checkExpression(value.slice(2, -2).trim(), problems, at);
  } else if (isList(value)) {
    value.forEach((item, index) => checkExpressions(item, problems, `${at}[${index}]`));
  } else if (isObject(value)) {
    for (const [name, item] of Object.entries(value)) {
      if (name !== 'Comment') checkExpressions(item, problems, `${at}/${name}`);
    }
  }
}

function checkExpression(expression: string, problems: Problem[], at: string): void {
  try {
    const tree = compile(expression).ast();
    for (const field of misplacedFields(tree, at))
      problems.push({
        code: 'UNSUPPORTED_JSONATA_EXPRESSION',
        message: `'$states.${field}' is not available in this field.`,
        at,
      });
    for (const name of topLevelNames(tree)) {
      problems.push({
        code: 'UNSUPPORTED_JSONATA_EXPRESSION',
        message: `Reference to '${name}' at the top level is not supported.`,
        at,
      });
    }
  } catch (error) {
    problems.push({ code: 'INVALID_JSONATA_EXPRESSION', message: messageOf(error), at });
  }
}

/**
 * The parts of a syntax tree that have no input but that of the whole expression. Functions and filters have inputs of
 * their own.
 */
const partNames = ['lhs', 'rhs', 'expressions', 'arguments', 'condition', 'then', 'else', 'expression'];

/** Names, and `$`, that would be read from the input of the expression: an expression of a state machine has none. */
function topLevelNames(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(topLevelNames);
  if (typeof node !== 'object' || node === null) return [];
  const fields = new Map<string, unknown>(Object.entries(node));
  const type = fields.get('type');
  const value = fields.get('value');
  const steps = fields.get('steps');
  // What follows in a path reads from the step before.
  if (type === 'path' && Array.isArray(steps)) return topLevelNames(steps[0]);
  if (type === 'name' && typeof value === 'string') return [value];
  if (type === 'variable' && (value === '' || value === '$')) return [`$${value}`];
  return partNames.flatMap((part) => topLevelNames(fields.get(part)));
}

const Step = z.object({ type: z.string(), value: z.string() });

/** Where each field of `$states` that is not always there may be read. */
const places: Readonly<Record<string, RegExp>> = {
  errorOutput: /\/Catch\[\d+\]\/(Output|Assign)\b/,
  result: /^(?!.*\/Catch\[\d+\]\/(?:Output|Assign)).*\/(Output|Assign)\b/,
};

/** Fields of `$states` that an expression reads where they are not. */
function misplacedFields(node: unknown, at: string): readonly string[] {
  if (Array.isArray(node)) return node.flatMap((part) => misplacedFields(part, at));
  if (typeof node !== 'object' || node === null) return [];
  const fields = new Map<string, unknown>(Object.entries(node));
  const steps = fields.get('steps');
  const inside = [...fields.values()].flatMap((part) => misplacedFields(part, at));
  if (fields.get('type') !== 'path' || !Array.isArray(steps)) return inside;
  const [first, second] = steps.map((step) => Step.safeParse(step).data);
  if (first?.type !== 'variable' || first.value !== 'states' || second?.type !== 'name') return inside;
  return places[second.value]?.test(at) === false ? [second.value, ...inside] : inside;
}

function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}
