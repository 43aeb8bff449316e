import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { executionArn } from '../arn.ts';
import { machineNameOf } from '../arn.ts';
import { tryParseJson, type JsonObject } from '../json.ts';
import type { ExecutionRow, MachineRow } from '../store.ts';
import {
  compact,
  operation,
  pageSchema,
  pageSize,
  readNumericPageToken,
  seconds,
  writePageToken,
  type Api,
} from './api.ts';
import { ApiError } from './error.ts';
import { checkName, existing } from './machines.ts';

const arn = z.string().min(1).max(2_048);
const largestInputBytes = 262_144;

/**
 * Idempotent by name and input while the execution runs.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export const startExecution = operation(
  z.object({ stateMachineArn: arn, name: z.string().optional(), input: z.string().default('{}') }),
  async (api, input) => {
    const machine = existing(api, input.stateMachineArn);
    if (machine.deleting)
      throw new ApiError('StateMachineDeleting', `State Machine is being deleted: '${machine.arn}'`);
    const name = input.name ?? randomUUID();
    checkName(name);
    checkInput(input.input);
    const own = executionArn(machine.arn, name);
    // One at a time for a name: the second sees what the first has made durable.
    const before = api.starting.get(own) ?? Promise.resolve();
    const mine = before.then(() => startOnce(api, machine, own, name, input.input));
    const settled = mine.then(nothing, nothing);
    api.starting.set(own, settled);
    try {
      return await mine;
    } finally {
      if (api.starting.get(own) === settled) api.starting.delete(own);
    }
  },
);

function nothing(): void {}

async function startOnce(api: Api, machine: MachineRow, own: string, name: string, input: string): Promise<JsonObject> {
  const known = api.store.execution(own);
  return known ? again(known, input) : start(api, machine, own, name, input);
}

async function start(api: Api, machine: MachineRow, own: string, name: string, input: string): Promise<JsonObject> {
  const row: ExecutionRow = {
    id: api.store.nextExecutionId(),
    arn: own,
    machineArn: machine.arn,
    name,
    definition: machine.definition,
    roleArn: machine.roleArn,
    status: 'RUNNING',
    input,
    startedAt: api.clock.now(),
    redriveCount: 0,
  };
  await api.engine.start(row);
  return startedBody(row);
}

function again(known: ExecutionRow, input: string): JsonObject {
  if (known.status === 'RUNNING' && known.input === input) return startedBody(known);
  throw new ApiError('ExecutionAlreadyExists', `Execution Already Exists: '${known.arn}'`);
}

function startedBody(row: ExecutionRow): JsonObject {
  return { executionArn: row.arn, startDate: seconds(row.startedAt) };
}

function checkInput(input: string): void {
  if (Buffer.byteLength(input) > largestInputBytes) {
    throw new ApiError(
      'InvalidExecutionInput',
      `Invalid State Machine Execution Input: the input is larger than ${largestInputBytes} bytes`,
    );
  }
  if (tryParseJson(input) === undefined) {
    throw new ApiError('InvalidExecutionInput', "Invalid State Machine Execution Input: 'the input is not JSON'");
  }
}

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html */
export const stopExecution = operation(
  z.object({ executionArn: arn, error: z.string().max(256).optional(), cause: z.string().max(32_768).optional() }),
  async (api, input) => {
    const execution = existingExecution(api, input.executionArn);
    const failure = {
      ...(input.error === undefined ? {} : { error: input.error }),
      ...(input.cause === undefined ? {} : { cause: input.cause }),
    };
    await api.engine.signal(execution.id, { kind: 'stop', failure });
    const stopped = existingExecution(api, input.executionArn);
    return { stopDate: seconds(stopped.stoppedAt ?? api.clock.now()) };
  },
);

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html */
export const redriveExecution = operation(z.object({ executionArn: arn }), async (api, input) => {
  const execution = existingExecution(api, input.executionArn);
  const { status, reason } = redriveStatus(api, execution);
  if (status !== 'REDRIVABLE') throw new ApiError('ExecutionNotRedrivable', reason ?? '');
  const met = await api.engine.signal(execution.id, { kind: 'redrive' });
  const redriven = existingExecution(api, input.executionArn);
  if (!met || redriven.redrivenAt === undefined)
    throw new ApiError('ExecutionNotRedrivable', 'Execution has been redriven already');
  return { redriveDate: seconds(redriven.redrivenAt) };
});

