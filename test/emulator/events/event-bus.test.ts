import { describe, expect, it } from '@jest/globals';
import { createClock } from '../../../emulator/clock/virtual-clock.ts';
import { startEventBus } from '../../../emulator/events/event-bus.ts';
import { FunctionNotFound } from '../../../emulator/lambda/invoker.ts';
import { readRule } from '../../../emulator/events/rules.ts';

const minute = 60_000;
const ruleArn = 'arn:aws:events:ap-southeast-1:000000000000:rule/Ended';
const functionArn = 'arn:aws:lambda:ap-southeast-1:000000000000:function:resume';
const failuresArn = 'arn:aws:sqs:ap-southeast-1:000000000000:Failures';
const queueArn = 'arn:aws:sqs:ap-southeast-1:000000000000:Given-up';

const ended = {
  'source': 'aws.states',
  'detail-type': 'Step Functions Execution Status Change',
  'resources': ['arn:aws:states:ap-southeast-1:000000000000:execution:Journey:one'],
  'detail': { status: 'FAILED', name: 'one' },
};
const onFailure = {
  EventPattern: {
    'source': ['aws.states'],
    'detail-type': [ended['detail-type']],
    'detail': { status: ['FAILED', 'ABORTED'] },
  },
  Targets: [{ Id: 'Resume', Arn: functionArn, DeadLetterConfig: { Arn: queueArn } }],
};

function bench(properties: object, failures = 0, isThere = (_call: number) => true) {
  const clock = createClock();
  const called: { at: number; payload: string }[] = [];
  const sent: { queue: string; body: string }[] = [];
  let left = failures;
  const bus = startEventBus({
    rules: [readRule(properties, ruleArn)],
    invokeConfigs: new Map([
      [
        functionArn,
        {
          FunctionName: functionArn,
          MaximumRetryAttempts: 2,
          MaximumEventAgeInSeconds: 3_600,
          DestinationConfig: { OnFailure: { Destination: failuresArn } },
        },
      ],
    ]),
    clock,
    region: 'ap-southeast-1',
    accountId: '000000000000',
    lambda: {
      invoke: async (_name, payload) => {
        called.push({ at: clock.now(), payload });
        if (!isThere(called.length)) throw new FunctionNotFound('no such function');
        left -= 1;
        return left >= 0
          ? { functionError: 'Unhandled', payload: '{"errorMessage":"away"}', requestId: 'r' }
          : { payload: 'null', requestId: 'r' };
      },
    },
    send: async (queue, body) => void sent.push({ queue, body }),
    log: () => undefined,
  });
  return { clock, bus, called, sent };
}

