import { machineNameOf } from '../arn.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Scope } from '../query/evaluate.ts';
import type { Strand } from '../run.ts';
import type { Turn } from '../turn.ts';

/**
 * The context object of a strand.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html
 * @param item the item of a Map that is being selected, before its iteration exists
 */
export function contextOf(turn: Turn, strand: Strand, extra: { token?: string; item?: JsonObject } = {}): JsonObject {
  const { run } = turn;
  const item = extra.item ?? itemOf(turn, strand);
  return {
    Execution: {
      Id: run.arn,
      Input: run.input,
      Name: run.name,
      RoleArn: run.roleArn,
      StartTime: new Date(run.startedAt).toISOString(),
      RedriveCount: run.redriveCount,
      ...(run.redrivenAt === undefined ? {} : { RedriveTime: new Date(run.redrivenAt).toISOString() }),
    },
    StateMachine: { Id: run.machineArn, Name: machineNameOf(run.machineArn) },
    State: {
      Name: strand.at,
      EnteredTime: new Date(strand.enteredAt).toISOString(),
      ...('retry' in turn.stateOf(strand) ? { RetryCount: retryCount(strand) } : {}),
    },
    ...(extra.token === undefined ? {} : { Task: { Token: extra.token } }),
    ...(item === undefined ? {} : { Map: { Item: item } }),
  };
}

function retryCount(strand: Strand): number {
  return Object.values(strand.retries).reduce((sum, count) => sum + count, 0);
}

/** The item of the nearest Map around a strand. */
function itemOf(turn: Turn, strand: Strand): JsonObject | undefined {
  const parent = turn.parentOf(strand);
  if (!parent) return undefined;
  if (parent.phase.kind === 'map' && strand.index !== undefined) {
    return { Index: strand.index, Value: parent.phase.items[strand.index] ?? null };
  }
  return itemOf(turn, parent);
}

/** The variables a strand can see: its own, then those of the flows around it. */
export function variablesOf(turn: Turn, strand: Strand): JsonObject {
  const parent = turn.parentOf(strand);
  return parent ? { ...variablesOf(turn, parent), ...strand.variables } : strand.variables;
}

/** What the expressions of a strand's state see. `states` adds `result` or `errorOutput`. */
export function scopeOf(
  turn: Turn,
  strand: Strand,
  states: { result?: Json; errorOutput?: Json; token?: string; item?: JsonObject } = {},
): Scope {
  const { token, item, ...values } = states;
  return {
    now: turn.now,
    variables: variablesOf(turn, strand),
    states: {
      input: strand.input,
      context: contextOf(turn, strand, {
        ...(token === undefined ? {} : { token }),
        ...(item === undefined ? {} : { item }),
      }),
      ...values,
    },
  };
}
