import type { Name } from '../domain/catalogue/provenance.ts';
import { escaped, page } from './html.ts';
import { showDong } from '../domain/fees/show-dong.ts';
import type { Problem } from './problem.ts';
import type { Tracked } from './track-dossier.ts';
import type { TrackedDetails, TrackedInDetail } from './track-in-detail.ts';

/** So many stages are shown, the newest: on a small telephone a page has to end. */
const mostStages = 24;

const style = `
body { font: 1.0625rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 34rem; padding: 1rem; color: #111; background: #fff; }
h1 { font-size: 1.4rem; line-height: 1.3; margin: 0 0 1rem; }
h2 { font-size: 1.1rem; line-height: 1.3; margin: 1.5rem 0 .5rem; }
p { margin: .5rem 0; }
[lang=en] { display: block; color: #4a4a4a; font-size: .9em; }
.place { border-left: .35rem solid #0b5; padding-left: .75rem; font-size: 1.25rem; font-weight: 700; }
.late, .wrong { border-color: #b00; }
.code { font-weight: 700; }
ol { padding-left: 1.5rem; }
li, dd { margin: 0 0 .6rem; }
dt { font-weight: 700; }
label { display: block; font-weight: 700; }
input { font: inherit; box-sizing: border-box; width: 100%; min-height: 2.75rem; padding: .25rem .5rem; border: 2px solid #111; margin: .25rem 0 .75rem; }
button { font: inherit; font-weight: 700; min-height: 2.75rem; padding: .25rem 1.25rem; border: 0; background: #00593a; color: #fff; }
button [lang=en] { color: inherit; font-weight: 400; }
:focus-visible { outline: 3px solid #05c; outline-offset: 2px; }
@media print { form, nav { display: none; } body { max-width: none; padding: 0; } }`;

/** Vietnamese first, and the same in English for whoever needs it. */
function both({ vi, en }: Name): string {
  return `${escaped(vi)} <span lang="en">${escaped(en)}</span>`;
}

function whole(title: string, body: string): string {
  return page(title, style, `<main>\n${body}\n</main>`);
}

const heading = { vi: 'Tra cứu hồ sơ', en: 'Track a dossier' };

/** The form in which somebody types the code. @param typed before, and wrongly */
function codeForm(typed = ''): string {
  return `<form method="post" action="/t">
<label for="code">${both({ vi: 'Mã tra cứu trên phiếu gửi (18 chữ số)', en: 'Tracking code on the slip (18 digits)' })}</label>
<input id="code" name="trackingCode" value="${escaped(typed)}" inputmode="numeric" autocomplete="off" maxlength="64" required>
<button>${both({ vi: 'Tra cứu', en: 'Track' })}</button>
</form>`;
}

/** The form in which somebody types how his telephone number ends. */
function digitsForm(trackingCode: string): string {
  return `<form method="post" action="/t/details">
<input type="hidden" name="trackingCode" value="${escaped(trackingCode)}">
<label for="digits">${both({ vi: 'Xem chi tiết: bốn số cuối của điện thoại đã đăng ký', en: 'For details: the last four digits of the registered telephone' })}</label>
<input id="digits" name="lastDigits" inputmode="numeric" autocomplete="off" pattern="\\s*(\\d\\s*){4}" maxlength="20" required>
<button>${both({ vi: 'Xem chi tiết', en: 'Show details' })}</button>
</form>`;
}

/** Where somebody types the code of his slip. */
export function trackingStart(): string {
  return whole(heading.vi, `<h1>${both(heading)}</h1>\n${codeForm()}`);
}