/**
 * https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html: within 14 days, up to 1,000 times,
 * below the history's limit.
 */
const redrivableForMs = 14 * 24 * 3_600_000;
const mostRedrives = 1_000;

function redriveStatus(
  api: Api,
  { status, stoppedAt, redriveCount }: ExecutionRow,
): { status: string; reason?: string } {
  if (status === 'RUNNING' || status === 'SUCCEEDED')
    return { status: 'NOT_REDRIVABLE', reason: `Execution is ${status} and cannot be redriven` };
  if (redriveCount >= mostRedrives)
    return {
      status: 'NOT_REDRIVABLE',
      reason: 'Execution has reached the maximum number of redrives and cannot be redriven',
    };
  if (api.clock.now() - (stoppedAt ?? 0) > redrivableForMs) {
    return { status: 'NOT_REDRIVABLE', reason: 'Execution has exceeded its redrivable period and cannot be redriven' };
  }
  return { status: 'REDRIVABLE' };
}

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html */
export const describeExecution = operation(
  z.object({ executionArn: arn, includedData: z.string().optional() }),
  (api, input) => {
    const execution = existingExecution(api, input.executionArn);
    const redrive = redriveStatus(api, execution);
    const included = input.includedData !== 'METADATA_ONLY';
    return compact({
      ...listed(execution),
      ...(included ? { input: execution.input, inputDetails: { included } } : {}),
      ...(included && execution.output !== undefined ? { output: execution.output, outputDetails: { included } } : {}),
      error: execution.error,
      cause: execution.cause,
      redriveStatus: redrive.status,
      redriveStatusReason: redrive.reason,
    });
  },
);

function listed(execution: ExecutionRow): JsonObject {
  return compact({
    executionArn: execution.arn,
    stateMachineArn: execution.machineArn,
    name: execution.name,
    status: execution.status,
    startDate: seconds(execution.startedAt),
    stopDate: execution.stoppedAt === undefined ? undefined : seconds(execution.stoppedAt),
    redriveCount: execution.redriveCount,
    redriveDate: execution.redrivenAt === undefined ? undefined : seconds(execution.redrivenAt),
  });
}

/** Newest first. https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html */
export const listExecutions = operation(
  z.object({
    stateMachineArn: arn,
    statusFilter: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE']).optional(),
    ...pageSchema,
  }),
  (api, input) => {
    const machine = existing(api, input.stateMachineArn);
    const size = pageSize(input.maxResults);
    const before = input.nextToken === undefined ? Number.MAX_SAFE_INTEGER : readNumericPageToken(input.nextToken);
    const found = api.store.executions(machine.arn, input.statusFilter, before, size + 1);
    const page = found.slice(0, size);
    const last = page.at(-1);
    return compact({
      executions: page.map(listed),
      nextToken: found.length > size && last ? writePageToken(last.id) : undefined,
    });
  },
);

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachineForExecution.html */
export const describeStateMachineForExecution = operation(z.object({ executionArn: arn }), (api, input) => {
  const execution = existingExecution(api, input.executionArn);
  const machine = api.store.machine(execution.machineArn);
  return compact({
    stateMachineArn: execution.machineArn,
    name: machineNameOf(execution.machineArn),
    definition: api.store.definition(execution.definition),
    roleArn: execution.roleArn,
    updateDate: seconds(machine?.updatedAt ?? execution.startedAt),
    loggingConfiguration: { level: 'OFF', includeExecutionData: false },
    tracingConfiguration: { enabled: false },
    revisionId: machine?.definition === execution.definition ? machine.revision : undefined,
  });
});

/** @throws ApiError ExecutionDoesNotExist, InvalidArn */
export function existingExecution(api: Api, execution: string): ExecutionRow {
  if (!/^arn:aws[\w-]*:states:[\w-]+:\d{12}:execution:[^:]+:/u.test(execution))
    throw new ApiError('InvalidArn', `Invalid Arn: '${execution}'`);
  const found = api.store.execution(execution);
  if (found) return found;
  throw new ApiError('ExecutionDoesNotExist', `Execution Does Not Exist: '${execution}'`);
}
