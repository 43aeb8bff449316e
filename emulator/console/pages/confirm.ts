import type { Clock } from '../../clock/clock.ts';
import { actionAddress, executionAddress, type Action } from '../addresses.ts';
import type { Execution, Machine } from '../executions.ts';
import { html, type Html } from '../html.ts';
import { roughly, time } from '../words.ts';
import { frame } from './frame.ts';

export interface Asked {
  readonly clock: Clock;
  readonly machine: Machine;
  readonly execution: Execution;
}

/** Asks before an execution is stopped. */
export function stopPage(asked: Asked, place: string): Html {
  return question(
    asked,
    'stop',
    'Stop execution?',
    'Stop execution',
    html`<p>The execution ends as <strong>Aborted</strong>${place !== '' && ` in ${place}`}. It can be redriven within 14 days.</p>
<p class="field"><label for="cause">Cause (optional)</label> <input id="cause" name="cause" maxlength="1000" autocomplete="off"></p>`,
  );
}

/** Asks before an execution is redriven. */
export function redrivePage(asked: Asked): Html {
  return question(
    asked,
    'redrive',
    'Redrive execution?',
    'Redrive',
    html`<p>The states that failed or were aborted are done again with the same input; what succeeded stays. The definition is the one that the execution began with.</p>`,
  );
}

/**
 * Asks before the clock jumps, and says to when. @param due epoch milliseconds; @param moved how many executions have a
 * timer until then
 */
export function jumpPage(asked: Asked, due: number, moved: number): Html {
  const { clock } = asked;
  return question(
    asked,
    'jump',
    'Jump the clock?',
    'Jump the clock',
    html`<p>The clock goes from ${time(clock.now())} to <strong>${time(due)}</strong>, ${roughly(due - clock.now())} ahead, and never back.</p>
<p>It is the clock of everything on this machine. ${moved <= 1 ? 'Until then no other execution has a timer.' : `Until then ${moved.toLocaleString('en')} executions have a timer, this one with them: all fire on the way, each at its own time.`}</p>
<input type="hidden" name="to" value="${new Date(due).toISOString()}">`,
  );
}

function question({ clock, machine, execution }: Asked, action: Action, title: string, verb: string, body: Html): Html {
  return frame(
    clock,
    title,
    html`<nav aria-label="Breadcrumb" class="crumbs"><a href="${executionAddress(machine, execution.name)}">Execution ${execution.name}</a></nav>
<h1>${title}</h1>
<p><code>${execution.name}</code></p>
<form class="question" method="post" action="${actionAddress(machine, execution.name, action)}">
${body}
<p class="actions"><button class="button${action === 'stop' && ' danger'}">${verb}</button> <a href="${executionAddress(machine, execution.name)}">Cancel</a></p>
</form>`,
  );
}

/** Says that something is not there, or cannot be done. */
export function problemPage(
  clock: Clock,
  title: string,
  words: string,
  back?: { readonly href: string; readonly words: string },
): Html {
  return frame(
    clock,
    title,
    html`<h1>${title}</h1><p>${words}</p>${back && html`<p><a href="${back.href}">${back.words}</a></p>`}`,
  );
}
