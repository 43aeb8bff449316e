import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it, jest } from '@jest/globals';
import * as z from 'zod';
import type { FunctionDefinition } from '../../../emulator/lambda/function-definition.ts';
import { newSharedTime, shareTime } from '../../../emulator/clock/shared-time.ts';
import { createLambda, type Lambda } from '../../../emulator/lambda/lambda.ts';
import { loadAccessKeys } from '../../../emulator/signature/access-keys.ts';

/** A thread starts in tens of milliseconds, on a machine that has nothing else to do. */
jest.setTimeout(20_000);

const directory = mkdtempSync(join(tmpdir(), 'lambda-'));
const lambdas: Lambda[] = [];
afterEach(async () => {
  await Promise.all(lambdas.splice(0).map((lambda) => lambda.close()));
});
afterAll(() => rmSync(directory, { recursive: true }));

interface Given extends Partial<FunctionDefinition> {
  readonly code: string;
  readonly sharedTime?: SharedArrayBuffer;
}

let count = 0;
function lambdaWith({
  code,
  sharedTime = newSharedTime(),
  ...given
}: Given): Lambda & { call: (event?: unknown) => Promise<{ failed: boolean; answer: unknown }>; log: () => string } {
  const name = `Small-Function${(count += 1)}`;
  const taskRoot = mkdtempSync(join(directory, 'bundle-'));
  writeFileSync(join(taskRoot, 'index.mjs'), code);
  const definition: FunctionDefinition = {
    name,
    logicalId: name,
    arn: `arn:aws:lambda:ap-southeast-1:000000000000:function:${name}`,
    roleName: 'Small-Role',
    handler: 'index.handler',
    taskRoot,
    timeoutMs: 3000,
    memoryMb: 128,
    variables: {},
    jsonLog: false,
    reservedConcurrency: undefined,
    ...given,
  };
  const lambda = createLambda({
    functions: [definition],
    region: 'ap-southeast-1',
    keys: loadAccessKeys(directory, 'store', []),
    awsEndpoint: 'http://127.0.0.1:4566',
    logDirectory: join(directory, 'logs'),
    sharedTime,
  });
  lambdas.push(lambda);
  return {
    ...lambda,
    async call(event = {}) {
      const { functionError, payload } = await lambda.invoke(name, JSON.stringify(event));
      return { failed: functionError === 'Unhandled', answer: JSON.parse(payload) };
    },
    log: () => readFileSync(join(directory, 'logs', `${name}.log`), { encoding: 'utf8', flag: 'a+' }),
  };
}

function returning(expression: string) {
  return `export const handler = async (event, context) => (${expression});`;
}
function failure(errorType: string, errorMessage: unknown) {
  return { failed: true, answer: expect.objectContaining({ errorType, errorMessage }) };
}

