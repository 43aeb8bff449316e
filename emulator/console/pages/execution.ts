import type { Clock } from '../../clock/clock.ts';
import type { ExecutionSummary } from '../../stepfunctions/execution-summaries.ts';
import { actionAddress, executionAddress, listAddress, type Action } from '../addresses.ts';
import { eventsOnPage, type Execution, type HistoryEvent, type Machine } from '../executions.ts';
import type { Layout } from '../graph/layout.ts';
import { drawGraph, type Shown } from '../graph/svg.ts';
import { html, type Html } from '../html.ts';
import type { Progress } from '../progress.ts';
import type { StateRow, Way } from '../state-rows.ts';
import { looks, lookBadge, roughly, span, statusBadge, time } from '../words.ts';
import { frame } from './frame.ts';

export interface Opened {
  readonly clock: Clock;
  readonly machine: Machine;
  readonly execution: Execution;
  readonly summary: ExecutionSummary;
  readonly rows: readonly StateRow[];
  readonly layout: Layout;
  readonly progress: Progress;
  readonly vietnamese: ReadonlyMap<string, string>;
  /** The events of the page that is shown. */
  readonly events: readonly HistoryEvent[];
  readonly page: number;
  readonly eventCount: number;
  /** What was just done to it. */
  readonly done?: Action | undefined;
}

const doneWords = {
  stop: 'Execution stopped.',
  redrive: 'Execution redriven: it goes on where it failed.',
  jump: 'The clock has jumped.',
} as const satisfies Record<Action, string>;

/** One execution: summary, graph, the same as a table, and its events. */
export function executionPage(opened: Opened): Html {
  const { clock, machine, execution, done } = opened;
  return frame(
    clock,
    `${execution.name} · Execution`,
    html`<nav aria-label="Breadcrumb" class="crumbs"><a href="${listAddress({ machine: machine.name })}">Executions of ${machine.name}</a></nav>
${done !== undefined && html`<p class="done" role="status">${doneWords[done]}</p>`}
<h1><span class="muted">Execution</span> ${execution.name}</h1>
<section id="summary" aria-label="Execution details" data-live>${facts(opened)}</section>
<section id="graph" data-live>${graph(opened)}</section>
<section id="table" data-live>${statesTable(opened)}</section>
<section id="events" data-live>${eventsTable(opened)}</section>`,
  );
}

function facts(opened: Opened): Html {
  const { execution, summary, clock } = opened;
  const started = execution.startDate * 1000;
  const ended = execution.stopDate === undefined ? undefined : execution.stopDate * 1000;
  return html`<div class="summary">
<dl>
${fact('Status', html`${statusBadge(execution.status)}${execution.redriveCount > 0 && html` <span class="muted">redriven ${execution.redriveCount}×</span>`}`)}
${fact(html`Place <span lang="vi">(Ở đâu)</span>`, html`${summary.at.map((position) => html`<div><a class="place" href="#${stateId(position.state)}">${position.state}</a> ${vi(position.state, opened)} ${position.since !== undefined && html`<br><span class="muted">since ${time(position.since)}, ${roughly(clock.now() - position.since)}</span>`}</div>`)}`)}
${ended === undefined && fact(html`Next timer <span lang="vi">(Đến hạn)</span>`, summary.nextDue === undefined ? 'none' : html`${time(summary.nextDue)} <span class="muted">${leftUntil(summary.nextDue, clock)}</span>`)}
${fact('Started', time(started))}
${ended !== undefined && fact('Ended', html`${time(ended)} <span class="muted">took ${span(ended - started)}</span>`)}
${execution.error !== undefined && fact('Error', html`<code>${execution.error}</code>`)}
${execution.cause !== undefined && fact('Cause', html`<code>${execution.cause}</code>`)}
</dl>
${actions(opened)}
</div>
<p class="arn"><span class="muted">Execution ARN</span> <code>${execution.executionArn}</code></p>
<div class="data">
${json('Execution input', execution.input, 'execution-input')}
${json('Execution output', execution.output, 'execution-output')}
</div>`;
}

function fact(name: Html | string, value: Html | string): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function leftUntil(instant: number, clock: Clock): string {
  return instant > clock.now() ? `in ${roughly(instant - clock.now())}` : 'now';
}

/** What may be done now; each asks before it does anything. */
function actions({ machine, execution, summary }: Opened): Html {
  const to = (action: Action): string => actionAddress(machine, execution.name, action);
  const running = execution.status === 'RUNNING';
  return html`<ul class="actions" aria-label="Actions">
${running && summary.nextDue !== undefined && html`<li><a class="button" href="${to('jump')}">Jump the clock to its next timer</a></li>`}
${running && html`<li><a class="button danger" href="${to('stop')}">Stop execution</a></li>`}
${execution.redriveStatus === 'REDRIVABLE' && html`<li><a class="button" href="${to('redrive')}">Redrive</a></li>`}
${!running && execution.redriveStatus !== 'REDRIVABLE' && execution.status !== 'SUCCEEDED' && html`<li class="muted">${execution.redriveStatusReason}</li>`}
</ul>`;
}

