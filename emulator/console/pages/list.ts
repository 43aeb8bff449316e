import type { Clock } from '../../clock/clock.ts';
import type { Position, ExecutionSummary } from '../../stepfunctions/execution-summaries.ts';
import { executionAddress, listAddress, root, type ListQuery } from '../addresses.ts';
import type { Machine } from '../executions.ts';
import { html, type Html } from '../html.ts';
import { roughly, statusBadge, statuses, time } from '../words.ts';
import { frame } from './frame.ts';

export interface Listed {
  readonly clock: Clock;
  readonly machines: readonly Machine[];
  readonly machine: Machine;
  readonly query: ListQuery;
  readonly executions: readonly ExecutionSummary[];
  /** The addresses' ids of the pages before and after, where there are such. */
  readonly newer?: number | undefined;
  readonly older?: number | undefined;
  readonly counts: ReadonlyMap<string, number>;
  readonly vietnamese: ReadonlyMap<string, string>;
}

/** The list of a state machine's executions. */
export function listPage(listed: Listed): Html {
  const { clock, machine } = listed;
  return frame(
    clock,
    'Executions',
    html`<h1>Executions <span class="muted">of ${machine.name}</span></h1>
${machineChoice(listed)}
<nav aria-label="Status" id="statuses" data-live>${statusFilter(listed)}</nav>
${searchForm(listed)}
<div id="executions" data-live>${table(listed)}${paging(listed)}</div>`,
  );
}

/** Before any state machine exists. */
export function emptyPage(clock: Clock): Html {
  return frame(clock, 'Executions', html`<h1>Executions</h1><p>There is no state machine yet.</p>`);
}

function machineChoice({ machines, machine }: Listed): Html | false {
  if (machines.length < 2) return false;
  return html`<nav aria-label="State machines"><ul class="tabs">${machines.map(
    (one) =>
      html`<li><a href="${listAddress({ machine: one.name })}"${one === machine && html` aria-current="page"`}>${one.name}</a></li>`,
  )}</ul></nav>`;
}

function statusFilter({ counts, query, machine }: Listed): Html {
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const tab = (status: string | undefined, shown: Html | string, count: number): Html =>
    html`<li><a href="${listAddress({ machine: machine.name, name: query.name, status })}"${query.status === status && html` aria-current="page"`}>${shown} <strong>${count.toLocaleString('en')}</strong></a></li>`;
  return html`<ul class="tabs">${tab(undefined, 'All', all)}${Object.keys(statuses).map((status) => tab(status, statusBadge(status), counts.get(status) ?? 0))}</ul>`;
}

function searchForm({ query, machine }: Listed): Html {
  return html`<form class="search" method="get" action="${root}" role="search">
<input type="hidden" name="machine" value="${machine.name}">
${query.status !== undefined && html`<input type="hidden" name="status" value="${query.status}">`}
<label for="name">Search by name or ARN</label>
<input id="name" name="name" type="search" value="${query.name ?? ''}" maxlength="500" autocomplete="off" spellcheck="false">
<button>Search</button>
${query.name !== undefined && html`<a href="${listAddress({ machine: machine.name, status: query.status })}">Clear</a>`}
</form>`;
}

function table(listed: Listed): Html {
  if (listed.executions.length === 0)
    return html`<p class="empty">No execution ${listed.query.name === undefined ? 'is here' : `has “${listed.query.name}” in its name`}.</p>`;
  return html`<div class="wide" role="region" aria-label="Executions" tabindex="0"><table>
<caption class="hidden">Executions of ${listed.machine.name}, newest first</caption>
<thead><tr><th scope="col">Name</th><th scope="col">Status</th><th scope="col">Place <span lang="vi">(Ở đâu)</span></th><th scope="col">Since <span lang="vi">(Từ lúc)</span></th><th scope="col">Next timer <span lang="vi">(Đến hạn)</span></th><th scope="col">Started</th></tr></thead>
<tbody>${listed.executions.map((execution) => row(execution, listed))}</tbody>
</table></div>`;
}

function row(
  { name, status, at, nextDue, startedAt, stoppedAt, redriveCount }: ExecutionSummary,
  { clock, machine, vietnamese }: Listed,
): Html {
  const since = at[0]?.since ?? stoppedAt;
  return html`<tr>
<th scope="row"><a href="${executionAddress(machine, name)}">${name}</a>${redriveCount > 0 && html` <span class="muted">redriven ${redriveCount}×</span>`}</th>
<td>${statusBadge(status)}</td>
<td>${places(at, vietnamese)}</td>
<td>${since !== undefined && html`${time(since)} <span class="muted nowrap">${roughly(clock.now() - since)} ago</span>`}</td>
<td>${nextDue === undefined ? html`<span class="muted">none</span>` : due(nextDue, clock)}</td>
<td>${time(startedAt)}</td>
</tr>`;
}

/** A timer that is due and has not fired is about to. */
function due(instant: number, clock: Clock): Html {
  const left = instant - clock.now();
  return html`${time(instant)} <span class="muted nowrap">${left > 0 ? `in ${roughly(left)}` : 'now'}</span>`;
}

/** How many states of an execution with many branches fit into a row. */
const mostPlaces = 3;

function places(at: readonly Position[], vietnamese: ReadonlyMap<string, string>): Html {
  const named = [...Map.groupBy(at, ({ state }) => state)];
  const shown = named.slice(0, mostPlaces).map(([state, positions]) => {
    const vi = vietnamese.get(state);
    return html`<div><span class="place">${state}</span>${positions.length > 1 && ` ×${positions.length}`}${vi !== undefined && html` <span class="vi" lang="vi">${vi}</span>`}</div>`;
  });
  return html`${shown}${named.length > mostPlaces && html`<div class="muted">and ${named.length - mostPlaces} more</div>`}`;
}

function paging({ newer, older, query, machine }: Listed): Html | false {
  if (newer === undefined && older === undefined) return false;
  const { status, name } = query;
  const to = (page: ListQuery): string => listAddress({ machine: machine.name, status, name, ...page });
  return html`<nav class="paging" aria-label="Pages">
${newer !== undefined && html`<a href="${to({})}">Newest</a> <a href="${to({ newer })}" rel="prev">← Newer</a>`}
${older !== undefined && html`<a href="${to({ older })}" rel="next">Older →</a>`}
</nav>`;
}