/** Where a dossier is, for everybody: without script, for a small telephone and for a reader of screens. */
export function trackingPage({ details, ...tracked }: Tracked & Partial<TrackedInDetail>): string {
  const { trackingCode, place, next, overdue, stages } = tracked;
  const left = stages.length - mostStages;
  const items = stages.slice(-mostStages).map(({ vi, en, at, atLocal }) => {
    const when = at === undefined || atLocal === undefined ? '' : ` <time datetime="${at}">${atLocal}</time>`;
    return `<li>${both({ vi, en })}${when}</li>`;
  });
  const more = { vi: `và ${left} bước trước đó`, en: `and ${left} earlier steps` };
  return whole(
    `${place.vi} – ${heading.vi}`,
    `<h1>${both(heading)}</h1>
<p>${both({ vi: 'Mã tra cứu', en: 'Tracking code' })} <span class="code">${escaped(trackingCode)}</span></p>
<p class="place${overdue ? ' late' : ''}">${both(place)}</p>
<p>${both(next)}</p>
<h2>${both({ vi: 'Đã qua', en: 'So far' })}</h2>
<ol${left > 0 ? ` start="${left + 1}"` : ''}>
${items.join('\n')}
</ol>
${left > 0 ? `<p>${both(more)}</p>\n` : ''}${details === undefined ? digitsForm(trackingCode) : detailsSection(details)}
<nav><a href="/t">${both({ vi: 'Tra cứu mã khác', en: 'Track another code' })}</a></nav>`,
  );
}

function detailsSection(details: TrackedDetails): string {
  const { items, postOffice, agency, deliveryPostOffice, resultDueLocal, paid, owed, stateFeeUnknown } = details;
  const row = (label: Name, value: string): string => `<dt>${both(label)}</dt>\n<dd>${value}</dd>`;
  const asked = { vi: 'và lệ phí mà cơ quan báo', en: 'and the fee that the agency names' };
  return `<h2>${both({ vi: 'Chi tiết', en: 'Details' })}</h2>
<dl>
${[
  ...items.map((item) => row(item, `<span class="code">${escaped(item.itemCode)}</span>, ${item.fromLocal}`)),
  row({ vi: 'Bưu cục nhận gửi', en: 'Taken in at' }, both(postOffice)),
  row({ vi: 'Cơ quan', en: 'Agency' }, both(agency)),
  ...(deliveryPostOffice === undefined
    ? []
    : [row({ vi: 'Bưu cục phát', en: 'Delivered by' }, both(deliveryPostOffice))]),
  ...(resultDueLocal === undefined ? [] : [row({ vi: 'Hẹn trả kết quả', en: 'Result promised for' }, resultDueLocal)]),
  row({ vi: 'Đã thu', en: 'Paid' }, showDong(paid)),
  row({ vi: 'Còn phải trả', en: 'Still to be paid' }, `${showDong(owed)}${stateFeeUnknown ? ` ${both(asked)}` : ''}`),
].join('\n')}
</dl>`;
}

const unknown: Name = {
  vi: 'Không tìm thấy mã này. Hãy đối chiếu từng nhóm ba số với phiếu gửi. Mã hết hiệu lực sáu tháng sau khi xong việc; khi đó mời hỏi tại bưu cục.',
  en: 'This code is not known. Compare it with the slip, three digits at a time. A code ends six months after the journey; then please ask at the post office.',
};

/** What a citizen is told, and what to do. */
export function wordsOf({ code, detail, detailVi, retryAfter = 0 }: Problem): Name {
  if (code === 'UnknownDossier') return unknown;
  if (code !== 'TooManyRequests') return { vi: detailVi, en: detail };
  const [unit, seconds] =
    retryAfter > 86_400 ? ([['ngày', 'days'], 86_400] as const) : ([['phút', 'minutes'], 60] as const);
  const many = Math.ceil(retryAfter / seconds);
  return {
    vi: `Đã thử quá nhiều lần. Hãy thử lại sau ${many} ${unit[0]}, hoặc hỏi tại bưu cục.`,
    en: `Too many attempts. Try again in ${many} ${unit[1]}, or ask at the post office.`,
  };
}

/** Why a dossier is not shown, and the form again. @param typed what was asked for */
export function trackingProblemPage(problem: Problem, typed?: string): string {
  const form = problem.code === 'WrongDigits' && typed !== undefined ? digitsForm(typed) : codeForm(typed);
  return whole(
    `Lỗi: ${heading.vi}`,
    `<h1>${both(heading)}</h1>\n<p class="place wrong" role="alert">${both(wordsOf(problem))}</p>\n${form}`,
  );
}
