import { join } from 'node:path';
import { createAwsEndpoint } from './aws-endpoint/aws-endpoint.ts';
import { authorizerOf, stateMachineKey } from './permissions/principals.ts';
import type { Clock } from './clock/clock.ts';
import { createClock } from './clock/virtual-clock.ts';
import type { OpsDesk } from './console/ops-desk.ts';
import { createConsole } from './console/console.ts';
import { besideS3 } from './control.ts';
import { openClockFile } from './data-directory/clock-file.ts';
import { openDataDirectory } from './data-directory/data-directory.ts';
import { diskFull } from './data-directory/file-problem.ts';
import { isFull, namingFullDisk } from './data-directory/full-disk.ts';
import { openLogFile } from './data-directory/log-file.ts';
import { claimStores } from './data-directory/store-id.ts';
import type { DynamoDb } from './dynamodb/start-dynamodb.ts';
import { startEventBus, type EventBus } from './events/event-bus.ts';
import { invokeConfigsOf } from './events/invoke-config.ts';
import { rulesOf } from './events/rules.ts';
import { startEventSources } from './event-sources.ts';
import { createFaults, type Faults } from './faults.ts';
import { httpApiOf } from './http-api/api-definition.ts';
import { startHttpApi } from './http-api/http-api.ts';
import { plainSignIn, type AppClient, type SignInWords, type TokenRequest } from './cognito/sign-in.ts';
import { startCognito } from './cognito/start-cognito.ts';
import type { SecondNames } from './console/look.ts';
import { userPoolOf } from './cognito/user-pool.ts';
import { functionsOf } from './lambda/function-definition.ts';
import { createLambda, type Lambda } from './lambda/lambda.ts';
import { loadAccessKeys, type AccessKey } from './signature/access-keys.ts';
import { freePort } from './port.ts';
import { startSns } from './sns/sns.ts';
import { ensureStateMachines } from './state-machines.ts';
import { createStepFunctions, type StepFunctions } from './stepfunctions/index.ts';
import { startStores } from './stores.ts';
import type { QueuePoller } from './sqs/start-queue-poller.ts';
import { readAssembly } from './template/read-assembly.ts';
import { readStack, type Stack } from './template/read-stack.ts';

/** Where a stack is that says nothing of it: the account is nobody's. */
const anywhere = { region: 'ap-southeast-1', account: '000000000000' } as const;

/** What a part of somebody else's finds around it: where AWS is, with which key, and what time it is. */
export type Surroundings = Pick<Cloud, 'awsUrl' | 'accessKey' | 'clock'> & { readonly region: string };

export interface CloudOptions {
  /** A synthesized assembly, for example from `synthesize`. */
  readonly assembly: string;
  readonly dataDir: string;
  /** 0 takes any free one, here and below. */
  readonly apiPort: number;
  readonly awsPort: number;
  /** Who signs in, and how a token is asked for without that; by default scope and groups by their own names. */
  readonly signIn?: SignInWords;
  /** What the states of a machine are called in the console beside their names. */
  readonly secondNames?: SecondNames;
  /** What the pages show to whoever operates the system, made of what is around it. */
  readonly opsDesk?: (around: Surroundings) => OpsDesk;
  /** Throws away what lies in `dataDir`. */
  readonly fresh?: boolean;
  /** Told in a sentence of what a developer should know, for example that the database had to be started again. */
  readonly log?: (line: string) => void;
}

export interface Cloud {
  /** `http://127.0.0.1:<port>` of the HTTP API; undefined where the template has none. */
  readonly apiUrl: string | undefined;
  /** `http://127.0.0.1:<port>` of every AWS service. */
  readonly awsUrl: string;
  /** An access token of the template's user pool; rejects where it has none. */
  readonly mint: (request: TokenRequest) => Promise<string>;
  /** The clients of the template's user pool, with their secrets. What Cognito serves is below `awsUrl`. */
  readonly appClients: readonly AppClient[];
  /** Signs what the owner of this machine sends to the AWS services. It is kept in the data directory. */
  readonly accessKey: AccessKey;
  readonly clock: Clock;
  /** Takes parts of it away and gives them back, as an outage does. */
  readonly faults: Faults;
  /** The template's resources under the names they have here. */
  readonly stack: Stack;
  /** The code of functions has changed on disk: from now on it is loaded anew. */
  refreshFunctions(): void;
  /** Resolves when nothing moves any more: no function and no execution at work, every stream read to its end. */
  settled(): Promise<void>;
  /** Ends everything within a second. What was answered is on disk. */
  close(): Promise<void>;
}

