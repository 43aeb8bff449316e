import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { sheets } from '../../lambdas/read-catalogue/sheets.ts';

/** Debian's Chromium, or the one that CHROMIUM names. */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const isHere = existsSync(executablePath);
const inBrowser = isHere ? it : it.skip;
const why = isHere ? '' : ` (skipped: there is no Chromium at ${executablePath})`;

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
});
