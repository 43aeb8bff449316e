import { join } from 'node:path';
import { environmentOf } from './environment.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { openLogFile } from '../data-directory/log-file.ts';
import { FunctionNotFound, ServiceException, type LambdaInvoker } from './invoker.ts';
import type { AccessKeys } from '../signature/access-keys.ts';
import { createPool, type Pool } from './pool.ts';

export interface Lambda extends LambdaInvoker {
  /** The code of functions has changed on disk: from now on it is loaded anew. */
  refresh(): void;
  /** How many invocations run or wait to run. */
  inFlight(): number;
  /** Resolves when no invocation runs or waits. */
  idle(): Promise<void>;
  /** Ends every thread, whatever it is doing. */
  close(): Promise<void>;
}

export interface LambdaOptions {
  readonly functions: readonly FunctionDefinition[];
  readonly region: string;
  /** With which the SDKs of each function sign. */
  readonly keys: Pick<AccessKeys, 'ofFunction'>;
  /** `http://host:port` where the SDKs of the functions find AWS. */
  readonly awsEndpoint: string;
  /** Each function writes `<logDirectory>/<name>.log`. */
  readonly logDirectory: string;
  /** Told when a log cannot be written. */
  readonly log?: (line: string) => void;
  /** See Clock.sharedTime: `Date` in the functions follows it. */
  readonly sharedTime: SharedArrayBuffer;
  /** Whether a function cannot be reached now; by default each can. */
  readonly isAway?: (functionName: string) => boolean;
}

/** Runs the functions of a stack from their bundles; a thread is started when the first call comes. */
export function createLambda({
  functions,
  region,
  keys,
  awsEndpoint,
  logDirectory,
  sharedTime,
  log = () => {},
  isAway = () => false,
}: LambdaOptions): Lambda {
  const pools = new Map<string, Pool>(
    functions.map((definition) => {
      const environment = environmentOf(definition, region, keys.ofFunction(definition.name), awsEndpoint);
      return [
        definition.name,
        createPool({
          definition,
          environment,
          sharedTime,
          log: openLogFile(join(logDirectory, `${definition.name}.log`), log),
        }),
      ];
    }),
  );
  let inFlight = 0;
  const waiting = new Set<() => void>();

  function leave(): void {
    inFlight -= 1;
    if (inFlight > 0) return;
    for (const resolve of waiting) resolve();
    waiting.clear();
  }

  return {
    async invoke(functionName, payload) {
      const name = plainName(functionName);
      const pool = pools.get(name);
      if (pool === undefined) throw new FunctionNotFound(`Function not found: ${functionName}`);
      if (isAway(name)) throw new ServiceException();
      inFlight += 1;
      try {
        return await pool.invoke(payload);
      } finally {
        leave();
      }
    },
    refresh: () => {
      for (const pool of pools.values()) pool.refresh();
    },
    inFlight: () => inFlight,
    idle: () => (inFlight === 0 ? Promise.resolve() : new Promise((resolve) => waiting.add(resolve))),
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.end()));
    },
  };
}

/** `name`, `name:alias`, `123456789012:function:name` or `arn:aws:lambda:region:123456789012:function:name:alias` */
function plainName(functionName: string): string {
  return (
    /^(?:(?:arn:[\w-]+:lambda:[\w-]+:)?\d{12}:function:)?([\w-]+)(?::[$\w-]+)?$/.exec(functionName)?.[1] ?? functionName
  );
}