/**
 * Boots what the synthesized template names, on this machine.
 * @throws TemplateProblem, PortTaken, DataDirectoryInUse, NotADataDirectory, FileProblem, NoDynamoDbForThisMachine,
 * DynamoDbDoesNotStart: their messages are for the person who started it
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  // The functions' threads take their time zone from the process, and Lambda's is UTC.
  process.env['TZ'] = 'UTC';
  const ends: (() => unknown)[] = [];
  let closing = false;
  const close = async (): Promise<void> => {
    closing = true;
    const failures: unknown[] = [];
    for (let end = ends.pop(); end !== undefined; end = ends.pop()) {
      try {
        await end();
      } catch (error) {
        failures.push(error);
      }
    }
    // What could not be ended well must not keep the rest from ending.
    if (failures.length > 0) throw failures[0];
  };
  // What is interrupted by the end is nothing that a developer should look into.
  const log = namingFullDisk(options.dataDir, (line) => {
    if (!closing) options.log?.(line);
  });
  try {
    return { ...(await boot({ ...options, log, onClose: (end) => ends.push(end) })), close };
  } catch (error) {
    await close().catch(() => undefined);
    // Whatever it was, it is seen again when there is room.
    throw isFull(options.dataDir) ? diskFull(options.dataDir, error) : error;
  }
}

interface Boot extends CloudOptions {
  readonly log: (line: string) => void;
  /** Takes what ends each part; the last that was started ends first. */
  readonly onClose: (end: () => unknown) => void;
}

