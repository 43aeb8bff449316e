import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventsOnPage } from '../../../emulator/console/executions.ts';
import type { OpsDesk } from '../../../emulator/console/ops-desk.ts';
import { desk, journeyDefinition, journeyInput, small, type Desk } from './desk.ts';
import { journey as journeyMachine } from './journey.ts';

const looked: string[] = [];
const handedIn: OpsDesk = {
  findings: async () => [{ subject: 'parcel-7', since: '2026-03-02T01:00:00.000Z', words: 'it is <lost>' }],
  waiting: async () => 'Three letters wait.',
  acts: [
    {
      name: 'find',
      label: 'Find',
      words: 'Looks for it.',
      of: 'Parcel',
      act: async (subject) => `looked ${looked.push(subject)} times`,
    },
  ],
};

let at: Desk;
let machine = '';
beforeAll(async () => {
  at = await desk(handedIn);
  machine = await at.bench.machine('small', small);
});
afterAll(() => at.close());

interface Page {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** Unlike fetch, sends any Host and Origin that it is told to. */
async function ask(
  path: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Page> {
  const { promise, resolve, reject } = Promise.withResolvers<Page>();
  const outgoing = request(`${at.url}${path}`, { method, headers }, (answer) => {
    text(answer).then(
      (read) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: read }),
      reject,
    );
  });
  outgoing.on('error', reject).end(body);
  return promise;
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };
function post(path: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) {
  return ask(path, {
    method: 'POST',
    headers: { ...form, origin: at.url, ...headers },
    body: new URLSearchParams(fields).toString(),
  });
}
async function start(name: string, input: unknown = {}): Promise<string> {
  const arn = await at.bench.start(machine, input, name);
  await at.bench.sfn.idle();
  return arn;
}
async function status(arn: string) {
  return (await at.bench.describe(arn)).status;
}

