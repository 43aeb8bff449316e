import { escaped, page } from '../../contract/html.ts';
import { showDong } from '../../domain/fees/show-dong.ts';
import { agenciesOn } from '../../contract/list-agencies.ts';
import { postOfficesOn } from '../../contract/list-post-offices.ts';
import { proceduresOn } from '../../contract/list-procedures.ts';
import { serviceTermsOn } from '../../contract/list-service-terms.ts';
import { tariffsOn } from '../../contract/list-tariffs.ts';
import { findCommune } from '../../domain/catalogue/communes.ts';
import type { Name, Standing } from '../../domain/catalogue/provenance.ts';

/**
 * What the law wants published at the counter and on the web (QĐ45 art. 12(2), TT17 art. 6(3)), each on one sheet of A4
 * and as it holds on a day (`YYYY-MM-DD`). Vietnamese, with English where it is short.
 */
export const sheets = {
  prices: (day: string): string =>
    sheet(day, { vi: 'Giá cước dịch vụ bưu chính công ích', en: 'Prices' }, tariffsOn(day).map(prices), '11pt'),
  quality: (day: string): string =>
    sheet(day, { vi: 'Chất lượng dịch vụ', en: 'Quality of the service' }, serviceTermsOn(day).map(quality), '11pt'),
  procedures: (day: string): string =>
    sheet(
      day,
      { vi: 'Thủ tục hành chính thực hiện qua bưu chính', en: 'Procedures by post' },
      [procedures(day)],
      '10pt',
    ),
  offices: (day: string): string =>
    sheet(day, { vi: 'Bưu cục và cơ quan tiếp nhận', en: 'Post offices and agencies' }, [offices(day)], '8.5pt'),
} as const;

type Prices = ReturnType<typeof tariffsOn>[number];
type Quality = ReturnType<typeof serviceTermsOn>[number];

function prices({ postage, remittance, exemptions, weightUpTo, source }: Prices): string {
  const [within] = postage;
  const example = within === undefined ? 0 : 2 * within.amount + remittance.value;
  return `${table(
    ['Phạm vi · Zone', `Một chiều, đến ${weightUpTo} g · One way`],
    postage.map((row) => [both(row), `${showDong(row.amount)}${doubt(row.standing)}`]),
  )}
<p>Nộp hộ phí, lệ phí cho cơ quan, mỗi hồ sơ · Handing the state fee over: <b>${showDong(remittance.value)}</b>. Phí, lệ phí của Nhà nước thu riêng, có biên lai.</p>
<p>Ví dụ: gửi hồ sơ và nhận kết quả trong cùng huyện cũ, có nộp hộ lệ phí: <b>${showDong(example)}</b> và lệ phí. Đây là mức tối đa.</p>
${table(
  ['Miễn, giảm cước · Less postage', 'Còn phải trả · To pay'],
  exemptions.map((row) => [both(row), `${row.payablePercent} %`]),
)}
<p class="small">Nguồn: ${escaped(source)}.</p>`;
}

function quality({ safetyPercent, times, complaintMonths, answerWorkingDays, source }: Quality): string {
  return `<p>Độ an toàn: <b>${safetyPercent} %</b> hồ sơ, kết quả đến nơi nguyên vẹn, trừ trường hợp bất khả kháng.</p>
<p>Thời gian toàn trình J + n: J là ngày ghi trên Phiếu gửi hồ sơ, n là số ngày làm việc.</p>
${table(
  ['Phạm vi · Zone', 'Gửi hoặc trả · One way', 'Có phát giấy hẹn · With the appointment slip'],
  times.map((row) => [both(row), `J + ${row.workingDays}`, `J + ${row.withSlip}`]),
)}
<p>Khiếu nại trong <b>${complaintMonths} tháng</b> kể từ ngày kết thúc thời gian toàn trình. Trả lời trong <b>${answerWorkingDays.withinProvince} ngày làm việc</b> (nội tỉnh), <b>${answerWorkingDays.beyond} ngày làm việc</b> (liên tỉnh).</p>
<p>Địa bàn có điều kiện địa lý đặc biệt: theo công bố của Tổng công ty Bưu điện Việt Nam.</p>
<p class="small">Nguồn: ${escaped(source)}.</p>`;
}