function vi(state: string, { vietnamese }: Pick<Opened, 'vietnamese'>): Html | false {
  const name = vietnamese.get(state);
  return name !== undefined && html`<span class="vi" lang="vi">${name}</span>`;
}

/** State names may hold anything; an id may not hold white space. */
function stateId(state: string): string {
  return `state-${encodeURIComponent(state)}`;
}

function graph(opened: Opened): Html {
  const { rows, layout } = opened;
  const byName = new Map(rows.map((row) => [row.state, row]));
  const taken = new Set(rows.flatMap(({ ways }) => ways.filter((way) => way.taken).map(({ edge }) => key(edge))));
  const overlay = {
    shown: (state: string) => shown(byName.get(state), state, opened),
    taken: (edge: Way['edge']) => taken.has(key(edge)),
  };
  return html`<h2 id="graph-title">Graph view</h2>
<ul class="legend" aria-label="Legend">${Object.keys(looks)
    .filter(isLook)
    .map((look) => html`<li>${lookBadge(look)}</li>`)}
<li class="ways"><span class="way happy"></span> onward <span class="way catch"></span> caught error <span class="way taken"></span> taken</li>
${layout.edges.some(({ quiet }) => quiet) && html`<li class="muted">+n: further ways that many states share; point at a state to see its own. The table below lists them all.</li>`}</ul>
<div class="wide" role="region" aria-label="Graph of the states" tabindex="0">${drawGraph(layout, overlay, 'graph-title')}</div>`;
}

function key({ from, to, kind, errors }: Way['edge']): string {
  return JSON.stringify([from, to, kind, errors]);
}

function isLook(name: string): name is keyof typeof looks {
  return Object.hasOwn(looks, name);
}

function shown(row: StateRow | undefined, state: string, opened: Opened): Shown {
  const look = row?.look ?? 'unreached';
  const other = opened.vietnamese.get(state) ?? '';
  const since = row?.now[0]?.since;
  const word = [
    looks[look].en,
    ...(row && row.visits.length > 1 ? [`${row.visits.length}×`] : []),
    ...(since === undefined || look !== 'waiting' ? [] : [roughly(opened.clock.now() - since)]),
  ].join(' · ');
  const label = [
    [state, other, word].filter((part) => part !== '').join(', '),
    ...(row ? outcomeWords(row, opened.clock) : []),
  ].join('. ');
  return { look, word, vi: other, label, href: `#${stateId(state)}` };
}

function outcomeWords({ visits, now }: StateRow, clock: Clock): string[] {
  const last = visits.at(-1);
  if (!last) return [];
  const due = now.find(({ nextDue }) => nextDue !== undefined)?.nextDue;
  return [
    last.endedAt === undefined
      ? `Entered ${roughly(clock.now() - last.enteredAt)} ago`
      : `Took ${span(last.endedAt - last.enteredAt)}`,
    ...(last.error === undefined ? [] : [`Error ${last.error}`]),
    ...(due === undefined ? [] : [`Next timer ${leftUntil(due, clock)}`]),
  ];
}

function statesTable(opened: Opened): Html {
  return html`<h2>Table view</h2>
<div class="wide" role="region" aria-label="Table of the states" tabindex="0"><table>
<caption>Every state of this execution’s definition, those reached first</caption>
<thead><tr><th scope="col">State</th><th scope="col">Type</th><th scope="col">Status</th><th scope="col">Entered</th><th scope="col">Duration</th><th scope="col">Next timer</th><th scope="col">Leads to</th></tr></thead>
<tbody>${opened.rows.map((row) => stateRow(row, opened))}</tbody>
</table></div>`;
}

const waitWords = { callback: 'for a callback', time: 'for a time', retry: 'to try again' } as const;

function stateRow({ state, type, look, visits, now, ways }: StateRow, opened: Opened): Html {
  const { clock, machine, execution } = opened;
  const last = visits.at(-1);
  const waits = now.find(({ waitsFor }) => waitsFor !== undefined)?.waitsFor;
  const due = now.flatMap(({ nextDue }) => nextDue ?? []).toSorted((one, other) => one - other)[0];
  return html`<tr id="${stateId(state)}" data-state="${state}" data-look="${look}">
<th scope="row">${state} ${vi(state, opened)}</th>
<td>${type}</td>
<td class="nowrap">${lookBadge(look)}${waits !== undefined && html`<div class="muted">${waitWords[waits]}</div>`}${last?.error !== undefined && html`<div><code>${last.error}</code></div>`}</td>
<td>${last && html`${time(last.enteredAt)} <a class="nowrap" href="${eventsAddress(machine, execution, last.enteredEvent)}">event ${last.enteredEvent}</a>${visits.length > 1 && html`<div class="muted">${visits.length} times</div>`}`}</td>
<td>${last && (last.endedAt === undefined ? roughly(clock.now() - last.enteredAt) : span(last.endedAt - last.enteredAt))}</td>
<td>${due !== undefined && html`${time(due)} <span class="muted nowrap">${leftUntil(due, clock)}</span>`}</td>
<td>${waysOut(state, ways)}</td>
</tr>`;
}