describe('the list', () => {
  it('the list shows an execution with status, place, since when and next timer', async () => {
    await start('listed');
    const { status: code, body } = await ask('/_local/');
    expect(code).toBe(200);
    expect(body).toMatch(/executions\/small\/listed">listed<\/a>.*?Running.*?Here.*?ago<\/span>.*?in (?:59 min|1 h)/su);
  });

  it('the list keeps to a status and to a part of the name', async () => {
    await at.bench.call('StopExecution', { executionArn: await start('found-1') });
    await start('found-2');
    const { body } = await ask('/_local/?name=FOUND&status=ABORTED');
    expect([body.includes('/found-1"'), body.includes('/found-2"'), body.includes('/listed"')]).toEqual([
      true,
      false,
      false,
    ]);
    expect((await ask('/_local/?name=nothing-like-it')).body).toContain(
      'No execution has “nothing-like-it” in its name',
    );
  });

  it('the list goes through many executions page by page', async () => {
    const many = await at.bench.machine('many', small);
    for (let n = 0; n < 60; n++) await at.bench.start(many, {}, `e${n}`);
    await at.bench.sfn.idle();
    const first = await ask('/_local/?machine=many');
    const older =
      /href="(?<address>[^"]*older=\d+)"/u.exec(first.body)?.groups?.['address']?.replaceAll('&amp;', '&') ?? 'none';
    const second = await ask(older);
    const namesIn = ({ body }: Page) => [...body.matchAll(/executions\/many\/(e\d+)"/gu)].map(([, name]) => name);
    expect([namesIn(first).length, namesIn(first)[0], namesIn(second).length, namesIn(second).at(-1)]).toEqual([
      50,
      'e59',
      10,
      'e0',
    ]);
    expect([
      first.body.includes('rel="prev"'),
      second.body.includes('rel="prev"'),
      second.body.includes('rel="next"'),
    ]).toEqual([false, true, false]);
  });

  it('the list takes nonsense in its address for nothing asked', async () => {
    expect((await ask('/_local/?machine=small&older=x&newer=-1&status=DANCING')).status).toBe(200);
  });
});

describe('an execution', () => {
  it('an execution is shown as graph and as table that say the same of every state', async () => {
    const journey = await at.bench.machine('journey', journeyDefinition);
    await at.bench.start(journey, journeyInput('d1', 'AtAgency'), 'd1');
    await at.bench.sfn.idle();
    const { body } = await ask('/_local/executions/journey/d1');
    const said = (tag: string) =>
      new Map(
        [...body.matchAll(new RegExp(`<${tag} [^>]*data-state="([^"]*)" data-look="([^"]*)"`, 'gu'))].map(
          ([, state = '', look = '']) => [state, look],
        ),
      );
    const [graph, table] = [said('g'), said('tr')];
    expect([...graph.keys()]).toEqual([...journeyMachine().states.keys()]);
    expect(table).toEqual(
      new Map([...graph].toSorted(([a], [b]) => [...table.keys()].indexOf(a) - [...table.keys()].indexOf(b))),
    );
    expect([graph.get('AtAgency'), graph.get('Resume'), graph.get('Delivered')]).toEqual([
      'waiting',
      'succeeded',
      'unreached',
    ]);
    expect(body).toContain('aria-label="AtAgency, Tại cơ quan, Waiting');
    expect(body).toMatch(/<caption>.*<th scope="col">.*<th scope="row">/su);
  });

  it('an execution is harmless whatever its input, error and cause hold', async () => {
    const evil = '</pre><script>alert(1)</script><img src=x onerror=alert(1)>';
    const arn = await start('evil', { evil });
    await at.bench.call('StopExecution', { executionArn: arn, error: evil, cause: evil });
    const { body, headers } = await ask('/_local/executions/small/evil');
    expect([body.includes('<script>alert'), body.includes('<img'), body.includes('&lt;script&gt;alert(1)')]).toEqual([
      false,
      false,
      true,
    ]);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    const { body: list } = await ask(`/_local/?name=${encodeURIComponent(evil)}`);
    expect([list.includes('<script>alert'), list.includes('<img')]).toEqual([false, false]);
  });

  it('an execution has its events with what went in and came out, page by page', async () => {
    const looping = await at.bench.machine('looping', {
      QueryLanguage: 'JSONata',
      StartAt: 'Again',
      States: {
        Again: {
          Type: 'Pass',
          Assign: { n: '{% $exists($n) ? $n + 1 : 1 %}' },
          Output: { word: 'xin chào' },
          Next: 'Enough',
        },
        Enough: { Type: 'Choice', Choices: [{ Condition: '{% $n < 40 %}', Next: 'Again' }], Default: 'Done' },
        Done: { Type: 'Succeed' },
      },
    });
    await at.bench.start(looping, {}, 'e');
    await at.bench.sfn.idle();
    const idsOn = async (page: number) =>
      [...(await ask(`/_local/executions/looping/e?events=${page}`)).body.matchAll(/<tr id="event-(\d+)"/gu)].map(
        ([, id]) => Number(id),
      );
    expect([await idsOn(1), await idsOn(2)].map((ids) => [ids[0], ids.at(-1)])).toEqual([
      [1, eventsOnPage],
      [eventsOnPage + 1, 164],
    ]);
    expect((await ask('/_local/executions/looping/e')).body).toContain('&quot;word&quot;: &quot;xin chào&quot;');
    expect((await ask('/_local/executions/looping/e?events=3')).status).toBe(404);
    expect((await ask('/_local/executions/looping/e?events=x')).status).toBe(404);
  });

  it('an execution keeps the graph of the definition with which it began', async () => {
    const changing = await at.bench.machine('changing', small);
    await at.bench.start(changing, {}, 'old');
    await at.bench.sfn.idle();
    await at.bench.call('UpdateStateMachine', {
      stateMachineArn: changing,
      definition: JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'New', States: { New: { Type: 'Succeed' } } }),
    });
    const { body } = await ask('/_local/executions/changing/old');
    expect([body.includes('data-state="Here"'), body.includes('data-state="New"')]).toEqual([true, false]);
  });
});

