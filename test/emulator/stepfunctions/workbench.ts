import * as z from 'zod';
import type { Clock } from '../../../emulator/clock/clock.ts';
import { createClock } from '../../../emulator/clock/virtual-clock.ts';
import type { InvocationResult } from '../../../emulator/lambda/invoker.ts';
import type { StatusListener } from '../../../emulator/stepfunctions/status-changes.ts';
import { createStepFunctions, type StepFunctions } from '../../../emulator/stepfunctions/index.ts';

type Answer = { status: number; body: unknown };
type DynamoDb = (operation: string, body: unknown) => Promise<Answer>;

export interface WorkbenchOptions {
  file?: string;
  clock?: Clock;
  invoke?: (name: string, payload: string) => Promise<InvocationResult>;
  dynamodb?: DynamoDb;
  notices?: StatusListener;
}

/** An engine with stand-ins around it, and short words for what tests do with it. */
export class Workbench {
  readonly sfn: StepFunctions;
  readonly clock: Clock;
  /** Every call of DynamoDB, as it came. */
  readonly dynamodbCalls: { operation: string; body: unknown }[];

  constructor(sfn: StepFunctions, clock: Clock, dynamodbCalls: { operation: string; body: unknown }[]) {
    this.sfn = sfn;
    this.clock = clock;
    this.dynamodbCalls = dynamodbCalls;
  }

  /** The body of a call that must succeed. */
  async call(operation: string, body: unknown): Promise<unknown> {
    const answer = await this.sfn.handle(operation, body);
    if (answer.status !== 200) throw new Error(`${operation}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** The name of the error with which a call must be refused. */
  async refusal(operation: string, body: unknown): Promise<string> {
    const answer = await this.sfn.handle(operation, body);
    return answer.status === 200
      ? 'accepted'
      : (z.record(z.string(), z.string()).parse(answer.body)['__type'] ?? 'no name');
  }

  async machine(name: string, definition: unknown): Promise<string> {
    const body = await this.call('CreateStateMachine', {
      name,
      definition: JSON.stringify(definition),
      roleArn: 'arn:aws:iam::111111111111:role/machine',
    });
    return z.object({ stateMachineArn: z.string() }).parse(body).stateMachineArn;
  }

  async start(stateMachineArn: string, input: unknown = {}, name?: string): Promise<string> {
    const body = await this.call('StartExecution', {
      stateMachineArn,
      input: JSON.stringify(input),
      ...(name === undefined ? {} : { name }),
    });
    return z.object({ executionArn: z.string() }).parse(body).executionArn;
  }

  /** Creates a machine, starts it, and waits until nothing runs. */
  async run(states: unknown, input: unknown = {}): Promise<Execution> {
    const arn = await this.start(await this.machine(`machine-${Math.random().toString(36).slice(2)}`, states), input);
    await this.sfn.idle();
    return this.describe(arn);
  }

  async describe(executionArn: string): Promise<Execution> {
    return execution.parse(await this.call('DescribeExecution', { executionArn }));
  }

  async history(executionArn: string): Promise<z.infer<typeof history>['events']> {
    return history.parse(await this.call('GetExecutionHistory', { executionArn, maxResults: 1000 })).events;
  }

  async types(executionArn: string): Promise<string[]> {
    return (await this.history(executionArn)).map(({ type }) => type);
  }

  /** The token that the newest DynamoDB call carried. */
  token(): string {
    const body = JSON.stringify(this.dynamodbCalls.at(-1)?.body);
    const found = /"token":"(?<token>[^"]+)"/u.exec(body)?.groups?.['token'];
    if (found === undefined) throw new Error(`no token in ${body}`);
    return found;
  }

  async pass(ms: number): Promise<void> {
    await this.clock.jumpTo(this.clock.now() + ms);
    await this.sfn.idle();
  }

  async toNextTimer(): Promise<void> {
    const due = this.clock.nextDue();
    if (due === undefined) throw new Error('no timer is set');
    await this.clock.jumpTo(Math.max(due, this.clock.now()));
    await this.sfn.idle();
  }
}

const execution = z.looseObject({
  executionArn: z.string(),
  status: z.string(),
  output: z.string().optional(),
  error: z.string().optional(),
  cause: z.string().optional(),
});
export type Execution = z.infer<typeof execution>;
const history = z.object({
  events: z.array(z.looseObject({ id: z.number(), previousEventId: z.number(), type: z.string() })),
});

export async function workbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const started: { sfn?: StepFunctions } = {};
  const clock = options.clock ?? createClock({ settled: async () => started.sfn?.idle() });
  const calls: { operation: string; body: unknown }[] = [];
  const dynamodb: DynamoDb = options.dynamodb ?? (async () => ({ status: 200, body: {} }));
  const sfn = await createStepFunctions({
    file: options.file ?? ':memory:',
    clock,
    lambda: { invoke: options.invoke ?? (async (_name, payload) => ({ payload, requestId: 'request' })) },
    dynamodb: async (operation, body) => {
      calls.push({ operation, body });
      return dynamodb(operation, body);
    },
    region: 'us-east-1',
    accountId: '111111111111',
    ...(options.notices === undefined ? {} : { notices: options.notices }),
  });
  started.sfn = sfn;
  return new Workbench(sfn, clock, calls);
}

/** A place of a journey: writes its token into an item and waits. */
export function place(next: Record<string, unknown>): Record<string, unknown> {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken',
    Arguments: { TableName: 'Book', Key: { pk: { S: 'dossier' } }, token: '{% $states.context.Task.Token %}' },
    ...next,
  };
}

export function jsonata(startAt: string, states: Record<string, unknown>): Record<string, unknown> {
  return { QueryLanguage: 'JSONata', StartAt: startAt, States: states };
}