function procedures(day: string): string {
  const listed = proceduresOn(day);
  const decision = listed[0]?.postalUse.decision;
  return `${table(
    ['Mã', 'Thủ tục', 'Gửi hồ sơ', 'Nhận kết quả', 'Phí, lệ phí', 'Thời hạn'],
    listed.map(({ code, vi, postalUse, stateFee, processing }) => [
      code,
      escaped(vi),
      `${yes(postalUse.send)}${doubt(postalUse.standing)}`,
      `${yes(postalUse.receive)}${doubt(postalUse.standing)}`,
      stateFee.value === null ? '—' : stateFee.value === 0 ? 'không' : showDong(stateFee.value),
      timeOf(processing.value),
    ]),
  )}
${decision === undefined ? '' : `<p class="small">Theo ${escaped(decision)}. — : chưa có số liệu, hỏi cơ quan.</p>`}`;
}

function timeOf(value: ReturnType<typeof proceduresOn>[number]['processing']['value']): string {
  if (value === null) return '—';
  return value.kind === 'same-day' ? 'trong ngày' : `${value.days} ngày làm việc`;
}

function offices(day: string): string {
  const agencies = agenciesOn(day);
  return `${table(
    ['Bưu cục', 'Địa chỉ', 'Hôm nay', 'Phục vụ'],
    postOfficesOn(day).map(({ vi, address, today, serves }) => [
      escaped(vi),
      escaped(address.vi),
      hoursOf(today),
      escaped(serves.map((id) => findCommune(id)?.name.vi ?? id).join(', ')),
    ]),
  )}
${table(
  ['Cơ quan tiếp nhận', 'Địa chỉ', 'Hôm nay'],
  agencies
    .filter(({ kind }) => kind !== 'commune')
    .map(({ vi, address, today }) => [escaped(vi), escaped(address.vi), hoursOf(today)]),
)}
<p>Thủ tục cấp xã nộp tại UBND xã, phường: ${agencies.filter(({ kind }) => kind === 'commune').length} nơi, cùng giờ làm việc.</p>`;
}

function hoursOf({ hours, closed, opensNext }: ReturnType<typeof postOfficesOn>[number]['today']): string {
  return closed === undefined
    ? hours.map(({ from, until }) => `${from}–${until}`).join(', ')
    : escaped(`Đóng cửa (${closed.vi}); mở lại ${local(opensNext)}`);
}

function yes(may: boolean): string {
  return may ? 'có' : 'không';
}

/** Marks what the province has yet to confirm; the foot of the sheet says so. */
function doubt(standing: Standing): string {
  return standing === 'judged' || standing === 'unverified' ? '<sup>†</sup>' : '';
}

function both({ vi, en }: Name): string {
  return `${escaped(vi)} <span lang="en">· ${escaped(en)}</span>`;
}

function local(day: string): string {
  return day.split('-').toReversed().join('/');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`);
  return `<table><thead><tr>${head.map((cell) => `<th scope="col">${cell}</th>`).join('')}</tr></thead>
<tbody>
${cells.join('\n')}
</tbody></table>`;
}

function sheet(day: string, title: Name, parts: readonly string[], size: string): string {
  return page(
    title.vi,
    `body { font: ${size}/1.35 "Noto Sans", "DejaVu Sans", system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; }
h1 { font-size: 1.5em; margin: 0; }
table { border-collapse: collapse; width: 100%; margin-block: .6em; }
th, td { border: 1px solid; padding: .15em .4em; text-align: start; vertical-align: top; }
p { margin-block: .4em; }
.small { font-size: .85em; }
@page { size: A4; margin: 10mm; }
@media print { body { padding: 0; max-width: none; } tr { break-inside: avoid; } }`,
    `<h1>${title.vi} <small lang="en">${title.en}</small></h1>
<p>Áp dụng ngày ${local(day)} · As of ${day}</p>
${parts.length === 0 ? '<p>Ngày này chưa có quy định. · Nothing was in force on this day.</p>' : parts.join('\n')}
<p class="small">† Chờ tỉnh xác nhận · to be confirmed by the province.</p>`,
  );
}
