import type { JsonAnswer } from './dynamodb/aws-json-client.ts';
import { jsonFailure } from './aws-endpoint/json-protocol.ts';
import type { Clock } from './clock/clock.ts';

/** One part of the local cloud that can be taken away. */
export interface FaultSwitch {
  /** `dynamodb`, `stepfunctions`, `streams`, `sns`, `ses`, or `lambda:<logical id>` */
  readonly name: string;
  readonly away: boolean;
}

/** Takes parts of the local cloud away and gives them back, as an outage does. A restart gives all of them back. */
export interface Faults {
  /** Every switch there is. */
  list(): readonly FaultSwitch[];
  /**
   * Throws a switch. Calls of what is away fail as they fail on AWS; executions stand still while Step Functions is
   * away, streams while their consumer or DynamoDB is. Given back, what fell due meanwhile happens at once, and has
   * happened when this resolves.
   * @param name of a switch; of a function, its physical name will do too
   * @throws NoSuchSwitch
   */
  set(name: string, away: boolean): Promise<void>;
  /** @param name as in `list` */
  isAway(name: string): boolean;
  /** Whether anything is away. */
  any(): boolean;
  /** Calls `listener` after each change. Returns the way out. */
  onChange(listener: () => void): () => void;
  /** The answer to a call of a service that is away, by its X-Amz-Target, or what stands for it. */
  refusalOf(target: string): JsonAnswer | undefined;
  /** Whether a function is away. @param functionName physical */
  isFunctionAway(functionName: string): boolean;
}

/** The message names the switches that there are. */
export class NoSuchSwitch extends Error {
  override readonly name = 'NoSuchSwitch';
}

/** A function with the name that the template has for it. */
export interface NamedFunction {
  readonly logicalId: string;
  readonly name: string;
}

export function createFaults(functions: readonly NamedFunction[], clock: Pick<Clock, 'now' | 'jumpTo'>): Faults {
  const switchOf = ({ logicalId }: NamedFunction) => `lambda:${logicalId}`;
  const names = ['dynamodb', 'stepfunctions', 'streams', 'sns', 'ses', ...functions.map(switchOf)];
  const away = new Set<string>();
  const listeners = new Set<() => void>();

  function named(name: string): string {
    const byItsName = functions.find((one) => name === `lambda:${one.name}`);
    const found = byItsName === undefined ? name : switchOf(byItsName);
    if (!names.includes(found)) throw new NoSuchSwitch(`There is no switch ${name}, but ${names.join(', ')}.`);
    return found;
  }

  return {
    list: () => names.map((name) => ({ name, away: away.has(name) })),
    async set(name, isAway) {
      const found = named(name);
      if (away.has(found) === isAway) return;
      if (isAway) away.add(found);
      else away.delete(found);
      for (const listener of listeners) listener();
      if (!isAway) await clock.jumpTo(clock.now());
    },
    isAway: (name) => away.has(name),
    any: () => away.size > 0,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    refusalOf(target) {
      const [, name, refusal] = refusals.find(([prefix]) => target.startsWith(prefix)) ?? [];
      return name !== undefined && away.has(name) ? refusal : undefined;
    },
    isFunctionAway: (functionName) => functions.some((one) => one.name === functionName && away.has(switchOf(one))),
  };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
const dynamoDbIsAway = jsonFailure(
  500,
  'com.amazonaws.dynamodb.v20120810#InternalServerError',
  'The request processing has failed because of an unknown error, exception or failure.',
);

/** https://docs.aws.amazon.com/step-functions/latest/apireference/CommonErrors.html */
const stepFunctionsIsAway = jsonFailure(
  503,
  'ServiceUnavailable',
  'The request has failed due to a temporary failure of the server.',
);

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const snsIsAway = jsonFailure(500, 'InternalError', 'Internal error.');

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/CommonErrors.html */
const sesIsAway = jsonFailure(
  500,
  'InternalFailure',
  'The request processing has failed because of an unknown error, exception or failure.',
);

/** By the beginning of a call's target, the switch that takes it away, and what is answered then. */
const refusals = [
  ['DynamoDB', 'dynamodb', dynamoDbIsAway],
  ['AWSStepFunctions.', 'stepfunctions', stepFunctionsIsAway],
  ['SNS.', 'sns', snsIsAway],
  ['SES.', 'ses', sesIsAway],
] as const;
