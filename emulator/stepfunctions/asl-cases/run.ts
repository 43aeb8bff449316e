import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { createClock } from '../../clock/virtual-clock.ts';
import { listen } from '../http.ts';
import { createStepFunctions } from '../index.ts';
import type { JsonObject } from '../json.ts';
import type { RecordedCase } from './cases.ts';
import type { Observed } from './compare.ts';
import { RecordedFunctions } from './lambdas.ts';

const regionHere = 'us-east-1';
const account = '111111111111';
const longestRealWaitMs = 120_000;

/** A place where recorded cases can be run. */
export interface Endpoint {
  readonly url: string;
  /** Makes the functions of a case known, where the endpoint is ours. */
  prepare(recorded: RecordedCase): void;
  /** Lets time pass until something more may have happened. */
  wait(): Promise<void>;
  close(): Promise<void>;
}

/** Our own Step Functions, in memory, with a clock that skips every wait. */
export async function throwAwayEndpoint(): Promise<Endpoint> {
  const clock = createClock();
  const lambda = new RecordedFunctions();
  const stepFunctions = await createStepFunctions({
    file: ':memory:',
    clock,
    lambda,
    dynamodb: async () => ({
      status: 400,
      body: { __type: 'ResourceNotFoundException', message: 'Requested resource not found' },
    }),
    region: regionHere,
    accountId: account,
  });
  const server = await listen(stepFunctions, 0);
  return {
    url: server.url,
    prepare: (recorded) => recorded.lambdas.forEach(({ name, source }) => lambda.add(name, source)),
    wait: async () => {
      const due = clock.nextDue();
      await (due === undefined ? sleep(5) : clock.jumpTo(Math.max(due, clock.now())));
    },
    close: async () => {
      await server.close();
      await stepFunctions.close();
    },
  };
}

/** Somebody else's endpoint, in real time. Its functions have to be there already. */
export function remoteEndpoint(url: string): Endpoint {
  return { url, prepare: () => undefined, wait: () => sleep(200), close: async () => undefined };
}

const described = z.object({
  status: z.string(),
  output: z.string().optional(),
  error: z.string().optional(),
  cause: z.string().optional(),
});
const page = z.object({ events: z.array(z.record(z.string(), z.json())), nextToken: z.string().optional() });

/**
 * Runs one case over the protocol.
 * @param name of the state machine and the execution
 * @throws when the endpoint refuses a call, or the execution does not end in two minutes
 */
export async function runCase(endpoint: Endpoint, recorded: RecordedCase, name: string): Promise<Observed> {
  endpoint.prepare(recorded);
  const { stateMachineArn } = z.object({ stateMachineArn: z.string() }).parse(
    await call(endpoint, 'CreateStateMachine', {
      name,
      definition: JSON.stringify(recorded.definition),
      roleArn: `arn:aws:iam::${account}:role/${name}`,
    }),
  );
  const { executionArn } = z
    .object({ executionArn: z.string() })
    .parse(await call(endpoint, 'StartExecution', { stateMachineArn, name, input: JSON.stringify(recorded.input) }));
  const { status, output, error, cause } = await ended(endpoint, executionArn);
  const history = await historyOf(endpoint, executionArn);
  return {
    status,
    history,
    ...(output === undefined ? {} : { output }),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
  };
}

async function ended(endpoint: Endpoint, executionArn: string): Promise<z.infer<typeof described>> {
  const giveUp = AbortSignal.timeout(longestRealWaitMs);
  for await (const execution of looks(endpoint, executionArn)) {
    if (execution.status !== 'RUNNING') return execution;
    giveUp.throwIfAborted();
    await endpoint.wait();
  }
  throw new Error(`${executionArn} has no end`);
}

/** Looks at the execution again and again. */
async function* looks(endpoint: Endpoint, executionArn: string): AsyncGenerator<z.infer<typeof described>> {
  for (;;) yield call(endpoint, 'DescribeExecution', { executionArn }).then((body) => described.parse(body));
}

async function historyOf(endpoint: Endpoint, executionArn: string, from?: string): Promise<JsonObject[]> {
  const read = page.parse(
    await call(endpoint, 'GetExecutionHistory', {
      executionArn,
      includeExecutionData: true,
      ...(from === undefined ? {} : { nextToken: from }),
    }),
  );
  return read.nextToken === undefined
    ? read.events
    : [...read.events, ...(await historyOf(endpoint, executionArn, read.nextToken))];
}

async function call(endpoint: Endpoint, operation: string, body: unknown): Promise<unknown> {
  const response = await fetch(endpoint.url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-amz-json-1.0', 'X-Amz-Target': `AWSStepFunctions.${operation}` },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${operation} was refused: ${JSON.stringify(answer)}`);
  return answer;
}
