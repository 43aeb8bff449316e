import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';
import { createClock } from '../../clock/virtual-clock.ts';
import { eachInTurn } from '../in-turn.ts';
import { createStepFunctions, type StepFunctions } from '../index.ts';

const journeyPlaces = 8;
const atOnce = 100;
const callbacksAtOnce = 10;
const mostStartsAtOnce = 500;

/** A journey of places that each write a token and wait for it, then an end. */
function definition(): string {
  const states: Record<string, unknown> = { Delivered: { Type: 'Succeed' } };
  for (let index = 0; index < journeyPlaces; index += 1) {
    states[`Place${index}`] = {
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken',
      Arguments: { Key: { pk: { S: '{% $states.input.id %}' } }, token: '{% $states.context.Task.Token %}' },
      TimeoutSeconds: '{% 86400 * 30 %}',
      Output: { id: '{% $states.input.id %}' },
      Next: index + 1 < journeyPlaces ? `Place${index + 1}` : 'Delivered',
    };
  }
  return JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Place0', States: states });
}

const written = z.object({ Key: z.object({ pk: z.object({ S: z.string() }) }), token: z.string() });

/** An engine on a file, with the tokens that its tasks wrote, by dossier. */
export class Post {
  readonly sfn: StepFunctions;
  readonly #machineArn: string;
  readonly #tokens: Map<string, (token: string) => void>;

  private constructor(sfn: StepFunctions, machineArn: string, tokens: Map<string, (token: string) => void>) {
    this.sfn = sfn;
    this.#machineArn = machineArn;
    this.#tokens = tokens;
  }

  static async open(file: string): Promise<Post> {
    const tokens = new Map<string, (token: string) => void>();
    const sfn = await createStepFunctions({
      file,
      clock: createClock(),
      lambda: { invoke: async (_name, payload) => ({ payload, requestId: 'none' }) },
      dynamodb: async (_operation, body) => {
        const { Key, token } = written.parse(body);
        tokens.get(Key.pk.S)?.(token);
        return { status: 200, body: {} };
      },
      region: 'ap-southeast-1',
      accountId: '000000000000',
    });
    const body = await accepted(sfn, 'CreateStateMachine', {
      name: 'bench',
      definition: definition(),
      roleArn: 'role',
    });
    return new Post(sfn, z.object({ stateMachineArn: z.string() }).parse(body).stateMachineArn, tokens);
  }

  /** The token of the dossier's next place. */
  nextToken(id: string): Promise<string> {
    return new Promise((resolve) => {
      this.#tokens.set(id, resolve);
    });
  }

  async start(id: string): Promise<string> {
    const token = this.nextToken(id);
    await accepted(this.sfn, 'StartExecution', {
      stateMachineArn: this.#machineArn,
      name: id,
      input: JSON.stringify({ id }),
    });
    return token;
  }

  /** Answers a token and gives that of the next place. */
  async advance(id: string, taskToken: string): Promise<string> {
    const next = this.nextToken(id);
    await this.answer(id, taskToken);
    return next;
  }

  async answer(id: string, taskToken: string): Promise<void> {
    await accepted(this.sfn, 'SendTaskSuccess', { taskToken, output: JSON.stringify({ id }) });
  }

  async startMany(prefix: string, count: number): Promise<void> {
    const groups = Array.from({ length: Math.ceil(count / mostStartsAtOnce) }, (_, group) => group * mostStartsAtOnce);
    await eachInTurn(groups, (first) =>
      Promise.all(
        Array.from({ length: Math.min(mostStartsAtOnce, count - first) }, (_, index) =>
          this.start(`${prefix}-${first + index}`),
        ),
      ),
    );
    await this.sfn.idle();
  }
}

async function accepted(sfn: StepFunctions, operation: string, body: unknown): Promise<unknown> {
  const answer = await sfn.handle(operation, body);
  if (answer.status !== 200) throw new Error(`${operation}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Carries whole journeys, a hundred at once. */
export async function journeys(file: string, count: number): Promise<{ perSecond: number }> {
  const post = await Post.open(file);
  const waiting = Array.from({ length: count }, (_, index) => `D-${index}`);
  const began = performance.now();
  await Promise.all(Array.from({ length: atOnce }, () => carryAll(post, waiting)));
  await post.sfn.idle();
  const seconds = (performance.now() - began) / 1_000;
  await post.sfn.close();
  return { perSecond: (count * (journeyPlaces + 1)) / seconds };
}

async function carryAll(post: Post, waiting: string[]): Promise<void> {
  const id = waiting.pop();
  if (id === undefined) return;
  let token = await post.start(id);
  await eachInTurn(Array.from({ length: journeyPlaces - 1 }), async () => {
    token = await post.advance(id, token);
  });
  await post.answer(id, token);
  await carryAll(post, waiting);
}

/**
 * From the call of a callback to the entry of the next state, durable, with its task called: a hundred open, ten
 * callbacks at once.
 */
export async function callbackLatency(file: string): Promise<{ p50: number; p99: number }> {
  const post = await Post.open(file);
  const open = await Promise.all(
    Array.from({ length: atOnce }, async (_, index) => ({ id: `L-${index}`, token: await post.start(`L-${index}`) })),
  );
  const times: number[] = [];
  const steps = Array.from({ length: journeyPlaces - 1 }, () => open).flat();
  await Promise.all(Array.from({ length: callbacksAtOnce }, () => advanceAll(post, steps, times)));
  await post.sfn.close();
  return { p50: part(times, 0.5), p99: part(times, 0.99) };
}

async function advanceAll(post: Post, steps: { id: string; token: string }[], times: number[]): Promise<void> {
  const dossier = steps.shift();
  if (!dossier) return;
  const began = performance.now();
  dossier.token = await post.advance(dossier.id, dossier.token);
  times.push(performance.now() - began);
  await advanceAll(post, steps, times);
}

/** The time that a part of the measurements stays under. The median is not moved by what else the disk has to do. */
function part(times: readonly number[], share: number): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length * share)] ?? 0;
}

export interface OpenCost {
  readonly executions: number;
  /** Median. */
  readonly msPerTransition: number;
  readonly restartMs: number;
  readonly residentMb: number;
}

/** What a transition, a start and the memory cost with many executions open. */
export async function* openExecutions(directory: string, counts: readonly number[]): AsyncGenerator<OpenCost> {
  const file = join(directory, 'open.db');
  let open = 0;
  for (const executions of counts) {
    const more = executions - open;
    open = executions;
    yield costAt(file, executions, more);
  }
}

const transitions = 200;
const probe = z.object({ restartMs: z.number(), residentMb: z.number() });

async function costAt(file: string, executions: number, more: number): Promise<OpenCost> {
  const post = await Post.open(file);
  await post.startMany(`O-${executions}`, more);
  const ids = Array.from({ length: transitions / (journeyPlaces - 1) }, (_, index) => `P-${executions}-${index}`);
  const times: number[] = [];
  await eachInTurn(ids, async (id) => {
    let token = await post.start(id);
    await eachInTurn(Array.from({ length: journeyPlaces - 1 }), async () => {
      const began = performance.now();
      token = await post.advance(id, token);
      times.push(performance.now() - began);
    });
  });
  await post.sfn.close();
  // A process of its own: what it holds is what a fresh start holds.
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--no-warnings',
    fileURLToPath(new URL('./restart.ts', import.meta.url)),
    file,
  ]);
  return { executions, msPerTransition: part(times, 0.5), ...probe.parse(JSON.parse(stdout)) };
}
