import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { sheets } from '../../lambdas/read-catalogue/sheets.ts';

/** Debian's Chromium, or the one that CHROMIUM names. */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const isHere = existsSync(executablePath);
const inBrowser = isHere ? it : it.skip;
const why = isHere ? '' : ` (skipped: there is no Chromium at ${executablePath})`;

/** A sheet as it is read from top to bottom: a line for a line, the cells of a row between bars. */
function linesOf(html: string): readonly string[] {
  const body = /<body>(?<body>.*)<\/body>/s.exec(html)?.groups?.['body'] ?? '';
  return body
    .replaceAll(/<\/t[dh]><t[dh][^>]*>/g, ' | ')
    .replaceAll(/<\/tr>/g, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .split('\n')
    .filter((line) => line !== '');
}
const foot = '† Chờ tỉnh xác nhận · to be confirmed by the province.';

const day = '2026-11-30';
const named = Object.entries(sheets);

describe(`the sheets for the wall of a counter${why}`, () => {
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (isHere) browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  afterAll(async () => browser?.close());

  // On a Sunday and a holiday the offices say why they are closed, which takes the most room.
  it.each([...named.map((one) => [...one, day] as const), ['offices', sheets.offices, '2027-02-07'] as const])(
    'the sheet of %s says its day and its source',
    (_name, sheet, on) => {
      expect(sheet(on)).toContain(on.split('-').toReversed().join('/'));
    },
  );

  for (const [name, sheet] of named)
    inBrowser(`the sheet of ${name} prints on one page of A4, with nothing cut off at its side`, async () => {
      const page = await browser?.newPage();
      await page?.setContent(sheet(name === 'offices' ? '2027-02-07' : day));
      const pdf = (await page?.pdf({ preferCSSPageSize: true }))?.toString('latin1') ?? '';
      expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1);
      await page?.setViewportSize({ width: 718, height: 1000 });
      expect(await page?.evaluate('document.documentElement.scrollWidth')).toBe(718);
      await page?.close();
    });

  it('the prices are in đồng as they are read, with an example that adds up', () => {
    expect(sheets.prices(day)).toContain('26.000 đ');
    // Twice 26,000 within the former district, and 8,000 for handing the fee over.
    expect(sheets.prices(day)).toContain('<b>60.000 đ</b>');
  });

  it('a sheet of a day on which nothing was in force says so', () => {
    expect(sheets.prices('2017-12-31')).toContain('Ngày này chưa có quy định');
  });

  it('what the province has yet to confirm is marked', () => {
    expect(sheets.procedures(day)).toMatch(/Đăng ký khai tử<\/td><td>không<sup>†<\/sup>/);
    expect(sheets.prices(day)).toMatch(/26\.000 đ<\/td>/);
    expect(sheets.prices(day)).toMatch(/31\.000 đ<sup>†<\/sup>/);
  });

  it('the sheet of prices says the price of every zone, what handing a fee over costs, and who pays less', () => {
    expect(linesOf(sheets.prices(day))).toEqual([
      'Giá cước dịch vụ bưu chính công ích Prices',
      'Áp dụng ngày 30/11/2026 · As of 2026-11-30',
      'Phạm vi · Zone | Một chiều, đến 100 g · One way',
      'Nội huyện (theo huyện cũ) · Within a former district | 26.000 đ',
      'Liên huyện, nội tỉnh · Between former districts of the province | 30.000 đ',
      'Liên tỉnh, nội vùng · Another province of the same region | 30.500 đ†',
      'Liên tỉnh, cận vùng · A neighbouring region | 31.000 đ†',
      'Liên tỉnh, cách vùng · A distant region | 31.500 đ†',
      'Nộp hộ phí, lệ phí cho cơ quan, mỗi hồ sơ · Handing the state fee over: 8.000 đ. Phí, lệ phí của Nhà nước thu riêng, có biên lai.',
      'Ví dụ: gửi hồ sơ và nhận kết quả trong cùng huyện cũ, có nộp hộ lệ phí: 60.000 đ và lệ phí. Đây là mức tối đa.',
      'Miễn, giảm cước · Less postage | Còn phải trả · To pay',
      'Người hoạt động cách mạng trước ngày 19/8/1945 · Revolutionary activists before 19/8/1945 | 0 %',
      'Bà mẹ Việt Nam anh hùng · Heroic Vietnamese Mothers | 0 %',
      'Anh hùng Lực lượng vũ trang, Anh hùng Lao động · Heroes of the Armed Forces or of Labour | 50 %',
      'Thương binh và người hưởng chính sách như thương binh · War invalids and equivalents | 50 %',
      'Bệnh binh · Sick soldiers | 50 %',
      'Người hoạt động kháng chiến bị nhiễm chất độc hóa học · Resistance fighters exposed to toxic chemicals | 50 %',
      'Người hoạt động cách mạng, kháng chiến bị địch bắt tù, đày · Activists imprisoned by the enemy | 50 %',
      'Vợ, chồng, con đẻ, cha mẹ của liệt sĩ · Spouses, natural children and parents of martyrs | 50 %',
      'Hộ nghèo ở nơi có điều kiện đặc biệt khó khăn · Poor households in places with specially difficult conditions | 50 %',
      'Nguồn: Thông tư 22/2017/TT-BTTTT, in force 1/1/2018, ceilings; no successor was found.',
      foot,
    ]);
  });

  it('the sheet of quality says how long every way takes, and how long one may complain', () => {
    expect(linesOf(sheets.quality(day))).toEqual([
      'Chất lượng dịch vụ Quality of the service',
      'Áp dụng ngày 30/11/2026 · As of 2026-11-30',
      'Độ an toàn: 100 % hồ sơ, kết quả đến nơi nguyên vẹn, trừ trường hợp bất khả kháng.',
      'Thời gian toàn trình J + n: J là ngày ghi trên Phiếu gửi hồ sơ, n là số ngày làm việc.',
      'Phạm vi · Zone | Gửi hoặc trả · One way | Có phát giấy hẹn · With the appointment slip',
      'Nội huyện (theo huyện cũ) · Within a former district | J + 1 | J + 2',
      'Liên huyện, nội tỉnh · Between former districts of the province | J + 2 | J + 4',
      'Liên tỉnh, nội vùng · Another province of the same region | J + 4 | J + 8',
      'Liên tỉnh, cận vùng · A neighbouring region | J + 4 | J + 8',
      'Liên tỉnh, cách vùng · A distant region | J + 4 | J + 8',
      'Khiếu nại trong 6 tháng kể từ ngày kết thúc thời gian toàn trình. Trả lời trong 5 ngày làm việc (nội tỉnh), 7 ngày làm việc (liên tỉnh).',
      'Địa bàn có điều kiện địa lý đặc biệt: theo công bố của Tổng công ty Bưu điện Việt Nam.',
      'Nguồn: TT 17/2017/TT-BTTTT art. 6 to 8, in force 15/8/2017.',
      foot,
    ]);
  });

  it('the sheet of procedures says of each whether papers and result go by post, what it costs and how long it takes', () => {
    expect(linesOf(sheets.procedures(day))).toEqual([
      'Thủ tục hành chính thực hiện qua bưu chính Procedures by post',
      'Áp dụng ngày 30/11/2026 · As of 2026-11-30',
      'Mã | Thủ tục | Gửi hồ sơ | Nhận kết quả | Phí, lệ phí | Thời hạn',
      '2.000908 | Cấp bản sao từ sổ gốc | có | có | không | trong ngày',
      '2.000635 | Cấp bản sao trích lục hộ tịch | có† | có† | — | trong ngày',
      '1.001193 | Đăng ký khai sinh | không† | có† | không | —',
      '1.000656 | Đăng ký khai tử | không† | có† | — | —',
      '1.000894 | Đăng ký kết hôn | không† | có† | — | —',
      '1.004873 | Cấp Giấy xác nhận tình trạng hôn nhân | có† | có† | — | —',
      '1.004884 | Đăng ký lại khai sinh | có† | có† | — | —',
      '2.000815 | Chứng thực bản sao từ bản chính | không† | có† | — | —',
      '2.000884 | Chứng thực chữ ký | không† | không† | — | —',
      '2.001263 | Đăng ký việc nuôi con nuôi trong nước | có† | có† | 400.000 đ | —',
      '1.004222 | Đăng ký thường trú | không† | có† | — | 7 ngày làm việc',
      '2.000488 | Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam | có† | có† | 200.000 đ | —',
      '1.002809 | Đổi giấy phép lái xe | có† | có† | 115.000 đ | —',
      '2.000720 | Đăng ký thay đổi nội dung đăng ký hộ kinh doanh | có† | có† | — | —',
      '2.000575 | Cấp lại Giấy chứng nhận đăng ký hộ kinh doanh | có† | có† | — | —',
      '1.013227 | Gia hạn giấy phép xây dựng nhà ở riêng lẻ | có† | có† | — | —',
      '1.012753 | Đăng ký đất đai lần đầu | có† | có† | — | —',
      '1.001699 | Xác định, xác định lại mức độ khuyết tật và cấp Giấy xác nhận khuyết tật | không† | có† | không | 30 ngày làm việc',
      '1.001776 | Thực hiện trợ cấp xã hội hằng tháng | có† | có† | không | 15 ngày làm việc',
      '1.010833 | Cấp giấy xác nhận thân nhân của người có công | có† | có† | — | —',
      '1.001613 | Hưởng bảo hiểm xã hội một lần | có† | có† | — | —',
      '1.002759 | Cấp lại sổ bảo hiểm xã hội | có† | có† | — | —',
      'Theo Quyết định số 955/QĐ-UBND ngày 23/6/2021 của UBND tỉnh Bắc Kạn. — : chưa có số liệu, hỏi cơ quan.',
      foot,
    ]);
  });

  it('the sheet of offices says where each is, when it is open, and whom it serves', () => {
    expect(linesOf(sheets.offices(day))).toEqual([
      'Bưu cục và cơ quan tiếp nhận Post offices and agencies',
      'Áp dụng ngày 30/11/2026 · As of 2026-11-30',
      'Bưu cục | Địa chỉ | Hôm nay | Phục vụ',
      'Bưu điện trung tâm Bắc Kạn | phường Đức Xuân, tỉnh Thái Nguyên | 07:00–11:30, 13:30–17:00 | phường Đức Xuân, phường Bắc Kạn, xã Phong Quang',
      'Bưu điện Bằng Thành | xã Bằng Thành, tỉnh Thái Nguyên | 07:00–11:30, 13:30–17:00 | xã Bằng Thành, xã Cao Minh, xã Nghiên Loan',
      'Bưu điện Chợ Rã | xã Chợ Rã, tỉnh Thái Nguyên | 07:00–11:30, 13:30–17:00 | xã Phúc Lộc, xã Ba Bể, xã Chợ Rã, xã Thượng Minh, xã Đồng Phúc',
      'Bưu điện Ngân Sơn | xã Ngân Sơn, tỉnh Thái Nguyên | 07:00–11:30, 13:30–17:00 | xã Bằng Vân, xã Ngân Sơn, xã Thượng Quan',
      'Bưu điện Nà Phặc | xã Nà Phặc, tỉnh Thái Nguyên | 07:00–11:30, 13:30–17:00 | xã Nà Phặc, xã Hiệp Lực',
      'Bưu điện Phủ Thông | xã Phủ Thông, tỉnh Thái Nguyên | 07:00–11:30, 13:30–17:00 | xã Phủ Thông, xã Vĩnh Thông, xã Cẩm Giàng, xã Bạch Thông',
      'Bưu điện Chợ Đồn | xã Chợ Đồn, tỉnh Thái Nguyên | 07:00–11:30, 13:30–17:00 | xã Chợ Đồn, xã Nam Cường, xã Quảng Bạch, xã Yên Thịnh, xã Nghĩa Tá, xã Yên Phong',
      'Bưu điện Chợ Mới | xã Chợ Mới, tỉnh Thái Nguyên | 07:00–11:30, 13:30–17:00 | xã Chợ Mới, xã Thanh Mai, xã Tân Kỳ, xã Thanh Thịnh, xã Yên Bình',
      'Bưu điện Na Rì | xã Na Rì, tỉnh Thái Nguyên | 07:00–11:30, 13:30–17:00 | xã Văn Lang, xã Cường Lợi, xã Na Rì, xã Trần Phú, xã Côn Minh, xã Xuân Dương',
      'Cơ quan tiếp nhận | Địa chỉ | Hôm nay',
      'Trung tâm Phục vụ hành chính công tỉnh Thái Nguyên, điểm tiếp nhận Bắc Kạn | phường Đức Xuân, tỉnh Thái Nguyên | 07:00–11:30, 13:30–17:00',
      'Trung tâm Phục vụ hành chính công tỉnh Thái Nguyên | tỉnh Thái Nguyên | 07:00–11:30, 13:30–17:00',
      'Sở Tư pháp tỉnh Thái Nguyên | tỉnh Thái Nguyên | 07:00–11:30, 13:30–17:00',
      'Sở Xây dựng tỉnh Thái Nguyên | tỉnh Thái Nguyên | 07:00–11:30, 13:30–17:00',
      'Công an tỉnh Thái Nguyên | tỉnh Thái Nguyên | 07:00–11:30, 13:30–17:00',
      'Văn phòng Đăng ký đất đai tỉnh Thái Nguyên | tỉnh Thái Nguyên | 07:00–11:30, 13:30–17:00',
      'Bảo hiểm xã hội tỉnh Thái Nguyên | tỉnh Thái Nguyên | 07:00–11:30, 13:30–17:00',
      'Thủ tục cấp xã nộp tại UBND xã, phường: 37 nơi, cùng giờ làm việc.',
      foot,
    ]);
  });

  it('the sheet of offices says on a holiday why they are closed, and when they open again', () => {
    expect(linesOf(sheets.offices('2027-02-07')).slice(0, 4)).toEqual([
      'Bưu cục và cơ quan tiếp nhận Post offices and agencies',
      'Áp dụng ngày 07/02/2027 · As of 2027-02-07',
      'Bưu cục | Địa chỉ | Hôm nay | Phục vụ',
      'Bưu điện trung tâm Bắc Kạn | phường Đức Xuân, tỉnh Thái Nguyên | Đóng cửa (Nghỉ lễ: Tết Nguyên đán (mùng 2)); mở lại 11/02/2027 | phường Đức Xuân, phường Bắc Kạn, xã Phong Quang',
    ]);
  });
});
