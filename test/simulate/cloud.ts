import * as z from 'zod';
import { editions } from '../../domain/execution/editions.ts';
import { executionName } from '../../domain/codes/dossier-id.ts';
import type { Executions } from '../../domain/ports/executions.ts';
import { createStepFunctions, type StepFunctions } from '../../emulator/stepfunctions/index.ts';
import { advanceJourney } from '../../lambdas/advance-journey/advance-journey.ts';
import { recordOverdue } from '../../lambdas/record-overdue/record-overdue.ts';
import { resumeExecution } from '../../lambdas/resume-execution/resume-execution.ts';
import { sweepDue } from '../../lambdas/sweep-due/sweep-due.ts';
import { journeyDefinition } from '../../statemachines/dossier-journey.ts';
import { memoryBook, type MemoryBook } from '../doubles/book.ts';
import { Faults, stormy } from './faults.ts';
import type { Planted } from './planted.ts';
import type { Random } from './random.ts';
import { Scheduler, StandingClock } from './scheduler.ts';

/** The cloud in one process: the book, its stream, Step Functions with the real definition, the sweep, the events. */
export interface Cloud {
  readonly clock: StandingClock;
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  /** As the functions see it, with all its failures, and as it is. */
  readonly book: MemoryBook;
  readonly truth: MemoryBook;
  readonly sfn: StepFunctions;
  /** What waits to be told: stream records in their order, and events of executions. */
  readonly stream: string[];
  readonly ended: { readonly dossierId: string; readonly generation: number }[];
  /** Hands out so many stream records, as Lambda would: what fails comes again. */
  deliver(most: number): Promise<void>;
  /** Hands out the events of executions that ended. */
  tellEnds(): Promise<void>;
  sweep(): Promise<void>;
  execution(
    dossierId: string,
    generation: number,
  ): Promise<{ readonly status: string; readonly input: string } | undefined>;
  stop(dossierId: string, generation: number): Promise<void>;
  /** Runs something of the outside world beside everything else. */
  spawn(work: () => Promise<unknown>): void;
  close(): Promise<void>;
}

const region = 'us-east-1';
const accountId = '111111111111';
const arn = `arn:aws:states:${region}:${accountId}:stateMachine:journey`;
function executionArn(dossierId: string, generation: number): string {
  return `${arn.replace(':stateMachine:', ':execution:')}:${executionName(dossierId, generation)}`;
}

const Arrival = z.object({
  Key: z.object({ pk: z.object({ S: z.string() }) }),
  ExpressionAttributeValues: z.object({
    ':place': z.object({ S: z.string() }),
    ':token': z.object({ S: z.string() }),
    ':followed': z.object({ N: z.coerce.number() }),
    ':generation': z.object({ N: z.coerce.number() }),
    ':since': z.object({ S: z.string() }),
    ':edition': z.object({ N: z.coerce.number() }),
    ':renewal': z.object({ S: z.string() }),
  }),
});

const Described = z.object({ status: z.string(), startDate: z.number(), input: z.string() });
const Named = z.object({ ['__type']: z.string() }).transform((said) => said['__type']);

