import type { Clock } from '../../clock/clock.ts';
import { deskAddress } from '../addresses.ts';
import { html, type Html } from '../html.ts';
import type { Act, Finding, OpsDesk } from '../ops-desk.ts';
import { time } from '../words.ts';
import { frame } from './frame.ts';

/** What waits for somebody of ops, and what he may have done. @param done what came of the act before */
export async function opsDeskPage(clock: Clock, desk: OpsDesk, done?: string): Promise<Html> {
  const [findings, waiting] = await Promise.all([desk.findings(), desk.waiting()]);
  const each = desk.acts.filter(({ of }) => of !== undefined);
  return frame(
    clock,
    'Ops desk',
    html`<h1>Ops desk</h1>
${done !== undefined && html`<p class="done" role="status">${done}</p>`}
<h2>What does not heal by itself</h2>
${
  findings.length === 0
    ? html`<p>Nothing stands on the desk of ops.</p>`
    : html`<div class="wide" role="region" aria-label="Findings" tabindex="0"><table id="findings">
<thead><tr><th scope="col">About</th><th scope="col">Since</th><th scope="col">What to do</th><th scope="col"><span class="hidden">Acts</span></th></tr></thead>
<tbody>${findings.map((finding) => row(finding, each))}</tbody>
</table></div>`
}
<p id="waiting">${waiting}</p>
<h2>What can be done</h2>
${desk.acts.map(form)}`,
  );
}

function row({ subject, since, words }: Finding, acts: readonly Act[]): Html {
  return html`<tr>
<th scope="row"><code>${subject}</code></th><td>${time(Date.parse(since))}</td><td>${words}</td>
<td>${acts.map((act) => html`<form method="post" action="${deskAddress}"><input type="hidden" name="act" value="${act.name}"><input type="hidden" name="subject" value="${subject}"><button class="button" aria-label="${act.label} ${subject}">${act.label}</button></form>`)}</td>
</tr>`;
}

function form({ name, label, words, of }: Act): Html {
  return html`<form method="post" action="${deskAddress}"><p>${words}</p><input type="hidden" name="act" value="${name}">
${of !== undefined && html`<label>${of} <input name="subject" required maxlength="80" autocomplete="off"></label>`}
<button class="button">${label}</button></form>`;
}
