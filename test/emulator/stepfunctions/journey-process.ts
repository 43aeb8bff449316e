/**
 * A process that carries one journey to its end and may kill itself at one of its transactions. Started again on the
 * same
 * files it goes on. Arguments: the directory, the number of the transaction, and `before` or `after` it (or nothing).
 * The world around (the item that tokens are written to, the function, the clock's offset) is in files of the
 * directory.
 */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { createClock } from '../../../emulator/clock/virtual-clock.ts';
import { stepFunctionsOn } from '../../../emulator/stepfunctions/index.ts';
import { Store } from '../../../emulator/stepfunctions/store.ts';

const [directory = '', killAt = '0', when = ''] = process.argv.slice(2);
const files = { database: join(directory, 'db'), world: join(directory, 'world'), offset: join(directory, 'offset') };

class MortalStore extends Store {
  #count = 0;

  override transaction(write: () => void): void {
    this.#count += 1;
    const last = this.#count === Number(killAt);
    if (last && when === 'before') process.kill(process.pid, 'SIGKILL');
    super.transaction(write);
    if (last && when === 'after') process.kill(process.pid, 'SIGKILL');
  }
}

/** Appended before the call is answered: what the world has seen, in order. */
function note(what: string): void {
  appendFileSync(files.world, `${what}\n`);
}

function seen(prefix: string): string[] {
  if (!existsSync(files.world)) return [];
  const lines = readFileSync(files.world, 'utf8').split('\n');
  return lines.filter((line) => line.startsWith(prefix)).map((line) => line.slice(prefix.length));
}

const clock = createClock({
  offsetMs: existsSync(files.offset) ? Number(readFileSync(files.offset, 'utf8')) : 0,
  onJump: (offsetMs) => writeFileSync(files.offset, String(offsetMs)),
  settled: () => sfn.idle(),
});
const sfn = stepFunctionsOn(new MortalStore(files.database), {
  clock,
  lambda: {
    invoke: async (_name, payload) => {
      note('invoked');
      return { payload, requestId: 'request' };
    },
  },
  dynamodb: async (_operation, body) => {
    note(`token ${z.object({ token: z.string() }).parse(body).token}`);
    return { status: 200, body: {} };
  },
  region: 'us-east-1',
  accountId: '111111111111',
});

async function call(operation: string, body: unknown): Promise<unknown> {
  const answer = await sfn.handle(operation, body);
  if (answer.status !== 200) throw new Error(`${operation}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

function token(more: Record<string, unknown>): Record<string, unknown> {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken',
    Arguments: { token: '{% $states.context.Task.Token %}' },
    ...more,
  };
}
const definition = JSON.stringify({
  QueryLanguage: 'JSONata',
  StartAt: 'Registered',
  States: {
    Registered: { Type: 'Pass', Assign: { id: '{% $states.input.id %}' }, Next: 'AtAgency' },
    AtAgency: token({
      TimeoutSeconds: 86_400,
      Next: 'Record',
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Wrong' }],
    }),
    Record: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: 'record', Payload: 1 },
      Retry: [{ ErrorEquals: ['Lambda.SdkClientException'], IntervalSeconds: 1, MaxAttempts: 3 }],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Wrong' }],
      Next: 'Rest',
    },
    Rest: { Type: 'Wait', Seconds: 3_600, Next: 'Both' },
    Both: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'Paper', States: { Paper: token({ End: true }) } },
        { StartAt: 'Money', States: { Money: { Type: 'Wait', Seconds: 60, End: true } } },
      ],
      Next: 'Overdue',
    },
    Overdue: token({
      TimeoutSeconds: 3_600,
      Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Delivered' }],
      Next: 'Wrong',
    }),
    Delivered: { Type: 'Succeed', Output: '{% $id %}' },
    Wrong: { Type: 'Fail' },
  },
});

async function* looks(): AsyncGenerator<string> {
  for (;;) {
    yield sfn
      .idle()
      .then(() => call('DescribeExecution', { executionArn }))
      .then((body) => z.object({ status: z.string() }).parse(body).status);
  }
}

const { stateMachineArn } = z
  .object({ stateMachineArn: z.string() })
  .parse(await call('CreateStateMachine', { name: 'journey', definition, roleArn: 'role' }));
const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:dossier`;
// Starting once more is harmless while it runs, and refused when it is over.
await sfn.handle('StartExecution', { stateMachineArn, name: 'dossier', input: '{"id":"D-1"}' });
note('started');
for await (const status of looks()) {
  if (status !== 'RUNNING') break;
  const history = z.object({
    events: z.array(
      z.looseObject({ type: z.string(), stateEnteredEventDetails: z.looseObject({ name: z.string() }).optional() }),
    ),
  });
  const { events } = history.parse(await call('GetExecutionHistory', { executionArn, reverseOrder: true }));
  const place = events.find(({ stateEnteredEventDetails }) => stateEnteredEventDetails !== undefined)
    ?.stateEnteredEventDetails?.name;
  const fresh = seen('token ').filter((candidate) => !seen('answered ').includes(candidate));
  const [next] = fresh;
  if (next !== undefined && place !== 'Overdue') {
    const answer = await sfn.handle('SendTaskSuccess', { taskToken: next, output: '{}' });
    // A token that is used already was accepted before the process died.
    note(`answered ${next}`);
    if (answer.status === 200) note(`accepted ${next}`);
  } else {
    await clock.jumpTo(Math.max(clock.now(), clock.nextDue() ?? clock.now() + 1));
  }
}
const result = {
  execution: await call('DescribeExecution', { executionArn }),
  history: await call('GetExecutionHistory', { executionArn }),
  invoked: seen('invoked').length,
};
console.log(JSON.stringify(result));
await sfn.close();
