import { fieldsInTurn } from '../in-turn.ts';
import type { JsonObject, Json } from '../json.ts';
import { evaluate, type Scope } from '../query/evaluate.ts';
import type { Branch } from '../run.ts';
import { isTooLarge, StateFailed, type Transaction } from '../transaction.ts';

/** How a state is left: what to evaluate, and where to go. Without `next` the branch's flow ends. */
export interface Leaving {
  readonly assign?: JsonObject;
  readonly output?: Json;
  readonly next?: string;
  /** The output when no `output` is written. */
  readonly plain: Json;
  /** Prefix of the fields in errors: `Catch[0]/`. */
  readonly within?: string;
  /** The id of the event that the exit follows, when it is not the branch's newest. */
  readonly after?: number;
  /** Variables that are assigned already, by a JSONPath state. */
  readonly assigned?: JsonObject;
}

/**
 * Leaves the branch's state: evaluates `Assign` and `Output` (both see the variables as they were), writes the exit
 * event,
 * and moves the branch on. The end of a flow is the caller's to handle: `true` means that the branch has come to it.
 * https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
 */
export async function leave(
  transaction: Transaction,
  branch: Branch,
  scope: Scope,
  leaving: Leaving,
): Promise<boolean> {
  const within = leaving.within ?? '';
  const assigned = leaving.assigned ?? (await assignments(leaving.assign, within, scope));
  const output =
    leaving.output === undefined ? leaving.plain : await evaluate(leaving.output, `${within}Output`, scope);
  refuseTooLarge(branch.at, output);
  if (leaving.after !== undefined) branch.previous = leaving.after;
  transaction.appendTo(branch, `${transaction.stateOf(branch).type}StateExited`, {
    name: branch.at,
    output: JSON.stringify(output),
    outputDetails: { truncated: false },
    ...(assigned === undefined ? {} : assignedDetails(assigned)),
  });
  Object.assign(branch.variables, assigned);
  branch.input = output;
  if (leaving.next === undefined) return true;
  branch.at = leaving.next;
  branch.retries = {};
  branch.phase = { kind: 'ready' };
  return false;
}

async function assignments(
  assign: JsonObject | undefined,
  within: string,
  scope: Scope,
): Promise<JsonObject | undefined> {
  if (assign === undefined) return undefined;
  return fieldsInTurn(assign, (template, name) => evaluate(template, `${within}Assign/${name}`, scope));
}

/** Every variable as JSON text, as AWS shows them. */
function assignedDetails(assigned: JsonObject): JsonObject {
  const texts: Record<string, Json> = {};
  for (const [name, value] of Object.entries(assigned)) texts[name] = JSON.stringify(value);
  return { assignedVariables: texts, assignedVariablesDetails: { truncated: false } };
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html: 256 KiB for every input and output. */
export function refuseTooLarge(state: string, value: Json): void {
  if (!isTooLarge(value)) return;
  throw new StateFailed({
    error: 'States.DataLimitExceeded',
    cause: `The state/task '${state}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    terminal: true,
  });
}
