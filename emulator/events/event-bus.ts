import { randomUUID } from 'node:crypto';
import type { Clock, Timer } from '../clock/clock.ts';
import type { InvocationResult, LambdaInvoker } from '../lambda/invoker.ts';
import { failedCall, plainInvocation, type InvokeConfig } from './invoke-config.ts';
import type { Rule, Target } from './rules.ts';
import { keepSchedule } from './schedule.ts';

/** An event as the bus carries it; https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html */
export interface BusEvent {
  readonly 'version': '0';
  readonly 'id': string;
  readonly 'detail-type': string;
  readonly 'source': string;
  readonly 'account': string;
  /** ISO 8601 in UTC, whole seconds. */
  readonly 'time': string;
  readonly 'region': string;
  readonly 'resources': readonly string[];
  readonly 'detail': object;
}

export interface EventBusOptions {
  readonly rules: readonly Rule[];
  /** What the template says of functions that are called asynchronously, by the function's ARN. */
  readonly invokeConfigs?: ReadonlyMap<string, InvokeConfig>;
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  readonly lambda: LambdaInvoker;
  /** Puts a message into the queue with that ARN. */
  readonly send: (queueArn: string, body: string) => Promise<void>;
  readonly log: (line: string) => void;
}

/** The default event bus: rules that take events of AWS's services, and rules that keep a schedule. */
export interface EventBus {
  /** Whether any rule takes an event such as this. */
  takes(event: Pick<BusEvent, 'source' | 'detail-type' | 'detail' | 'resources'>): boolean;
  /** Delivers an event to every rule that takes it; resolves when each target has it or its dead-letter queue has. */
  put(event: Pick<BusEvent, 'source' | 'detail-type' | 'detail' | 'resources'>): Promise<void>;
  /** Resolves when nothing is being delivered; what waits for a later try is not waited for. */
  idle(): Promise<void>;
  close(): void;
}

const minuteMs = 60_000;
/** EventBridge does not say how long it waits between two tries, only that it waits longer each time. */
const pauseMs = minuteMs;
const longestPauseMs = 15 * minuteMs;

/** Starts rules on the virtual clock. */
export function startEventBus({
  rules,
  invokeConfigs = new Map(),
  clock,
  region,
  accountId,
  lambda,
  send,
  log,
}: EventBusOptions): EventBus {
  const enabled = rules.filter((rule) => rule.enabled);
  const waiting = new Set<Timer>();
  let closed = false;
  let underWay = 0;
  let quiet: (() => void)[] = [];

  async function counted<T>(work: () => Promise<T>): Promise<T> {
    underWay += 1;
    try {
      return await work();
    } finally {
      underWay -= 1;
      if (underWay === 0) {
        for (const resolve of quiet) resolve();
        quiet = [];
      }
    }
  }

  function whole(event: Parameters<EventBus['put']>[0], instant: number): BusEvent {
    return {
      'version': '0',
      'id': randomUUID(),
      'detail-type': event['detail-type'],
      'source': event.source,
      'account': accountId,
      'time': `${new Date(instant).toISOString().slice(0, 19)}Z`,
      region,
      'resources': event.resources,
      'detail': event.detail,
    };
  }

  /**
   * EventBridge hands the event over, again and again while the target cannot be reached; then it is the target's.
   * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-event-delivery.html
   */
  async function deliver(rule: Rule, target: Target, event: BusEvent): Promise<void> {
    const payload = target.Input ?? JSON.stringify(event);
    const { MaximumRetryAttempts, MaximumEventAgeInSeconds } = target.RetryPolicy;
    const lastAt = clock.now() + MaximumEventAgeInSeconds * 1_000;
    for (let attempt = 0; ; attempt += 1) {
      if (closed) throw new Error('The event bus is closed.');
      const reached = await counted(() => handOver(target.Arn, payload));
      if (typeof reached !== 'string') return reached && (await repeat(target.Arn, payload, reached));
      log(`The rule ${rule.arn} could not reach ${target.Arn}: ${reached}`);
      const pause = Math.min(pauseMs * 2 ** attempt, longestPauseMs);
      if (attempt >= MaximumRetryAttempts || clock.now() + pause > lastAt) break;
      await sleep(pause);
    }
    const { DeadLetterConfig } = target;
    if (DeadLetterConfig !== undefined) await counted(() => send(DeadLetterConfig.Arn, payload));
  }

  /** @returns why the target could not be reached, or how the function failed that was called */
  async function handOver(arn: string, payload: string): Promise<string | InvocationResult | undefined> {
    try {
      if (arn.includes(':lambda:')) return failureOf(await lambda.invoke(arn, payload));
      await send(arn, payload);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /**
   * A function that nobody waits for is called again when it fails, after one and after two minutes; then its
   * destination is told; https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
   */
  async function repeat(arn: string, payload: string, first: InvocationResult): Promise<void> {
    const { MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig } =
      invokeConfigs.get(arn) ?? plainInvocation;
    const lastAt = clock.now() + MaximumEventAgeInSeconds * 1_000;
    let answer = first;
    let attempts = 1;
    while (attempts <= MaximumRetryAttempts) {
      const pause = attempts * minuteMs;
      if (clock.now() + pause > lastAt) break;
      await sleep(pause);
      if (closed) throw new Error('The event bus is closed.');
      const next = await counted(() => handOver(arn, payload));
      if (next === undefined) return;
      // A function that cannot be reached uses up no retry.
      if (typeof next === 'string') continue;
      answer = next;
      attempts += 1;
    }
    const destination = DestinationConfig.OnFailure?.Destination;
    if (destination === undefined) return log(`${arn} failed at an event, which is lost: no destination keeps it.`);
    const condition = attempts > MaximumRetryAttempts ? 'RetriesExhausted' : 'EventAgeExceeded';
    const word = failedCall({ arn, payload, condition, attempts, answer, instant: clock.now() });
    await counted(() => send(destination, JSON.stringify(word)));
  }

  function sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = clock.at(clock.now() + ms, () => {
        waiting.delete(timer);
        resolve();
      });
      waiting.add(timer);
    });
  }

  const schedules = enabled.flatMap((rule) =>
    rule.schedule === undefined
      ? []
      : [
          keepSchedule(clock, rule.schedule, async (instant) => {
            const tick = {
              'source': 'aws.events',
              'detail-type': 'Scheduled Event',
              'resources': [rule.arn],
              'detail': {},
            };
            const event = whole(tick, instant);
            // One that has to be tried again must not hold up the next tick.
            for (const target of rule.targets) deliver(rule, target, event).catch(() => undefined);
            // What the tick set off happens at its instant, also in a jump of the clock.
            await idle();
          }),
        ],
  );

  function idle(): Promise<void> {
    return underWay === 0 ? Promise.resolve() : new Promise((resolve) => quiet.push(resolve));
  }

  return {
    takes: (event) => enabled.some((rule) => rule.matches({ account: accountId, region, ...event })),
    put: async (event) => {
      const complete = whole(event, clock.now());
      const takers = enabled.filter((rule) => rule.matches(complete));
      await Promise.all(takers.flatMap((rule) => rule.targets.map((target) => deliver(rule, target, complete))));
    },
    idle,
    close: () => {
      closed = true;
      for (const schedule of schedules) schedule.cancel();
      for (const timer of waiting) timer.cancel();
    },
  };
}

function failureOf(answer: InvocationResult): InvocationResult | undefined {
  return answer.functionError === undefined ? undefined : answer;
}
