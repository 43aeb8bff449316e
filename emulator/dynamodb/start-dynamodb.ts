import { fork, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { withFile } from '../data-directory/file-problem.ts';
import { jsonClient, type JsonAnswer, type JsonCall } from './aws-json-client.ts';
import { dynoxideBinary } from './binary.ts';
import { anyFreePort } from '../port.ts';
import { freeDatabaseFile } from './pid-file.ts';
import { openStreamRecords, type StreamRecords } from './stream-records.ts';

export interface DynamoDb {
  /** `http://<loopback address>:<port>`, the same for as long as it lives, restarts of the database included. */
  readonly endpoint: string;
  /**
   * One call of DynamoDB, for example `call('GetItem', {...})`; failures of DynamoDB come as an answer with a status of
   * 400 or more.
   */
  readonly call: (operation: string, body: unknown) => Promise<JsonAnswer>;
  /** One call of DynamoDB Streams. */
  readonly callStreams: (operation: string, body: unknown) => Promise<JsonAnswer>;
  /** The refusal of a call of DynamoDB Streams that whoever passes calls on past `callStreams` has to give first. */
  readonly streamRefusal: StreamRecords['refusalOf'];
  /**
   * Since when a record is known to be on its stream: see StreamRecords; undefined with a database that is not our own.
   */
  readonly writtenBy: StreamRecords['writtenBy'];
  /** Says that somebody wrote: whoever passes calls on past `call` says it after each. */
  readonly noteWrite: () => void;
  /** Calls `listener` after every write by `call` and every `noteWrite`. Returns the way out. */
  readonly onWrite: (listener: () => void) => () => void;
  /** Ends the database and waits until its port and file are free. */
  readonly close: () => Promise<void>;
}

export interface DynamoDbOptions {
  /** Its file lies in `<dataDir>/dynamodb/`. */
  readonly dataDir: string;
  /** Epoch milliseconds of the virtual clock, by which stream records grow old; default: the real time. */
  readonly now?: () => number;
  /** Told in a sentence when the database had to be started again. */
  readonly log?: (line: string) => void;
  /** A DynamoDB that runs already; default `DYNAMODB_ENDPOINT`. */
  readonly endpoint?: string | undefined;
}

/** The message says in a sentence why. */
export class DynamoDbDoesNotStart extends Error {
  override readonly name = 'DynamoDbDoesNotStart';
}

/** The operations that can put a record on a stream. */
export const writeOperations: ReadonlySet<string> = new Set([
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'TransactWriteItems',
  'ExecuteStatement',
  'BatchExecuteStatement',
  'ExecuteTransaction',
]);

/**
 * Starts dynoxide on a free loopback port with its file in the data directory, or uses the DynamoDB named by
 * `endpoint`.
 * @throws NoDynamoDbForThisMachine, DataInUse, FileProblem, or DynamoDbDoesNotStart with the database's last words
 */
export async function startDynamoDb(options: DynamoDbOptions): Promise<DynamoDb> {
  const given = options.endpoint ?? process.env['DYNAMODB_ENDPOINT'];
  return given === undefined || given === '' ? await startOwn(options) : await useGiven(given);
}

async function useGiven(endpoint: string): Promise<DynamoDb> {
  const client = jsonClient(endpoint);
  try {
    await untilItAnswers(client.call, () => undefined);
  } catch (cause) {
    throw new DynamoDbDoesNotStart(`The DynamoDB named by DYNAMODB_ENDPOINT does not answer: ${endpoint}`, { cause });
  }
  return dynamoDb(endpoint, client, undefined, () => Promise.resolve());
}

async function startOwn({ dataDir, now = Date.now, log = () => {} }: DynamoDbOptions): Promise<DynamoDb> {
  const binary = dynoxideBinary();
  const directory = resolve(dataDir, 'dynamodb');
  withFile(directory, () => mkdirSync(directory, { recursive: true }));
  const databaseFile = join(directory, 'book.db');
  const pidFile = join(directory, 'dynoxide.pid');
  await freeDatabaseFile(pidFile, databaseFile);

  // Dynoxide does not say which port it got when asked for any.
  const port = await anyFreePort();
  const host = secretAddress();
  const endpoint = `http://${host}:${port}`;
  const supervisor = startSupervisor([binary, databaseFile, host, String(port), pidFile]);
  const client = jsonClient(endpoint);
  const deaths = watchDeaths(supervisor);
  let records: StreamRecords;
  try {
    await untilItAnswers(client.call, deaths.last);
    records = withFile(databaseFile, () => openStreamRecords(databaseFile, now, log));
  } catch (cause) {
    await endSupervisor(supervisor);
    throw cause;
  }
  deaths.tell((death) =>
    log(
      death.hopeless
        ? `DynamoDB cannot be kept running, start again: it ${death.died}`
        : `DynamoDB was started again, it had ${death.died}`,
    ),
  );
  return dynamoDb(endpoint, client, records, async () => {
    deaths.tell(() => {});
    records.close();
    await endSupervisor(supervisor);
    // A supervisor that was killed has left its child behind.
    await freeDatabaseFile(pidFile, databaseFile);
  });
}

/**
 * Dynoxide lets in pages of every site and checks no signature, so its address is nobody's to know: one of the sixteen
 * million of the loopback. Its package is for Linux, which has them all.
 */
function secretAddress(): string {
  return `127.${randomInt(1, 255)}.${randomInt(256)}.${randomInt(1, 255)}`;
}

/** @param records of a database that is our own */
function dynamoDb(
  endpoint: string,
  client: ReturnType<typeof jsonClient>,
  records: StreamRecords | undefined,
  end: () => Promise<void>,
): DynamoDb {
  const listeners = new Set<() => void>();
  const noteWrite = () => {
    records?.tend();
    for (const listener of listeners) listener();
  };
  const streamRefusal: DynamoDb['streamRefusal'] = (operation, body) => {
    records?.tend();
    return records?.refusalOf(operation, body);
  };
  return {
    endpoint,
    async call(operation, body) {
      const answer = await client.call(`DynamoDB_20120810.${operation}`, body);
      if (writeOperations.has(operation)) noteWrite();
      return answer;
    },
    callStreams: async (operation, body) =>
      streamRefusal(operation, body) ?? (await client.call(`DynamoDBStreams_20120810.${operation}`, body)),
    streamRefusal,
    writtenBy: (table, sequenceNumber) => records?.writtenBy(table, sequenceNumber),
    noteWrite,
    onWrite(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      listeners.clear();
      client.close();
      await end();
    },
  };
}

/**
 * Detached: Ctrl-C in a terminal reaches the whole process group, and the database must outlive the requests that are
 * still under way.
 */
function startSupervisor(args: readonly string[]): ChildProcess {
  const program = fileURLToPath(new URL('./supervisor.ts', import.meta.url));
  return fork(program, args, { detached: true, execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
}

async function endSupervisor(supervisor: ChildProcess): Promise<void> {
  if (supervisor.exitCode !== null || supervisor.signalCode !== null) return;
  const gone = once(supervisor, 'exit');
  if (supervisor.connected) supervisor.disconnect();
  await gone;
}

const Death = z.object({ died: z.string(), hopeless: z.boolean() });
type Death = z.infer<typeof Death>;

function watchDeaths(supervisor: ChildProcess): {
  readonly last: () => Death | undefined;
  readonly tell: (listener: (death: Death) => void) => void;
} {
  let last: Death | undefined;
  let listener: ((death: Death) => void) | undefined;
  supervisor.on('exit', () => {
    last = { died: 'lost its supervisor', hopeless: true };
    listener?.(last);
  });
  supervisor.on('message', (message) => {
    last = Death.parse(message);
    listener?.(last);
  });
  return {
    last: () => last,
    tell: (to) => {
      listener = to;
    },
  };
}

const answerPatienceMs = 10_000;

async function untilItAnswers(call: JsonCall, lastDeath: () => Death | undefined): Promise<void> {
  const end = performance.now() + answerPatienceMs;
  for (;;) {
    const death = lastDeath();
    if (death?.hopeless === true) throw new DynamoDbDoesNotStart(`DynamoDB does not start: it ${death.died}`);
    const answer = await Promise.race([call('DynamoDB_20120810.ListTables', {}).catch(() => undefined), sleep(250)]);
    if (answer?.status === 200) return;
    if (performance.now() > end)
      throw new DynamoDbDoesNotStart(
        `DynamoDB does not answer within ${answerPatienceMs / 1000} seconds. Is the machine very busy? Start again.`,
      );
    await sleep(10);
  }
}