describe('an action', () => {
  it('an action stops an execution, after it has asked', async () => {
    const arn = await start('stopped');
    const question = await ask('/_local/executions/small/stopped/stop');
    expect([question.status, question.body.includes('method="post"'), await status(arn)]).toEqual([
      200,
      true,
      'RUNNING',
    ]);
    const done = await post('/_local/executions/small/stopped/stop', { cause: 'a mistake' });
    expect([done.status, done.headers['location']]).toEqual([303, '/_local/executions/small/stopped?done=stop']);
    expect(await at.bench.describe(arn)).toMatchObject({ status: 'ABORTED', cause: 'a mistake' });
    expect((await ask(String(done.headers['location']))).body).toContain('Execution stopped.');
  });

  it('an action redrives an execution that was stopped, and none that runs', async () => {
    const arn = await start('again');
    expect((await ask('/_local/executions/small/again/redrive')).status).toBe(409);
    expect((await post('/_local/executions/small/again/redrive')).status).toBe(409);
    await post('/_local/executions/small/again/stop');
    expect([
      (await ask('/_local/executions/small/again/redrive')).status,
      (await post('/_local/executions/small/again/redrive')).status,
    ]).toEqual([200, 303]);
    expect(await status(arn)).toBe('RUNNING');
  });

  it('an action jumps the clock to the next timer, to the very time that it said', async () => {
    const own = await desk();
    try {
      const arn = await own.bench.start(await own.bench.machine('small', small), {}, 'jumped');
      await own.bench.sfn.idle();
      const address = `${own.url}/_local/executions/small/jumped/jump`;
      const question = await (await fetch(address)).text();
      const to = /name="to" value="(?<to>[^"]+)"/u.exec(question)?.groups?.['to'] ?? '';
      expect(Date.parse(to)).toBe(own.bench.clock.nextDue());
      const done = await fetch(address, {
        method: 'POST',
        redirect: 'manual',
        headers: { ...form, origin: own.url },
        body: new URLSearchParams({ to }),
      });
      expect([
        done.status,
        own.bench.clock.now() >= Date.parse(to),
        own.bench.sfn.summaries.one(arn)?.at[0]?.state,
      ]).toEqual([303, true, 'There']);
      // The question was old: nothing jumps twice, and nothing goes back.
      await own.bench.pass(3_600_000);
      expect(
        (
          await fetch(address, {
            method: 'POST',
            redirect: 'manual',
            headers: { ...form, origin: own.url },
            body: new URLSearchParams({ to }),
          })
        ).status,
      ).toBe(409);
    } finally {
      await own.close();
    }
  });

  it.each(['stop', 'redrive', 'jump'])('the action %s says so when the execution is over', async (action) => {
    const name = `over-${action}`;
    await start(name);
    for (const state of ['Here', 'There']) {
      expect(at.bench.sfn.summaries.page({ machineArn: machine, name, limit: 1 })[0]?.at[0]?.state).toBe(state);
      await at.bench.call('SendTaskSuccess', { taskToken: at.bench.token(), output: '{}' });
      await at.bench.sfn.idle();
    }
    expect((await ask(`/_local/executions/small/${name}/${action}`)).status).toBe(409);
    expect((await post(`/_local/executions/small/${name}/${action}`, { to: 'never' })).status).toBe(409);
  });

  it.each([
    ['without an Origin', { origin: '' }],
    ['from another site', { origin: 'http://evil.example' }],
    ['from another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['from nowhere', { origin: 'null' }],
  ])('an action is refused %s', async (_whence, headers) => {
    const arn = await at.bench.start(machine, {}, `safe${String(headers.origin.length)}`);
    await at.bench.sfn.idle();
    const answer = await post(`/_local/executions/small/${arn.split(':').at(-1)}/stop`, {}, headers);
    expect([answer.status, await status(arn)]).toEqual([403, 'RUNNING']);
  });
});

describe('the ops desk', () => {
  it('the ops desk shows what was handed in, and has done what its buttons say', async () => {
    const { status: code, body } = await ask('/_local/desk');
    expect(code).toBe(200);
    expect(body).toMatch(/<code>parcel-7<\/code>.*?it is &lt;lost&gt;/su);
    expect(body).toContain('Three letters wait.');
    const acted = await post('/_local/desk', { act: 'find', subject: ' parcel-7 ' });
    expect([acted.status, looked]).toEqual([200, ['parcel-7']]);
    expect(acted.body).toContain('looked 1 times');
  });

  it('the ops desk does nothing for another site, by another method, or that it does not know', async () => {
    const before = looked.length;
    expect((await post('/_local/desk', { act: 'find' }, { origin: 'http://evil.example' })).status).toBe(403);
    expect((await ask('/_local/desk', { method: 'PUT', headers: { origin: at.url } })).status).toBe(405);
    expect((await post('/_local/desk', { act: 'burn' })).status).toBe(404);
    expect(looked).toHaveLength(before);
  });
});

