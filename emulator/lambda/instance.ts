import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { answerTooLong, exited, longestAnswerBytes, outOfMemory, timedOut } from './failures.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { LogFile } from '../data-directory/log-file.ts';
import { reportLine } from './report-line.ts';
import type { Invocation, WorkerMessage, WorkerSettings } from './messages.ts';

/**
 * Lambda gives the code outside of the handler ten seconds:
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
const initTimeoutMs = 10_000;

export interface Outcome {
  readonly ok: boolean;
  /** JSON text: the answer, or the failure in Lambda's words. */
  readonly payload: string;
}

/** One execution environment: a worker thread with one copy of the code, and one invocation at a time. */
export interface Instance {
  /** False once the thread has ended or must not be used again. */
  readonly alive: boolean;
  run(invocation: Omit<Invocation, 'timeoutMs'>): Promise<Outcome>;
  end(): Promise<void>;
}

export interface InstanceOptions {
  readonly definition: FunctionDefinition;
  readonly environment: Readonly<Record<string, string>>;
  readonly sharedTime: SharedArrayBuffer;
  readonly log: LogFile;
}

/** Starts a cold instance: the thread loads the bundle at once, and the first `run` waits for it. */
export function startInstance({ definition, environment, sharedTime, log }: InstanceOptions): Instance {
  const { memoryMb, timeoutMs } = definition;
  const settings: WorkerSettings = {
    taskRoot: definition.taskRoot,
    handler: definition.handler,
    functionName: definition.name,
    functionArn: definition.arn,
    memoryMb,
    logFile: log.file,
    jsonLog: definition.jsonLog,
    sharedTime,
  };
  const worker = new Worker(new URL('./worker/main.ts', import.meta.url), {
    name: definition.name,
    env: environment,
    argv: [],
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdin: false,
    stdout: true,
    stderr: true,
    workerData: settings,
    // When the heap is full Node grants 16 MB more, so that a collection can still end and the thread be stopped. What
    // survives a
    // young collection at once must fit in there, or the whole process is lost with the thread: hence a small young
    // generation.
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 8 },
  });
  worker.stdout.on('data', (chunk: Buffer) => log.write(chunk.toString('utf8')));
  worker.stderr.on('data', (chunk: Buffer) => log.write(chunk.toString('utf8')));

  let alive = true;
  let initMs: number | undefined;
  const startedAt = performance.now();
  const waiting = new Set<(word: Word) => void>();
  const say = (word: Word) => {
    for (const listener of waiting) listener(word);
  };
  // A thread that runs out of memory says so in `error`, and ends in `exit` like any other.
  let killed = false;
  worker.on('error', (error: unknown) => {
    killed =
      typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    log.write(`${String(error)}\n`);
  });
  worker.on('message', (message: WorkerMessage) => {
    if (message.kind === 'fallen') alive = false;
    if (message.kind === 'tooBig') killed = true;
    else say({ message });
  });
  worker.on('exit', (exitCode) => {
    alive = false;
    say({ exitCode });
  });

  function next(patienceMs: number): Promise<Word> {
    return new Promise((resolve) => {
      const listener = (word: Word) => {
        clearTimeout(timer);
        waiting.delete(listener);
        resolve(word);
      };
      const timer = setTimeout(() => listener({ silentForMs: patienceMs }), patienceMs);
      waiting.add(listener);
    });
  }

  async function outcomeOf(requestId: string, word: Word): Promise<Outcome> {
    if ('message' in word) return answered(word.message);
    alive = false;
    if ('silentForMs' in word) {
      await worker.terminate();
      return { ok: false, payload: timedOut(requestId, word.silentForMs) };
    }
    return { ok: false, payload: killed ? outOfMemory(requestId) : exited(requestId, word.exitCode) };
  }

  const init = next(initTimeoutMs).then((word) => {
    initMs = performance.now() - startedAt;
    return word;
  });

  async function run({ requestId, payload }: Omit<Invocation, 'timeoutMs'>): Promise<Outcome> {
    const loaded = await outcomeOf(requestId, await init);
    if (!loaded.ok) {
      alive = false;
      await worker.terminate();
      return loaded;
    }
    if (!alive) return { ok: false, payload: exited(requestId, 0) };
    worker.postMessage({ requestId, payload, timeoutMs } satisfies Invocation, []);
    return outcomeOf(requestId, await next(timeoutMs));
  }

  return {
    get alive() {
      return alive;
    },
    async run(invocation) {
      log.write(`START RequestId: ${invocation.requestId} Version: $LATEST\n`);
      const cold = initMs === undefined;
      const runAt = performance.now();
      const outcome = await run(invocation);
      if (!outcome.ok) log.write(`${invocation.requestId}\t${outcome.payload}\n`);
      const duration = performance.now() - (cold ? startedAt + (initMs ?? 0) : runAt);
      log.write(reportLine(invocation.requestId, duration, memoryMb, cold ? initMs : undefined));
      return outcome;
    },
    async end() {
      if (!alive) return;
      const gone = once(worker, 'exit');
      await worker.terminate();
      await gone;
    },
  };
}

/** What a thread lets hear of itself, or its silence. */
type Word = { readonly message: WorkerMessage } | { readonly exitCode: number } | { readonly silentForMs: number };

function answered({ kind, payload }: WorkerMessage): Outcome {
  if (Buffer.byteLength(payload) > longestAnswerBytes) return { ok: false, payload: answerTooLong() };
  return { ok: kind === 'ready' || kind === 'answer', payload };
}