describe('a function', () => {
  it('a function gets its event and answers', async () => {
    const { call } = lambdaWith({ code: returning('{ xin: event.chào }') });
    expect(await call({ chào: 'Bắc Kạn' })).toEqual({ failed: false, answer: { xin: 'Bắc Kạn' } });
  });

  it('a function answers null when it returns nothing', async () => {
    const { call } = lambdaWith({ code: 'export const handler = async () => {};' });
    expect(await call()).toEqual({ failed: false, answer: null });
  });

  it('a function sees what the template gives and what Lambda sets, and nothing of this machine', async () => {
    const { call } = lambdaWith({ code: returning('process.env'), variables: { BOOK_TABLE: 'Small-Book' } });
    const env = z.record(z.string(), z.string()).parse((await call()).answer);
    expect(env).toMatchObject({
      BOOK_TABLE: 'Small-Book',
      AWS_REGION: 'ap-southeast-1',
      AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:4566',
      _HANDLER: 'index.handler',
    });
    const beyond = Object.keys(env).filter((name) => !/^(AWS_|LAMBDA_|_HANDLER$|LANG$|TZ$|BOOK_TABLE$)/.test(name));
    expect(beyond).toEqual([]);
    expect(Object.keys(process.env)).toContain('PATH');
  });

  it('a function has an access key of its own', async () => {
    const keys = await Promise.all(
      [1, 2].map(async () => (await lambdaWith({ code: returning('process.env.AWS_ACCESS_KEY_ID') }).call()).answer),
    );
    expect(keys).toEqual([expect.stringMatching(/^ASIA[A-Z0-9]{16}$/), expect.stringMatching(/^ASIA[A-Z0-9]{16}$/)]);
    expect(keys[0]).not.toBe(keys[1]);
  });

  it('a function is told who it is and how much time it has left', async () => {
    const { call } = lambdaWith({
      code: returning('{ ...context, left: context.getRemainingTimeInMillis() }'),
      memoryMb: 256,
      timeoutMs: 5000,
    });
    const { answer } = await call();
    expect(answer).toMatchObject({
      memoryLimitInMB: '256',
      functionVersion: '$LATEST',
      functionName: expect.stringContaining('Small-Function'),
      awsRequestId: expect.stringMatching(/^[\da-f-]{36}$/),
    });
    expect(z.object({ left: z.number().min(1).max(5000) }).safeParse(answer).success).toBe(true);
  });

  it('a function starts cold once, and then stays warm', async () => {
    const { call } = lambdaWith({ code: 'let calls = 0; export const handler = async () => (calls += 1);' });
    expect([(await call()).answer, (await call()).answer, (await call()).answer]).toEqual([1, 2, 3]);
  });

  it('a function does one thing at a time in each thread, and several at once in several', async () => {
    const { call } = lambdaWith({
      code: `let running = 0; let calls = 0;
      export const handler = async () => { running += 1; calls += 1; const seen = running; await new Promise((done) => setTimeout(done, 100)); running -= 1; return { seen, calls }; };`,
    });
    const answers = await Promise.all([call(), call(), call()]);
    expect(answers.map(({ answer }) => answer)).toEqual([1, 2, 3].map(() => ({ seen: 1, calls: 1 })));
  });

  it('a function waits for its turn beyond its reserved concurrency', async () => {
    const { call } = lambdaWith({
      code: 'let calls = 0; export const handler = async () => (calls += 1);',
      reservedConcurrency: 1,
    });
    const answers = await Promise.all([call(), call(), call()]);
    expect(answers.map(({ answer }) => answer)).toEqual([1, 2, 3]);
  });

  it('a function lives in the time of the virtual clock', async () => {
    const sharedTime = newSharedTime();
    const { call } = lambdaWith({
      sharedTime,
      code: returning(
        '({ now: Date.now(), made: new Date().getTime(), year: new Date("2026-12-01").getUTCFullYear(), kind: new Date() instanceof Date && new Date().constructor === Date, text: typeof Date() })',
      ),
    });
    const offset = 30 * 24 * 3600 * 1000;
    shareTime(sharedTime, Date.now).offsetMs = offset;
    const before = Date.now() + offset;
    const { now, made, ...rest } = z.looseObject({ now: z.number(), made: z.number() }).parse((await call()).answer);
    expect(Math.min(now, made)).toBeGreaterThanOrEqual(before);
    expect(Math.max(now, made)).toBeLessThanOrEqual(Date.now() + offset);
    expect(rest).toEqual({ year: 2026, kind: true, text: 'string' });
  });

  it('a function sees no time before the latest that anybody was told, when the machine’s clock was turned back since', async () => {
    const sharedTime = newSharedTime();
    const told = shareTime(sharedTime, () => Date.now() + 3_600_000).now();
    const { call } = lambdaWith({ sharedTime, code: returning('[Date.now(), new Date().getTime()]') });
    expect((await call()).answer).toEqual([Math.trunc(told), Math.trunc(told)]);
  });

  it('a function writes its log into a file, in text or in JSON', async () => {
    const text = lambdaWith({
      code: 'export const handler = async () => { console.info("thu gom", { at: 1 }); process.stdout.write("raw\\n"); };',
    });
    await text.call();
    expect(text.log()).toMatch(/START RequestId: \S+ Version: \$LATEST\n\S+Z\t\S{36}\tINFO\tthu gom { at: 1 }\n/);
    expect(text.log()).toMatch(
      /REPORT RequestId: \S+\tDuration: \S+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tInit Duration: /,
    );
    const json = lambdaWith({
      jsonLog: true,
      code: 'export const handler = async () => { console.warn({ place: "Collected" }); };',
    });
    await json.call();
    expect(json.log()).toMatch(
      /{"timestamp":"\S+Z","level":"WARN","requestId":"\S{36}","message":{"place":"Collected"}}/,
    );
  });

  it('a function is found by its name and by its ARN, with or without a qualifier', async () => {
    const lambda = lambdaWith({ code: returning('"here"'), name: 'known' });
    const names = [
      'known',
      'known:$LATEST',
      '000000000000:function:known',
      'arn:aws:lambda:ap-southeast-1:000000000000:function:known',
      'arn:aws:lambda:ap-southeast-1:000000000000:function:known:live',
    ];
    const answers = await Promise.all(names.map((name) => lambda.invoke(name, '{}')));
    expect(answers.map(({ payload }) => payload)).toEqual(names.map(() => '"here"'));
    await expect(lambda.invoke('unknown', '{}')).rejects.toThrow('Function not found: unknown');
  });
});

