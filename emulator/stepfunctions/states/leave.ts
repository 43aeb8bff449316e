import { fieldsInTurn } from '../in-turn.ts';
import type { JsonObject, Json } from '../json.ts';
import { evaluate, type Scope } from '../query/evaluate.ts';
import type { Strand } from '../run.ts';
import { isTooLarge, StateFailed, type Turn } from '../turn.ts';

/** How a state is left: what to evaluate, and where to go. Without `next` the strand's flow ends. */
export interface Leaving {
  readonly assign?: JsonObject;
  readonly output?: Json;
  readonly next?: string;
  /** The output when no `output` is written. */
  readonly plain: Json;
  /** Prefix of the fields in errors: `Catch[0]/`. */
  readonly within?: string;
  /** The id of the event that the exit follows, when it is not the strand's newest. */
  readonly after?: number;
  /** Variables that are assigned already, by a JSONPath state. */
  readonly assigned?: JsonObject;
}

/**
 * Leaves the strand's state: evaluates `Assign` and `Output` (both see the variables as they were), writes the exit
 * event,
 * and moves the strand on. The end of a flow is the caller's to handle: `true` means that the strand has come to it.
 * https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
 */
export async function leave(turn: Turn, strand: Strand, scope: Scope, leaving: Leaving): Promise<boolean> {
  const within = leaving.within ?? '';
  const assigned = leaving.assigned ?? (await assignments(leaving.assign, within, scope));
  const output =
    leaving.output === undefined ? leaving.plain : await evaluate(leaving.output, `${within}Output`, scope);
  refuseTooLarge(strand.at, output);
  if (leaving.after !== undefined) strand.previous = leaving.after;
  turn.appendTo(strand, `${turn.stateOf(strand).type}StateExited`, {
    name: strand.at,
    output: JSON.stringify(output),
    outputDetails: { truncated: false },
    ...(assigned === undefined ? {} : assignedDetails(assigned)),
  });
  Object.assign(strand.variables, assigned);
  strand.input = output;
  if (leaving.next === undefined) return true;
  strand.at = leaving.next;
  strand.retries = {};
  strand.phase = { kind: 'ready' };
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
