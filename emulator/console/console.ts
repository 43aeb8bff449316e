import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Clock } from '../clock/clock.ts';
import { NoSuchSwitch, type Faults } from '../faults.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { StepFunctions } from '../stepfunctions/index.ts';
import { deskAddress, executionAddress, outboxAddress, root, switchesAddress, type Action } from './addresses.ts';
import {
  describeExecution,
  machinesOf,
  redriveExecution,
  Refusal,
  stopExecution,
  type Execution,
  type Machine,
} from './executions.ts';
import { isFromOurForm, page, readForm, seeOther, send, type Answer } from './http.ts';
import { jumpPage, problemPage, redrivePage, stopPage } from './pages/confirm.ts';
import { executionPage } from './pages/execution.ts';
import { emptyPage, listPage } from './pages/list.ts';
import { opsDeskPage } from './pages/ops-desk.ts';
import { outboxJson, outboxPage } from './pages/outbox.ts';
import { switchesPage } from './pages/switches.ts';
import type { OpsDesk } from './ops-desk.ts';
import { createLook, type Look, type SecondNames } from './look.ts';

export interface ConsoleOptions {
  /** The engine, as soon as it is there: pages wait for it. */
  readonly stepFunctions: Promise<Pick<StepFunctions, 'handle' | 'summaries'>>;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly outbox: Pick<Outbox, 'list'>;
  readonly secondNames?: SecondNames;
  readonly opsDesk?: OpsDesk;
}

/** The pages for people who operate the local cloud: what its Step Functions carry, and what may be done about it. */
export interface Console {
  /**
   * Whether a request is for these pages. A browser's bare `/` is; that of an S3 client, which wants no HTML, is not.
   */
  readonly takes: (request: IncomingMessage) => boolean;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

export function createConsole({
  stepFunctions,
  clock,
  faults,
  outbox,
  secondNames = () => new Map(),
  opsDesk = emptyDesk,
}: ConsoleOptions): Console {
  const look = createLook(secondNames);
  return {
    takes: (request) =>
      pathOf(request).startsWith(root) || pathOf(request) === root.slice(0, -1) || isBrowserAtTheDoor(request),
    async handle(request, response) {
      send(
        request,
        response,
        await answer(request, { engine: await stepFunctions, clock, faults, outbox, look, opsDesk }),
      );
    },
  };
}

interface Around {
  readonly engine: Pick<StepFunctions, 'handle' | 'summaries'>;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly outbox: Pick<Outbox, 'list'>;
  readonly look: Look;
  readonly opsDesk: OpsDesk;
}

/** Of a system that hands in none. */
const emptyDesk: OpsDesk = {
  findings: () => Promise.resolve([]),
  waiting: () => Promise.resolve('This system tells nothing of what waits.'),
  acts: [],
};

async function answer(request: IncomingMessage, around: Around): Promise<Answer> {
  const { clock } = around;
  const path = pathOf(request);
  if (!path.startsWith(root)) return { status: 302, headers: { location: root } };
  if (path === switchesAddress) return await answerSwitches(request, around);
  if (path === deskAddress) return await answerDesk(request, around);
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (path === outboxAddress) return reads ? showOutbox(request, around) : notAllowed(clock, 'GET, HEAD');
  const asset = assets.get(path.slice(root.length));
  const route = /^executions\/(?<machine>[^/]+)\/(?<name>[^/]+)(?:\/(?<action>stop|redrive|jump))?$/u.exec(
    path.slice(root.length),
  )?.groups;
  if (path !== root && asset === undefined && route === undefined) return notFound(clock);
  if (!reads && (request.method !== 'POST' || route?.['action'] === undefined))
    return notAllowed(clock, route?.['action'] === undefined ? 'GET, HEAD' : 'GET, HEAD, POST');
  if (asset !== undefined)
    return {
      status: 200,
      type: asset.type,
      body: await readFile(join(import.meta.dirname, 'assets', asset.file), 'utf8'),
    };
  return route === undefined ? await showList(request, around) : await answerExecution(request, route, around);
}

const assets = new Map([
  ['assets/console.css', { file: 'console.css', type: 'text/css' as const }],
  ['assets/live.js', { file: 'live.js', type: 'text/javascript' as const }],
]);

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?')[0] ?? '';
}

function queryOf({ url = '' }: IncomingMessage): URLSearchParams {
  return new URLSearchParams(url.split('?').slice(1).join('?'));
}

function isBrowserAtTheDoor({ method, url, headers }: IncomingMessage): boolean {
  return (
    method === 'GET' &&
    url === '/' &&
    headers.authorization === undefined &&
    (headers.accept ?? '').includes('text/html')
  );
}

function notFound(clock: Clock, words = 'There is no such page.'): Answer {
  return page(problemPage(clock, 'Not found', words, { href: root, words: 'All executions' }), 404);
}

function notAllowed(clock: Clock, allow: string): Answer {
  return { ...page(problemPage(clock, 'Not allowed', 'This page cannot be asked that way.'), 405), headers: { allow } };
}

async function showList(request: IncomingMessage, { engine, clock, look }: Around): Promise<Answer> {
  const machines = await machinesOf(engine);
  const query = queryOf(request);
  const wanted = query.get('machine');
  const machine = machines.find(({ name }) => name === wanted) ?? (wanted === null ? machines[0] : undefined);
  if (machine === undefined)
    return wanted === null ? page(emptyPage(clock)) : notFound(clock, 'There is no such state machine.');
  return page(listPage(await look.list({ engine, clock }, machines, machine, query)));
}

