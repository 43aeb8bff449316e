import { machineNameOf } from '../arn.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Scope } from '../query/evaluate.ts';
import type { Branch } from '../run.ts';
import type { Transaction } from '../transaction.ts';

/**
 * The context object of a branch.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html
 * @param item the item of a Map that is being selected, before its iteration exists
 */
export function contextOf(
  transaction: Transaction,
  branch: Branch,
  extra: { token?: string; item?: JsonObject } = {},
): JsonObject {
  const { run } = transaction;
  const item = extra.item ?? itemOf(transaction, branch);
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
      Name: branch.at,
      EnteredTime: new Date(branch.enteredAt).toISOString(),
      ...('retry' in transaction.stateOf(branch) ? { RetryCount: retryCount(branch) } : {}),
    },
    ...(extra.token === undefined ? {} : { Task: { Token: extra.token } }),
    ...(item === undefined ? {} : { Map: { Item: item } }),
  };
}

function retryCount(branch: Branch): number {
  return Object.values(branch.retries).reduce((sum, count) => sum + count, 0);
}

/** The item of the nearest Map around a branch. */
function itemOf(transaction: Transaction, branch: Branch): JsonObject | undefined {
  const parent = transaction.parentOf(branch);
  if (!parent) return undefined;
  if (parent.phase.kind === 'map' && branch.index !== undefined) {
    return { Index: branch.index, Value: parent.phase.items[branch.index] ?? null };
  }
  return itemOf(transaction, parent);
}

/** The variables a branch can see: its own, then those of the flows around it. */
export function variablesOf(transaction: Transaction, branch: Branch): JsonObject {
  const parent = transaction.parentOf(branch);
  return parent ? { ...variablesOf(transaction, parent), ...branch.variables } : branch.variables;
}

/** What the expressions of a branch's state see. `states` adds `result` or `errorOutput`. */
export function scopeOf(
  transaction: Transaction,
  branch: Branch,
  states: { result?: Json; errorOutput?: Json; token?: string; item?: JsonObject } = {},
): Scope {
  const { token, item, ...values } = states;
  return {
    now: transaction.now,
    variables: variablesOf(transaction, branch),
    states: {
      input: branch.input,
      context: contextOf(transaction, branch, {
        ...(token === undefined ? {} : { token }),
        ...(item === undefined ? {} : { item }),
      }),
      ...values,
    },
  };
}