async function boot({
  assembly,
  dataDir,
  apiPort,
  awsPort,
  signIn = plainSignIn,
  secondNames = () => new Map(),
  opsDesk,
  fresh = false,
  log,
  onClose,
}: Boot): Promise<Omit<Cloud, 'close'>> {
  const data = openDataDirectory(dataDir, fresh);
  onClose(() => data.release());
  const ports = { api: await freePort(apiPort, '--port'), aws: await freePort(awsPort, '--aws-port') };
  const read = readAssembly(assembly);
  const { region = anywhere.region, account: accountId = anywhere.account } = read;
  const place = {
    region,
    accountId,
    apiEndpoint: `http://127.0.0.1:${ports.api}`,
    awsEndpoint: `http://127.0.0.1:${ports.aws}`,
  };

  // All of the template is read before anything is started that would have to be stopped again.
  const stack = readStack(read, place);
  const functions = functionsOf(stack);
  const api = httpApiOf(stack);
  const pool = userPoolOf(stack);
  const rules = rulesOf(stack);
  const invokeConfigs = invokeConfigsOf(stack);
  const { gate, authorize } = authorizerOf(stack, functions);

  let settled: Cloud['settled'] = () => Promise.resolve();
  const clockFile = openClockFile(data.path, data.storeId);
  const clock = createClock({
    offsetMs: clockFile.offsetMs,
    onJump: (offsetMs) => clockFile.save(offsetMs, Date.now() + offsetMs),
    settled: () => settled(),
  });
  const saveClock = () => clockFile.save(clock.offsetMs, clock.now());
  saveClock();
  onClose(saveClock);
  const faults = createFaults(functions, clock);
  const cognito =
    pool &&
    (await startCognito({
      pool,
      directory: join(data.path, 'issuer'),
      storeId: data.storeId,
      clock,
      people: signIn.people,
      url: place.awsEndpoint,
    }));
  const issuer = cognito?.issuer;
  const keys = loadAccessKeys(
    data.path,
    data.storeId,
    functions.map(({ name }) => name),
  );
  const { dynamodb, s3, queues, kms, outbox, ses } = await startStores({
    stack,
    dataDir: data.path,
    clock,
    findKey: keys.find,
    authorize,
    log,
    onClose,
  });

  // The engine takes up its work as soon as it is there, and the functions it calls need the address: so the address
  // comes first, and waits for the engine.
  const ready = Promise.withResolvers<StepFunctions>();
  const stepFunctions = {
    handle: async (operation: string, body: unknown) => (await ready.promise).handle(operation, body),
  };
  const pages = createConsole({
    stepFunctions: ready.promise,
    clock,
    faults,
    outbox,
    secondNames,
    ...(opsDesk && { opsDesk: opsDesk({ awsUrl: place.awsEndpoint, region, accessKey: keys.owner, clock }) }),
  });
  const endpoint = await createAwsEndpoint({
    port: ports.aws,
    dynamodb,
    stepFunctions,
    s3: besideS3(s3, {
      clock,
      faults,
      issuer,
      hosted: cognito?.hosted,
      appClients: cognito?.appClients ?? [],
      signIn,
      pages,
    }),
    extra: { AmazonSQS: queues, TrentService: kms },
    sns: startSns(outbox),
    ses,
    gate: (caller, target, body) => faults.refusalOf(target) ?? gate(caller, target, body),
    findKey: keys.find,
    log,
  });
  onClose(() => endpoint.close());

  const lambda = createLambda({
    functions,
    region,
    keys,
    awsEndpoint: endpoint.url,
    logDirectory: join(data.path, 'logs'),
    log,
    sharedTime: clock.sharedTime,
    isAway: (name) => faults.isFunctionAway(name),
  });
  const eventBus = startEventBus({
    rules,
    invokeConfigs,
    clock,
    region,
    accountId,
    lambda,
    send: (queueArn, body) => queues.send(queueArn, body),
    log,
  });
  const engine = await createStepFunctions({
    notices: eventBus,
    file: join(data.path, 'stepfunctions.db'),
    clock,
    lambda,
    region,
    accountId,
    dynamodb: async (operation, body) => {
      const target = `DynamoDB_20120810.${operation}`;
      return faults.refusalOf(target) ?? gate(stateMachineKey, target, body) ?? (await dynamodb.call(operation, body));
    },
    standsStill: () => faults.isAway('stepfunctions'),
  });
  faults.onChange(() => engine.wake());
  onClose(() => engine.close());
  onClose(() => lambda.close());
  onClose(() => eventBus.close());
  ready.resolve(engine);
  await ensureStateMachines(stack, engine);

  const eventSources = await startEventSources({
    stack,
    dynamodb,
    lambda,
    queues,
    dataDir: data.path,
    send: (queueArn, body) => queues.send(queueArn, body),
    clock,
    faults,
    log,
  });
  onClose(() => eventSources.close());
  const accessLog = openLogFile(join(data.path, 'logs', 'http-api.log'), log);
  const httpApi =
    api &&
    (await startHttpApi({
      definition: api,
      lambda,
      keyOf: issuer?.keyOf ?? (() => Promise.resolve(undefined)),
      clock,
      port: ports.api,
      log,
      accessLog: accessLog.write,
    }));
  // Both let what is under way come to its end, for half a second at most.
  onClose(() => Promise.all([httpApi?.close(), eventSources.close()]));

  claimStores(data.path, data.storeId);
  settled = whenQuiet({ dynamodb, lambda, engine, eventSources, eventBus });
  return {
    apiUrl: httpApi?.url,
    awsUrl: endpoint.url,
    mint: issuer?.mint ?? (() => Promise.reject(new Error('The template has no user pool.'))),
    appClients: cognito?.appClients ?? [],
    accessKey: keys.owner,
    refreshFunctions: () => lambda.refresh(),
    clock,
    faults,
    stack,
    settled,
  };
}

interface Movers {
  readonly dynamodb: DynamoDb;
  readonly lambda: Lambda;
  readonly engine: StepFunctions;
  readonly eventSources: QueuePoller;
  readonly eventBus: EventBus;
}

/**
 * A function may wake the engine, the engine writes, what is written feeds a function: it is quiet when a whole round
 * met no new write.
 */
function whenQuiet({ dynamodb, lambda, engine, eventSources, eventBus }: Movers): () => Promise<void> {
  let writes = 0;
  dynamodb.onWrite(() => {
    writes += 1;
  });
  return async () => {
    for (let before = -1; before !== writes;) {
      before = writes;
      await lambda.idle();
      await engine.idle();
      await eventBus.idle();
      await eventSources.drained();
      await lambda.idle();
      await engine.idle();
    }
  };
}
