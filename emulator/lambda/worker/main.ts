/**
 * The Lambda runtime inside a worker thread: loads the handler, then answers one invocation after the other.
 * Started by `instance.ts` with WorkerSettings.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { Invocation, WorkerMessage, WorkerSettings } from '../messages.ts';
import { loadHandler, type Handler } from './load-handler.ts';
import { logInto } from './log-lines.ts';
import { failurePayload, RuntimeFailure } from './runtime-failure.ts';
import { followVirtualClock } from './virtual-date.ts';

const settings = settingsIn(workerData);
const memoryLookMs = 100;
let requestId = '';

followVirtualClock(settings.sharedTime);
logInto(settings.logFile, settings.jsonLog, () => requestId);
process.on('uncaughtException', (error) => fall(error, 129));
process.on('unhandledRejection', (reason) =>
  fall(new RuntimeFailure('Runtime.UnhandledPromiseRejection', String(reason), { cause: reason }), 128),
);
setInterval(keepWithinMemory, memoryLookMs).unref();
await begin();

async function begin(): Promise<void> {
  try {
    const handler = await loadHandler(settings.taskRoot, settings.handler);
    parentPort?.on('message', (invocation: Invocation) => void answer(handler, invocation));
    tell({ kind: 'ready', payload: '' });
  } catch (error) {
    tell({ kind: 'unready', payload: failurePayload(error) });
  }
}

async function answer(handler: Handler, invocation: Invocation): Promise<void> {
  requestId = invocation.requestId;
  try {
    const result = await handler(JSON.parse(invocation.payload), contextOf(invocation));
    keepWithinMemory();
    tell({ kind: 'answer', payload: textOf(result) });
  } catch (error) {
    tell({ kind: 'failure', payload: failurePayload(error) });
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
function contextOf({ requestId: awsRequestId, timeoutMs }: Invocation): object {
  const deadline = performance.now() + timeoutMs;
  return {
    awsRequestId,
    functionName: settings.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: settings.functionArn,
    memoryLimitInMB: String(settings.memoryMb),
    logGroupName: `/aws/lambda/${settings.functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
  };
}

function textOf(result: unknown): string {
  // What has no JSON is answered as null.
  if (['undefined', 'function', 'symbol'].includes(typeof result)) return 'null';
  try {
    return JSON.stringify(result);
  } catch (cause) {
    throw new RuntimeFailure('Runtime.MarshalError', 'Unable to stringify response body', { cause });
  }
}

/** The heap's limit is the thread's own; buffers lie outside of it and are counted here. */
function keepWithinMemory(): void {
  const { heapUsed, external } = process.memoryUsage();
  if (heapUsed + external <= settings.memoryMb * 1024 * 1024) return;
  tell({ kind: 'tooBig', payload: '' });
  process.exit(137);
}

/** Something was thrown where nobody catches: the runtime reports it and ends, and the next call starts cold. */
function fall(error: unknown, exitCode: number): never {
  console.error('Uncaught Exception', error);
  tell({ kind: 'fallen', payload: failurePayload(error) });
  process.exit(exitCode);
}

function settingsIn(data: unknown): WorkerSettings {
  if (isSettings(data)) return data;
  throw new TypeError('This thread was not started as an instance of a function.');
}

function isSettings(data: unknown): data is WorkerSettings {
  return (
    typeof data === 'object' && data !== null && 'sharedTime' in data && data.sharedTime instanceof SharedArrayBuffer
  );
}

function tell(message: WorkerMessage): void {
  parentPort?.postMessage(message, []);
}