describe('the event bus', () => {
  it('the event bus hands an event that the pattern takes to the function, in the shape that EventBridge gives it', async () => {
    const { bus, called } = bench(onFailure);
    await bus.put(ended);
    expect(called.map(({ payload }): unknown => JSON.parse(payload))).toEqual([
      {
        ...ended,
        version: '0',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        account: '000000000000',
        region: 'ap-southeast-1',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      },
    ]);
  });

  it('the event bus hands on nothing that the pattern does not take, and nothing of a rule that is disabled', async () => {
    const other = bench(onFailure);
    await other.bus.put({ ...ended, detail: { status: 'SUCCEEDED' } });
    expect(other.bus.takes({ ...ended, detail: { status: 'SUCCEEDED' } })).toBe(false);
    const disabled = bench({ ...onFailure, State: 'DISABLED' });
    await disabled.bus.put(ended);
    expect([...other.called, ...disabled.called]).toEqual([]);
  });

  it('the event bus calls a function that fails again after one and after two minutes of the clock', async () => {
    const { bus, clock, called, sent } = bench(onFailure, 2);
    const done = bus.put(ended);
    await clock.jumpTo(clock.now() + 5 * minute);
    await clock.jumpTo(clock.now() + 5 * minute);
    await done;
    const [first, second, third] = called.map(({ at }) => at);
    expect(called).toHaveLength(3);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(minute);
    expect((third ?? 0) - (second ?? 0)).toBeGreaterThanOrEqual(2 * minute);
    expect(sent).toEqual([]);
  });

  it('the event bus tells the destination of a function that has failed three times, with the event', async () => {
    const { bus, clock, called, sent } = bench(onFailure, 99);
    const done = bus.put(ended);
    await clock.jumpTo(clock.now() + 5 * minute);
    await clock.jumpTo(clock.now() + 5 * minute);
    await done;
    expect(called).toHaveLength(3);
    expect(sent.map(({ queue }) => queue)).toEqual([failuresArn]);
    expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({
      version: '1.0',
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3, requestId: 'r' },
      requestPayload: { detail: { name: 'one' } },
      responseContext: { functionError: 'Unhandled' },
      responsePayload: { errorMessage: 'away' },
    });
  });

  it('the event bus tries for a day to reach a function that is not there, then puts the event into the dead-letter queue', async () => {
    const { bus, clock, called, sent } = bench(onFailure, 0, () => false);
    const done = bus.put(ended);
    for (let hour = 0; hour < 25; hour += 1) {
      await clock.jumpTo(clock.now() + 60 * minute);
      await new Promise(setImmediate);
    }
    await done;
    expect(called.length).toBeGreaterThan(24);
    expect(sent.map(({ queue }) => queue)).toEqual([queueArn]);
    expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({ detail: { name: 'one' } });
  });

  it('the event bus calls a failed function again, however often it cannot be reached, within the age of its events', async () => {
    const { bus, clock, called, sent } = bench(onFailure, 99, (call) => call < 2 || call > 9);
    const done = bus.put(ended);
    for (let minutes = 0; minutes < 20; minutes += 1) {
      await clock.jumpTo(clock.now() + minute);
      await new Promise(setImmediate);
    }
    await done;
    expect(called).toHaveLength(11);
    expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
    });
    const never = bench(onFailure, 99, (call) => call < 2);
    const given = never.bus.put(ended);
    for (let minutes = 0; minutes < 70; minutes += 1) {
      await never.clock.jumpTo(never.clock.now() + minute);
      await new Promise(setImmediate);
    }
    await given;
    expect(JSON.parse(never.sent[0]?.body ?? '')).toMatchObject({
      requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 1 },
    });
  });

  it('the event bus sends a scheduled event on every tick, with the rule as its resource', async () => {
    const { bus, clock, called } = bench({
      ScheduleExpression: 'rate(5 minutes)',
      Targets: [{ Id: 'Sweep', Arn: functionArn }],
    });
    await clock.jumpTo(clock.now() + 11 * minute);
    bus.close();
    expect(called.length).toBeGreaterThanOrEqual(2);
    expect(JSON.parse(called[0]?.payload ?? '')).toMatchObject({
      'source': 'aws.events',
      'detail-type': 'Scheduled Event',
      'resources': [ruleArn],
    });
  });

  it('the event bus gives the target its own input where the rule names one', async () => {
    const { bus, called } = bench({
      ...onFailure,
      Targets: [{ Id: 'Resume', Arn: functionArn, Input: '{"sweep":true}' }],
    });
    await bus.put(ended);
    expect(called.map(({ payload }) => payload)).toEqual(['{"sweep":true}']);
  });
});

describe('a rule of the template', () => {
  it.each([
    ['another bus', { EventBusName: 'mine' }, 'only the default bus is here'],
    ['a target that needs a role', { RoleArn: 'arn:aws:iam::000000000000:role/x' }, 'targets that need a role'],
    [
      'a topic as a target',
      { Targets: [{ Id: 'T', Arn: 'arn:aws:sns:ap-southeast-1:000000000000:t' }] },
      'functions and queues',
    ],
    ['an input transformer', { Targets: [{ Id: 'T', Arn: functionArn, InputTransformer: {} }] }, 'InputTransformer'],
    ['a cron schedule', { ScheduleExpression: 'cron(0 10 ? * MON *)' }, 'cron(0 10 ? * MON *)'],
    ['a pattern with an unknown operator', { EventPattern: { source: [{ wildcard: 'aws.*' }] } }, 'wildcard'],
  ])('a rule of the template with %s is refused by name', (_what, properties, words) => {
    expect(() => readRule({ ...onFailure, ...properties }, ruleArn)).toThrow(words);
  });
});
