import type { Clock } from '../../clock/clock.ts';
import { mostMessages, type Sent } from '../../outbox/outbox.ts';
import { segmentsOf } from '../../outbox/segments.ts';
import { outboxAddress } from '../addresses.ts';
import { html, type Html } from '../html.ts';
import { time } from '../words.ts';
import { frame } from './frame.ts';

/** What went out to telephones and mailboxes, the newest first. */
export function outboxPage(clock: Clock, messages: readonly Sent[]): Html {
  return frame(
    clock,
    'Outbox',
    html`<h1>Outbox</h1>
<p>Text messages and e-mails that SNS and SES took, up to ${mostMessages.toLocaleString('en')}; nothing leaves this machine. <a href="${outboxAddress}?as=json">As JSON</a></p>
<div id="outbox" data-live>${messages.length === 0 ? html`<p class="empty">Nobody has been told anything yet.</p>` : table(messages)}</div>`,
  );
}

function table(messages: readonly Sent[]): Html {
  return html`<div class="wide" role="region" aria-label="Outbox" tabindex="0"><table>
<thead><tr><th scope="col">To</th><th scope="col">Message</th><th scope="col">Carried as</th><th scope="col">From</th><th scope="col">Sent</th></tr></thead>
<tbody>${messages.map(row)}</tbody>
</table></div>`;
}

function row({ channel, to, from, subject, text, at }: Sent): Html {
  return html`<tr>
<th scope="row">${to}</th>
<td>${subject !== '' && html`<strong>${subject}</strong>`}<pre>${text}</pre></td>
<td>${channel === 'sms' ? carried(text) : 'E-mail'}</td>
<td>${from}</td>
<td>${time(at)}</td>
</tr>`;
}

function carried(text: string): string {
  const { count, encoding } = segmentsOf(text);
  return `${count} SMS, ${encoding}`;
}

/** The same for programs. */
export function outboxJson(messages: readonly Sent[]): string {
  return JSON.stringify({
    messages: messages.map((message) => ({
      ...message,
      at: new Date(message.at).toISOString(),
      ...(message.channel === 'sms' && { segments: segmentsOf(message.text) }),
    })),
  });
}