function eventsAddress(machine: Machine, execution: Execution, event: number): string {
  return `${executionAddress(machine, execution.name, { events: Math.ceil(event / eventsOnPage) })}#event-${event}`;
}

function waysOut(state: string, ways: readonly Way[]): Html {
  if (ways.length === 0) return html`<span class="muted">the end</span>`;
  const list = html`<ul class="ways-out">${ways.map(({ edge, taken }) => html`<li${taken && html` class="taken"`}>${edge.kind === 'catch' && html`<code>${edge.errors.join(', ')}</code> → `}${edge.to}${edge.kind === 'default' && ' (default)'}${taken && html` <span class="muted">taken</span>`}</li>`)}</ul>`;
  return ways.length === 1
    ? list
    : html`<details id="ways-${stateId(state)}"><summary>${ways.length} ways${ways.some(({ taken }) => taken) && html`, taken: ${[...new Set(ways.filter(({ taken }) => taken).map(({ edge }) => edge.to))].join(', ')}`}</summary>${list}</details>`;
}

function eventsTable(opened: Opened): Html {
  const { events, page, eventCount } = opened;
  return html`<h2>Events <span class="muted">${eventCount.toLocaleString('en')}</span></h2>
${eventPaging(opened)}
<div class="wide" role="region" aria-label="Events" tabindex="0"><table>
<caption class="hidden">Events of the execution, oldest first, page ${page}</caption>
<thead><tr><th scope="col">ID</th><th scope="col">Type</th><th scope="col">State</th><th scope="col">Time</th><th scope="col">After start</th><th scope="col">Input, output, details</th></tr></thead>
<tbody>${events.map((event) => eventRow(event, opened))}</tbody>
</table></div>
${eventPaging(opened)}`;
}

function eventRow({ id, type, at, error, details }: HistoryEvent, { progress, execution }: Opened): Html {
  const state = progress.stateOf.get(id);
  return html`<tr id="event-${id}">
<th scope="row">${id}</th>
<td>${type}${error !== undefined && html` <code>${error}</code>`}</td>
<td>${state !== undefined && html`<a href="#${stateId(state)}">${state}</a>`}</td>
<td>${time(at)}</td>
<td class="nowrap">${span(at - execution.startDate * 1000)}</td>
<td>${eventDetails(id, details)}</td>
</tr>`;
}

/** What has its own column, or says nothing. */
const toldElsewhere = new Set(['name', 'inputDetails', 'outputDetails', 'assignedVariablesDetails']);

function eventDetails(id: number, details: HistoryEvent['details']): Html | false {
  const told = Object.entries(details).filter(([field]) => !toldElsewhere.has(field));
  if (told.length === 0) return false;
  return html`<details id="details-${id}"><summary>${told.map(([field]) => field).join(', ')}</summary>${told.map(([field, value]) => detail(field, pretty(value)))}</details>`;
}

function detail(field: string, value: string): Html {
  if (value.includes('\n')) return html`<h3>${field}</h3><pre tabindex="0">${value}</pre>`;
  return html`<p class="detail"><strong>${field}</strong> <code>${value}</code></p>`;
}

function eventPaging({ machine, execution, page, eventCount }: Opened): Html | false {
  const pages = Math.ceil(eventCount / eventsOnPage);
  if (pages < 2) return false;
  const to = (events: number): string => `${executionAddress(machine, execution.name, { events })}#events`;
  return html`<p class="paging">Page ${page} of ${pages} ${page > 1 && html`<a href="${to(1)}">Oldest</a> <a href="${to(page - 1)}">← Older</a> `}${page < pages && html`<a href="${to(page + 1)}">Newer →</a> <a href="${to(pages)}">Newest</a>`}</p>`;
}

function json(title: string, text: string | undefined, id: string): Html | false {
  return (
    text !== undefined &&
    html`<details id="${id}"><summary>${title}</summary><pre tabindex="0">${pretty(text)}</pre></details>`
  );
}

/** JSON with its lines broken; text that holds JSON is shown as what it holds. */
function pretty(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value, undefined, 2);
  try {
    const held: unknown = JSON.parse(value);
    return JSON.stringify(held, undefined, 2);
  } catch {
    return value;
  }
}
