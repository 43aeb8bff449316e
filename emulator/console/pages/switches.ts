import type { Clock } from '../../clock/clock.ts';
import type { FaultSwitch } from '../../faults.ts';
import { switchesAddress } from '../addresses.ts';
import { html, type Html } from '../html.ts';
import { frame } from './frame.ts';

const words: Readonly<Record<string, string>> = {
  dynamodb: 'DynamoDB',
  stepfunctions: 'Step Functions',
  streams: 'The functions that streams feed',
  sns: 'SNS (text messages)',
  ses: 'SES (e-mail)',
};

/** What can be taken away, as in an outage, and given back. */
export function switchesPage(clock: Clock, switches: readonly FaultSwitch[]): Html {
  return frame(
    clock,
    'Fault switches',
    html`<h1>Fault switches</h1>
<p>What is away fails as it fails on AWS in an outage. Given back, what fell due meanwhile happens at once. A restart gives everything back.</p>
<div class="wide" role="region" aria-label="Fault switches" tabindex="0"><table id="switches" data-live>
<thead><tr><th scope="col">Part</th><th scope="col">State</th><th scope="col"><span class="hidden">Switch</span></th></tr></thead>
<tbody>${switches.map(row)}</tbody>
</table></div>`,
  );
}

function row({ name, away }: FaultSwitch): Html {
  return html`<tr>
<th scope="row">${words[name] ?? html`Function <code>${name.slice('lambda:'.length)}</code>`}</th>
<td>${away ? html`<strong>Away</strong>` : 'There'}</td>
<td><form method="post" action="${switchesAddress}"><input type="hidden" name="name" value="${name}"><input type="hidden" name="away" value="${String(!away)}"><button class="button${!away && ' danger'}" aria-label="${away ? 'Give back' : 'Take away'} ${words[name] ?? name}">${away ? 'Give back' : 'Take away'}</button></form></td>
</tr>`;
}