function showOutbox(request: IncomingMessage, { clock, outbox }: Around): Answer {
  return queryOf(request).get('as') === 'json'
    ? { status: 200, type: 'application/json', body: outboxJson(outbox.list()) }
    : page(outboxPage(clock, outbox.list()));
}

async function answerSwitches(request: IncomingMessage, { clock, faults }: Around): Promise<Answer> {
  if (request.method === 'GET' || request.method === 'HEAD') return page(switchesPage(clock, faults.list()));
  if (request.method !== 'POST') return notAllowed(clock, 'GET, HEAD, POST');
  if (!isFromOurForm(request)) return notFromOurForm(clock);
  const form = await readForm(request);
  try {
    await faults.set(form.get('name') ?? '', form.get('away') === 'true');
  } catch (error) {
    if (error instanceof NoSuchSwitch) return notFound(clock, 'There is no such switch.');
    throw error;
  }
  return seeOther(switchesAddress);
}

async function answerDesk(request: IncomingMessage, { clock, opsDesk }: Around): Promise<Answer> {
  if (request.method === 'GET' || request.method === 'HEAD') return page(await opsDeskPage(clock, opsDesk));
  if (request.method !== 'POST') return notAllowed(clock, 'GET, HEAD, POST');
  if (!isFromOurForm(request)) return notFromOurForm(clock);
  const form = await readForm(request);
  const wanted = opsDesk.acts.find(({ name }) => name === form.get('act'));
  if (wanted === undefined) return notFound(clock, 'There is no such act.');
  return page(await opsDeskPage(clock, opsDesk, await wanted.act((form.get('subject') ?? '').trim())));
}

async function answerExecution(
  request: IncomingMessage,
  route: Readonly<Record<string, string | undefined>>,
  around: Around,
): Promise<Answer> {
  const { engine, clock } = around;
  const [machineName, name, action] = [decoded(route['machine']), decoded(route['name']), route['action']];
  const machine = (await machinesOf(engine)).find((one) => one.name === machineName);
  const execution = machine && (await describeExecution(engine, machine, name));
  if (machine === undefined || execution === undefined) return notFound(clock, 'There is no such execution.');
  const asked = { machine, execution, ...around };
  if (action === undefined) return await showExecution(request, asked);
  if (!isAction(action)) return notFound(clock);
  return request.method === 'POST' ? await act(request, action, asked) : ask(action, asked);
}

interface Asked extends Around {
  readonly machine: Machine;
  readonly execution: Execution;
}

function isAction(name: string): name is Action {
  return name === 'stop' || name === 'redrive' || name === 'jump';
}

async function showExecution(request: IncomingMessage, asked: Asked): Promise<Answer> {
  const query = queryOf(request);
  const done = query.get('done') ?? '';
  const opened = await asked.look.open(asked, Number(query.get('events') ?? 1));
  if (opened === undefined) return notFound(asked.clock, 'The history has no such page.');
  return page(executionPage({ ...opened, done: isAction(done) ? done : undefined }));
}

function ask(action: Action, asked: Asked): Answer {
  const { engine, execution, clock } = asked;
  const summary = engine.summaries.one(execution.executionArn);
  if (action === 'redrive')
    return execution.redriveStatus === 'REDRIVABLE'
      ? page(redrivePage(asked))
      : impossible(asked, execution.redriveStatusReason ?? '');
  if (execution.status !== 'RUNNING') return impossible(asked, 'The execution is over.');
  if (action === 'stop') return page(stopPage(asked, (summary?.at ?? []).map(({ state }) => state).join(', ')));
  const due = summary?.nextDue;
  if (due === undefined) return impossible(asked, 'The execution waits for no time.');
  return page(jumpPage(asked, Math.max(due, clock.now()), engine.summaries.dueBy(due)));
}

async function act(request: IncomingMessage, action: Action, asked: Asked): Promise<Answer> {
  const { engine, execution, machine, clock } = asked;
  if (!isFromOurForm(request)) return notFromOurForm(clock);
  const form = await readForm(request);
  try {
    if (action === 'stop') await stop(asked, form.get('cause') ?? '');
    else if (action === 'redrive') await redriveExecution(engine, execution);
    else await clock.jumpTo(Date.parse(form.get('to') ?? ''));
  } catch (error) {
    if (error instanceof Refusal) return impossible(asked, error.message);
    if (error instanceof RangeError)
      return impossible(asked, 'That time has passed already: the clock does not run backwards.');
    throw error;
  }
  return seeOther(executionAddress(machine, execution.name, { done: action }));
}

/** AWS takes a stop of an execution that is over, and does nothing; a person should be told. */
async function stop({ engine, execution }: Asked, cause: string): Promise<void> {
  if (execution.status !== 'RUNNING') throw new Refusal({ __type: 'Over', message: 'The execution is over.' });
  await stopExecution(engine, execution, cause);
}

function impossible({ clock, machine, execution }: Asked, words: string): Answer {
  return page(
    problemPage(clock, 'Not possible', words, {
      href: executionAddress(machine, execution.name),
      words: 'Back to the execution',
    }),
    409,
  );
}

function notFromOurForm(clock: Clock): Answer {
  return page(problemPage(clock, 'Refused', 'Only the forms of these pages may do that.'), 403);
}

/** What cannot be decoded names nothing. */
function decoded(part = ''): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
