import type { Statement } from './statements.ts';

/** One thing that a call does: an action on a resource. */
export interface IamRequest {
  /** For example `dynamodb:PutItem`. */
  readonly action: string;
  /** An ARN, or `any` where the call does not tell which resource it reaches: then a grant on one is enough. */
  readonly resource: string | typeof any;
  /** What it asks for of an item, the key too; absent for all of it. */
  readonly attributes?: readonly string[];
}

export const any = Symbol('any resource');

/**
 * IAM's rule: one Deny that matches decides, then one Allow, and what nobody mentioned is not allowed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(statements: readonly Statement[], request: IamRequest): 'allowed' | 'denied' | 'unmentioned' {
  const about = statements.filter((statement) => isAbout(statement, request));
  if (about.some((statement) => statement.effect === 'Deny')) return 'denied';
  return about.length > 0 ? 'allowed' : 'unmentioned';
}

function isAbout({ actions, resources, effect, attributes }: Statement, request: IamRequest): boolean {
  const { action, resource } = request;
  if (attributes !== undefined && request.attributes?.every((one) => attributes.includes(one)) !== true) return false;
  if (!actions.some((pattern) => matches(pattern, action.toLowerCase()))) return false;
  // A Deny on one resource is no Deny on another, which the call may mean.
  if (resource === any) return effect === 'Allow' || resources.includes('*');
  return resources.some((pattern) => matches(pattern, resource));
}

/** `*` stands for any text and `?` for one character, across the colons and slashes of an ARN, too. */
export function matches(pattern: string, text: string): boolean {
  const known = expressions.get(pattern) ?? expressionOf(pattern);
  expressions.set(pattern, known);
  return known.test(text);
}

/** Of the template's patterns: every call is held against them. */
const expressions = new Map<string, RegExp>();

function expressionOf(pattern: string): RegExp {
  const expression = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 's');
}