describe('a function that does not answer', () => {
  it('a function that does not answer because it throws, fails with the name and words of what it threw, and stays warm', async () => {
    const { call } = lambdaWith({
      code: 'let calls = 0; export const handler = async () => { calls += 1; if (calls === 1) throw new TypeError("no such book"); return calls; };',
    });
    expect(await call()).toEqual({
      failed: true,
      answer: {
        errorType: 'TypeError',
        errorMessage: 'no such book',
        trace: expect.arrayContaining(['TypeError: no such book']),
      },
    });
    expect(await call()).toEqual({ failed: false, answer: 2 });
  });

  it('a function that throws something that is no error fails with what it threw', async () => {
    expect(await lambdaWith({ code: 'export const handler = async () => { throw "plain words"; };' }).call()).toEqual(
      failure('string', 'plain words'),
    );
  });

  it('a function that does not answer because its time is up, fails as timed out, and the next call starts cold', async () => {
    const { call } = lambdaWith({
      timeoutMs: 1000,
      code: 'let calls = 0; export const handler = async (event) => { calls += 1; if (event.hang) await new Promise(() => setInterval(() => {}, 1000)); return calls; };',
    });
    expect(await call()).toEqual({ failed: false, answer: 1 });
    expect(await call({ hang: true })).toEqual(
      failure(
        'Sandbox.Timedout',
        expect.stringMatching(/^RequestId: \S{36} Error: Task timed out after 1\.00 seconds$/),
      ),
    );
    expect(await call()).toEqual({ failed: false, answer: 1 });
  });

  it('a function that does not answer because it never stops computing, is ended all the same', async () => {
    expect(
      await lambdaWith({ timeoutMs: 500, code: 'export const handler = async () => { for (;;); };' }).call(),
    ).toEqual(failure('Sandbox.Timedout', expect.stringContaining('Task timed out after 0.50 seconds')));
  });

  it.each([
    ['heap', 'const kept = []; for (;;) kept.push(new Array(10000).fill({}));'],
    [
      'buffers',
      'const kept = []; for (let i = 0; i < 64; i += 1) kept.push(Buffer.alloc(4e6, 1)); return kept.length;',
    ],
  ])(
    'a function that does not answer because its memory (%s) is full, is killed, and the next call starts cold',
    async (_, eat) => {
      const { call } = lambdaWith({
        timeoutMs: 15_000,
        code: `export const handler = async (event) => { if (event.eat) { ${eat} } return 'light'; };`,
      });
      expect(await call({ eat: true })).toEqual(
        failure(
          'Runtime.ExitError',
          expect.stringMatching(/^RequestId: \S{36} Error: Runtime exited with error: signal: killed$/),
        ),
      );
      expect(await call()).toEqual({ failed: false, answer: 'light' });
    },
  );

  it.each([
    [0, 'Runtime exited without providing a reason'],
    [7, 'Runtime exited with error: exit status 7'],
  ])('a function that leaves with code %d fails and says so', async (code, words) => {
    const { call } = lambdaWith({
      code: `export const handler = async (event) => (event.leave ? process.exit(${code}) : 'here');`,
    });
    expect(await call({ leave: true })).toEqual(failure('Runtime.ExitError', expect.stringContaining(words)));
    expect(await call()).toEqual({ failed: false, answer: 'here' });
  });

  it('a function does not answer because something is thrown where nobody catches, and nobody else suffers', async () => {
    const { call } = lambdaWith({
      code: 'export const handler = async (event) => { if (event.late) { setTimeout(() => { throw new RangeError("late"); }, 1); await new Promise(() => {}); } return "here"; };',
    });
    expect(await call({ late: true })).toEqual(failure('RangeError', 'late'));
    expect(await call()).toEqual({ failed: false, answer: 'here' });
  });

  it('a function of which a promise is rejected and nobody looks fails and says so', async () => {
    const { call } = lambdaWith({
      code: 'export const handler = async () => { void Promise.reject(new Error("forgotten")); await new Promise(() => {}); };',
    });
    expect(await call()).toEqual(failure('Runtime.UnhandledPromiseRejection', 'Error: forgotten'));
  });

  it('a function whose answer is too long fails and says so', async () => {
    expect(await lambdaWith({ code: returning('"x".repeat(6291556)'), memoryMb: 512 }).call()).toEqual(
      failure(
        'Function.ResponseSizeTooLarge',
        'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
      ),
    );
  });

  it('a function whose answer is not JSON fails and says so', async () => {
    expect(await lambdaWith({ code: returning('10n') }).call()).toEqual(
      failure('Runtime.MarshalError', 'Unable to stringify response body'),
    );
  });

  it.each([
    [
      'its file is not there',
      { code: '', handler: 'other.handler' },
      'Runtime.ImportModuleError',
      "Error: Cannot find module 'other'",
    ],
    [
      'its export is not there',
      { code: 'export const other = 1;' },
      'Runtime.HandlerNotFound',
      'index.handler is undefined or not exported',
    ],
    [
      'it wants a callback',
      { code: 'export const handler = (event, context, callback) => callback();' },
      'Runtime.CallbackHandlerDeprecated',
      expect.stringContaining('takes a callback'),
    ],
    [
      'it throws while loading',
      { code: 'throw new Error("BOOK_TABLE is missing");' },
      'Error',
      'BOOK_TABLE is missing',
    ],
  ])('a function that does not answer because %s fails in the words of Lambda', async (_, given, errorType, words) => {
    expect(await lambdaWith(given).call()).toEqual(failure(errorType, words));
  });
});

describe('the local Lambda', () => {
  it('the local Lambda knows when nothing runs', async () => {
    const lambda = lambdaWith({ code: returning('"done"') });
    await lambda.idle();
    const call = lambda.call();
    expect(lambda.inFlight()).toBe(1);
    await lambda.idle();
    expect(lambda.inFlight()).toBe(0);
    expect(await call).toEqual({ failed: false, answer: 'done' });
  });

  it('the local Lambda ends what still runs when it is closed', async () => {
    const lambda = lambdaWith({
      timeoutMs: 60_000,
      code: 'export const handler = () => new Promise(() => setInterval(() => {}, 1000));',
    });
    const call = lambda.call();
    while (!lambda.log().includes('START')) await sleep(5);
    await lambda.close();
    expect((await call).failed).toBe(true);
    expect(lambda.inFlight()).toBe(0);
    await expect(lambda.call()).rejects.toThrow('The local cloud is closing.');
  });
});
