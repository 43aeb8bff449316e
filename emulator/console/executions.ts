import * as z from 'zod';
import { executionArn } from '../stepfunctions/arn.ts';
import { writePageToken } from '../stepfunctions/api/api.ts';
import type { StepFunctions } from '../stepfunctions/index.ts';

const Machines = z.object({
  stateMachines: z.array(z.object({ stateMachineArn: z.string(), name: z.string() })),
  nextToken: z.string().optional(),
});
const Described = z.object({
  name: z.string(),
  executionArn: z.string(),
  stateMachineArn: z.string(),
  status: z.string(),
  startDate: z.number(),
  stopDate: z.number().optional(),
  input: z.string().optional(),
  output: z.string().optional(),
  error: z.string().optional(),
  cause: z.string().optional(),
  redriveCount: z.number().default(0),
  redriveDate: z.number().optional(),
  redriveStatus: z.string(),
  redriveStatusReason: z.string().optional(),
});
const Definition = z.object({ definition: z.string() });
const Event = z.looseObject({ id: z.number(), previousEventId: z.number(), timestamp: z.number(), type: z.string() });
const History = z.object({ events: z.array(Event), nextToken: z.string().optional() });
const Details = z.looseObject({ name: z.string().optional(), error: z.string().optional() });
const Refused = z.object({ __type: z.string(), message: z.string() });

export type Machine = z.infer<typeof Machines>['stateMachines'][number];
export type Execution = z.infer<typeof Described>;

export interface HistoryEvent {
  readonly id: number;
  readonly previous: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly type: string;
  /** The state, Map or Parallel of which it tells, if it names one. */
  readonly name?: string;
  readonly error?: string;
  /** All that AWS says about an event of this type. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** The engine refused a call; the message is for people. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly type: string;

  constructor({ __type: type, message }: z.infer<typeof Refused>) {
    super(message);
    this.type = type;
  }
}

/** How many events of a history are shown at once. */
export const eventsOnPage = 100;

type Engine = Pick<StepFunctions, 'handle'>;

async function call(engine: Engine, operation: string, input: unknown): Promise<unknown> {
  const { status, body } = await engine.handle(operation, input);
  if (status !== 200) throw new Refusal(Refused.parse(body));
  return body;
}

export async function machinesOf(engine: Engine): Promise<readonly Machine[]> {
  return Machines.parse(await call(engine, 'ListStateMachines', { maxResults: 1000 })).stateMachines;
}

/** @returns undefined for an execution that is not there */
export async function describeExecution(
  engine: Engine,
  machine: Machine,
  name: string,
): Promise<Execution | undefined> {
  try {
    return Described.parse(
      await call(engine, 'DescribeExecution', { executionArn: executionArn(machine.stateMachineArn, name) }),
    );
  } catch (error) {
    if (error instanceof Refusal && ['ExecutionDoesNotExist', 'InvalidArn', 'ValidationException'].includes(error.type))
      return undefined;
    throw error;
  }
}

/** The definition that this execution runs, which may be older than its state machine's. */
export async function definitionFor(engine: Engine, { executionArn: arn }: Execution): Promise<string> {
  return Definition.parse(await call(engine, 'DescribeStateMachineForExecution', { executionArn: arn })).definition;
}

/** The definition that new executions of a state machine will run. */
export async function definitionOf(engine: Engine, { stateMachineArn }: Machine): Promise<string> {
  return Definition.parse(await call(engine, 'DescribeStateMachine', { stateMachineArn })).definition;
}

/** All of the history, oldest first, without what the execution works on. */
export async function wholeHistory(engine: Engine, { executionArn: arn }: Execution): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = History.parse(
      await call(engine, 'GetExecutionHistory', {
        executionArn: arn,
        maxResults: 1000,
        includeExecutionData: false,
        nextToken,
      }),
    );
    events.push(...page.events.map(eventOf));
    ({ nextToken } = page);
  } while (nextToken !== undefined);
  return events;
}

/** One page of the history with all details. @param page counted from 1 */
export async function historyPage(
  engine: Engine,
  { executionArn: arn }: Execution,
  page: number,
): Promise<HistoryEvent[]> {
  // The ids of a history are its events' numbers without gaps.
  const nextToken = page > 1 ? writePageToken((page - 1) * eventsOnPage) : undefined;
  return History.parse(
    await call(engine, 'GetExecutionHistory', { executionArn: arn, maxResults: eventsOnPage, nextToken }),
  ).events.map(eventOf);
}

/** AWS puts an event's details into a field that its type names. */
function eventOf({ id, previousEventId, timestamp, type, ...rest }: z.infer<typeof Event>): HistoryEvent {
  const details = Details.parse(Object.entries(rest).find(([field]) => field.endsWith('EventDetails'))?.[1] ?? {});
  const { name, error } = details;
  return {
    id,
    previous: previousEventId,
    at: Math.round(timestamp * 1000),
    type,
    ...(name === undefined ? {} : { name }),
    ...(error === undefined ? {} : { error }),
    details,
  };
}

/** @throws Refusal */
export async function stopExecution(engine: Engine, { executionArn: arn }: Execution, cause: string): Promise<void> {
  await call(engine, 'StopExecution', { executionArn: arn, ...(cause === '' ? {} : { cause }) });
}

/** @throws Refusal */
export async function redriveExecution(engine: Engine, { executionArn: arn }: Execution): Promise<void> {
  await call(engine, 'RedriveExecution', { executionArn: arn });
}