describe('the outbox', () => {
  it('the outbox is empty at first, and nobody writes into it', async () => {
    const { status: code, body } = await ask('/_local/outbox');
    expect([code, body.includes('Nobody has been told anything yet.')]).toEqual([200, true]);
    expect((await ask('/_local/outbox?as=json')).body).toBe('{"messages":[]}');
    expect((await post('/_local/outbox')).status).toBe(405);
  });
});

describe('the fault switches', () => {
  it('the fault switches take a part away and give it back by the forms of their page', async () => {
    const { body } = await ask('/_local/switches');
    expect(body).toMatch(/Function <code>Publish1A2B<\/code><\/th>\s*<td>There/u);
    expect((await post('/_local/switches', { name: 'lambda:Publish1A2B', away: 'true' })).headers['location']).toBe(
      '/_local/switches',
    );
    expect(at.faults.isFunctionAway('Post-Publish')).toBe(true);
    expect((await ask('/_local/switches')).body).toMatch(/Publish1A2B<\/code><\/th>\s*<td><strong>Away/u);
    await post('/_local/switches', { name: 'lambda:Publish1A2B', away: 'false' });
    expect(at.faults.any()).toBe(false);
  });

  it('the fault switches that are not there, or thrown from another site, are refused', async () => {
    expect((await post('/_local/switches', { name: 'moon', away: 'true' })).status).toBe(404);
    const elsewhere = await post('/_local/switches', { name: 'dynamodb', away: 'true' }, { origin: 'null' });
    expect([elsewhere.status, at.faults.any()]).toEqual([403, false]);
  });
});

describe('the address', () => {
  it.each([
    '/_local/nothing',
    '/_local/constructor',
    '/_local/executions/small',
    '/_local/executions/small/nobody',
    '/_local/executions/nothing/listed',
    '/_local/executions/small/%ff',
    '/_local/executions/small/listed/dance',
    '/_local/assets/../console.ts',
    '/_local/assets/console.ts',
    '/_local/?machine=nothing',
  ])('the address %s leads to a page that says there is nothing', async (path) => {
    const { status: code, body } = await ask(path);
    expect([code, body.includes('<h1>Not found</h1>')]).toEqual([404, true]);
  });

  it.each([
    ['POST', '/_local/', 'GET, HEAD'],
    ['DELETE', '/_local/executions/small/listed', 'GET, HEAD'],
    ['PUT', '/_local/switches', 'GET, HEAD, POST'],
    ['PUT', '/_local/executions/small/listed/stop', 'GET, HEAD, POST'],
  ])('the address does not take %s %s', async (method, path, allow) => {
    const answer = await ask(path, { method, headers: { origin: at.url } });
    expect([answer.status, answer.headers['allow']]).toEqual([405, allow]);
  });

  it.each(['evil.example', 'evil.example:4566', '127.0.0.1.evil.example', '169.254.0.1'])(
    'the address is not answered to somebody who calls it %s',
    async (host) => {
      const read = await ask('/_local/', { headers: { host } });
      const written = await post('/_local/executions/small/listed/stop', {}, { host, origin: `http://${host}` });
      expect([read.status, read.body.includes('listed'), written.status]).toEqual([421, false, 421]);
    },
  );

  it('the address may be called localhost', async () => {
    expect((await ask('/_local/', { headers: { host: 'localhost:4566' } })).status).toBe(200);
  });

  it('the address answers HEAD without a body', async () => {
    const { status: code, body, headers } = await ask('/_local/', { method: 'HEAD' });
    expect([code, body, Number(headers['content-length']) > 1000]).toEqual([200, '', true]);
  });

  it('the address / leads a browser to the pages, and leaves every S3 client alone', async () => {
    const browser = await ask('/', { headers: { accept: 'text/html,application/xhtml+xml' } });
    expect([browser.status, browser.headers['location']]).toEqual([302, '/_local/']);
    expect((await ask('/_local')).headers['location']).toBe('/_local/');
    for (const headers of [
      {},
      { accept: '*/*' },
      { accept: 'text/html', authorization: 'AWS4-HMAC-SHA256 Credential=local/x' },
    ]) {
      expect((await ask('/', { headers })).headers['x-from']).toBe('s3');
    }
    expect((await ask('/some-bucket/_local/key', { headers: { accept: 'text/html' } })).headers['x-from']).toBe('s3');
  });
});