/** @param planted a bug to put in, for whoever tests the simulation */
export async function cloudFrom(random: Random, start: number, planted: Planted = {}): Promise<Cloud> {
  const scheduler = new Scheduler(random);
  const clock = new StandingClock(start, () => scheduler.settle());
  const faults = new Faults();
  const stream: string[] = [];
  const ended: { dossierId: string; generation: number }[] = [];
  const truth = writing(memoryBook(), (dossierId) => stream.push(dossierId));
  const book = stormy(planted.book?.(truth) ?? truth, scheduler, random, faults);
  const now = (): number => clock.now();

  const overdue = recordOverdue(book, editions, now);
  const sfn = await createStepFunctions({
    file: ':memory:',
    clock,
    region,
    accountId,
    lambda: {
      invoke: async (_name, payload) => {
        const { dossierId } = z.object({ dossierId: z.string() }).parse(JSON.parse(payload));
        try {
          return { payload: JSON.stringify(await overdue(dossierId)), requestId: 'r' };
        } catch (error) {
          const errorMessage = error instanceof Error ? error.message : 'unknown';
          return {
            payload: JSON.stringify({ errorType: 'Error', errorMessage }),
            requestId: 'r',
            functionError: 'Unhandled' as const,
          };
        }
      },
    },
    dynamodb: async (_operation, body) => {
      await scheduler.turn();
      if (random.chance(faults.storm / 2)) {
        faults.count('throttled');
        return { status: 400, body: { __type: 'ThrottlingException', message: 'too much' } };
      }
      const { Key, ExpressionAttributeValues: said } = Arrival.parse(body);
      const dossierId = Key.pk.S.replace('DOSSIER#', '');
      const arrival = {
        place: said[':place'].S,
        taskToken: said[':token'].S,
        followed: said[':followed'].N,
        generation: said[':generation'].N,
        edition: said[':edition'].N,
        waitingSince: Date.parse(said[':since'].S),
        renewAt: Date.parse(said[':renewal'].S),
      };
      const line = await truth.executionLine(dossierId);
      const isForwards =
        planted.backwards === true ||
        line === undefined ||
        line.generation < arrival.generation ||
        (line.generation === arrival.generation &&
          ((line.wait?.followed ?? 0) < arrival.followed ||
            (line.wait?.followed === arrival.followed && (line.waitingSince ?? 0) <= arrival.waitingSince)));
      if (!isForwards)
        return {
          status: 400,
          body: { __type: 'ConditionalCheckFailedException', message: 'The conditional request failed' },
        };
      await truth.arrive(dossierId, arrival);
      return { status: 200, body: {} };
    },
    notices: {
      takes: (change) => ['FAILED', 'TIMED_OUT', 'ABORTED'].includes(String(change.detail['status'])),
      put: async ({ detail }) => {
        const parts = /^(.+)-(\d+)$/.exec(String(detail['name']));
        if (parts?.[1] === undefined) return;
        if (random.chance(faults.storm)) faults.count('event-lost');
        else ended.push({ dossierId: parts[1], generation: Number(parts[2]) });
      },
    },
  });
  scheduler.isIdle = () => sfn.idle();
  await sfn.handle('CreateStateMachine', {
    name: 'journey',
    definition: JSON.stringify(journeyDefinition())
      .replaceAll('${BookTable}', 'Book')
      .replaceAll('${RecordOverdueFunction}', `arn:aws:lambda:${region}:${accountId}:function:record-overdue`),
    roleArn: `arn:aws:iam::${accountId}:role/machine`,
  });
  const executions = stormy(executionsOn(sfn), scheduler, random, faults);
  const advance = (planted.advance ?? advanceJourney)(book, executions, editions, now);
  const resume = (planted.resume ?? resumeExecution)(book, now);
  const sweeping = (planted.sweep ?? sweepDue)(
    book,
    () => false,
    now,
    async () => undefined,
  );

  const deliver = async (most: number): Promise<void> => {
    const batch = stream.splice(0, most);
    if (batch.length > 1 && random.chance(faults.storm)) faults.count('record-late');
    for (const [index, dossierId] of batch.entries()) {
      try {
        await advance(dossierId);
      } catch {
        // From the failed record on, everything comes again.
        if (planted.losesBatch !== true) stream.unshift(...batch.slice(index));
        return;
      }
    }
    if (batch.length > 0 && random.chance(faults.storm)) {
      faults.count('told-twice');
      stream.unshift(...batch);
    }
  };

  return {
    clock,
    scheduler,
    faults,
    book,
    truth,
    sfn,
    stream,
    ended,
    deliver,
    tellEnds: async () => {
      for (const one of ended.splice(0)) await resume(one).catch(() => void ended.push(one));
    },
    sweep: async () => void (await sweeping().catch(() => undefined)),
    execution: async (dossierId, generation) => {
      const { status, body } = await sfn.handle('DescribeExecution', {
        executionArn: executionArn(dossierId, generation),
      });
      return status === 200 ? Described.parse(body) : undefined;
    },
    stop: async (dossierId, generation) =>
      void (await sfn.handle('StopExecution', { executionArn: executionArn(dossierId, generation), error: 'Ops' })),
    spawn: (work) => void work().catch(() => undefined),
    close: () => sfn.close(),
  };
}

/** Every write of the book is a record of its stream. */
function writing(book: MemoryBook, tell: (dossierId: string) => void): MemoryBook {
  return {
    ...book,
    lay: (dossier, events) => {
      book.lay(dossier, events);
      tell(dossier.dossierId);
    },
    append: async (step, personal) => {
      const written = await book.append(step, personal);
      if (written === 'written' && step.event.milestone) tell(step.dossier.dossierId);
      return written;
    },
    arrive: async (dossierId, arrival) => {
      await book.arrive(dossierId, arrival);
      tell(dossierId);
    },
    replace: async (dossierId, generation, change, now) => {
      const written = await book.replace(dossierId, generation, change, now);
      if (written === 'written') tell(dossierId);
      return written;
    },
    nudge: async (dossierId, now) => {
      await book.nudge(dossierId, now);
      tell(dossierId);
    },
  };
}

/** Step Functions as the functions call it, without a network between. */
function executionsOn(sfn: StepFunctions): Executions {
  const failure = (body: unknown): Error => Object.assign(new Error(Named.parse(body)), { $metadata: {} });
  const unlessGone = async (operation: string, input: unknown): Promise<'led' | 'gone'> => {
    const { status, body } = await sfn.handle(operation, input);
    if (status === 200) return 'led';
    if (/TaskTimedOut|TaskDoesNotExist|InvalidToken/.test(Named.parse(body))) return 'gone';
    throw failure(body);
  };
  return {
    start: async (dossierId, generation, resumeAt, position) => {
      const input = JSON.stringify({ dossierId, generation, resumeAt, ...position });
      const name = executionName(dossierId, generation);
      const { status, body } = await sfn.handle('StartExecution', { stateMachineArn: arn, name, input });
      if (status === 200) return 'started';
      if (/ExecutionAlreadyExists/.test(Named.parse(body))) return 'exists';
      throw failure(body);
    },
    leadOn: async (taskToken, position) =>
      unlessGone('SendTaskSuccess', { taskToken, output: JSON.stringify(position) }),
    leadAside: async (taskToken, to, position) =>
      unlessGone('SendTaskFailure', { taskToken, error: to, cause: JSON.stringify(position) }),
    status: async (dossierId, generation) => {
      const { status, body } = await sfn.handle('DescribeExecution', {
        executionArn: executionArn(dossierId, generation),
      });
      if (status !== 200) return undefined;
      const { status: standing, startDate } = Described.parse(body);
      return { isRunning: standing === 'RUNNING', startedAt: startDate * 1000 };
    },
    end: async (dossierId, generation, taskToken) => {
      const error = 'DynamoDb.ConditionalCheckFailedException';
      if (taskToken !== undefined && (await unlessGone('SendTaskFailure', { taskToken, error })) === 'led') return;
      await sfn.handle('StopExecution', { executionArn: executionArn(dossierId, generation), error: 'Superseded' });
    },
  };
}
