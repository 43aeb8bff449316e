import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axe from 'axe-core';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import * as z from 'zod';
import { fingerprint } from '../../adapters/identifiers.ts';
import { checkSlip, endedMark } from '../../client/check-slip.ts';
import type { SlipKeys } from '../../contract/check-slips.ts';
import committed from '../../contract/slip-check-script.json' with { type: 'json' };
import { slipCheckHeaders, slipCheckPage } from '../../contract/slip-check-page.ts';
import { slipCheckScript } from '../../docs/slip-check-script.ts';
import { parseSlip, type SlipStatement } from '../../domain/codes/slip-statement.ts';
import { trackingCodeFrom } from '../../domain/codes/tracking-code.ts';
import { checkSlips } from '../../lambdas/check-slips/check-slips.ts';
import { slipKey } from '../doubles/slip-keys.ts';
import { at } from '../domain/journey/town.ts';
import { executablePath } from '../lambdas/printed.ts';

const isHere = existsSync(executablePath);
const inBrowser = isHere ? it : it.skip;
const why = isHere ? '' : ` (in no browser: there is none at ${executablePath})`;

const trackingCode = trackingCodeFrom('12345678901234567');
const statement: Omit<SlipStatement, 'keyId'> = {
  trackingCode,
  service: 'send',
  acceptedAt: at('2026-03-02T09:00'),
  printedAt: at('2026-03-02T09:05'),
  postOfficeId: 'PO-BACKAN',
  procedureCode: '2.000488',
  originals: 2,
  copies: 1,
  sealNumber: 'BK-0001',
  amount: 260_000,
};
const [former, newest] = [slipKey('A'), slipKey('B', '2027-01-01')];
const published: SlipKeys = { keys: [former.published, newest.published], ended: [], asOf: '2026-03-05T00:00:00.000Z' };
async function verdictOf(text: string, by: Pick<SlipKeys, 'keys' | 'ended'> = published) {
  return (await checkSlip(text, by)).verdict;
}

// Holds ADR 0042.
describe('a slip that proves itself', () => {
  it('a slip that proves itself says what was handed over, when, at whose counter, and names nobody', async () => {
    const text = await newest.sign(statement);
    expect(await checkSlip(text, published)).toEqual({ verdict: 'genuine', statement: { ...statement, keyId: 'B' } });
    expect(text.startsWith(`${trackingCode}/`)).toBe(true);
    // As a QR code packs densest, and as few as the roll of 80 mm can take.
    expect(text).toMatch(/^[0-9A-Z/.-]{1,221}$/);
  });

  it('a slip that proves itself is refused with any of its letters changed, left out or doubled', async () => {
    const text = await newest.sign(statement);
    for (let place = 0; place < text.length; place += 1) {
      const letter = text[place] ?? '';
      const other = /\d/.test(letter) ? String((Number(letter) + 1) % 10) : letter === 'Z' ? 'Y' : 'Z';
      for (const changed of [other, '', letter + letter]) {
        const tampered = text.slice(0, place) + changed + text.slice(place + 1);
        if (tampered !== text) expect([tampered, await verdictOf(tampered)]).not.toEqual([tampered, 'genuine']);
      }
    }
  });

  it('a slip that proves itself is taken as a reader, a keyboard or a message hands it on: in small letters, with line breaks', async () => {
    const text = await newest.sign(statement);
    expect(await verdictOf(` ${text.toLowerCase().slice(0, 90)}\n${text.slice(90)} `)).toBe('genuine');
  });

  it('a slip that proves itself holds under the key that signed it, after another took over; without it nothing is said', async () => {
    const old = await former.sign(statement);
    expect(await verdictOf(old)).toBe('genuine');
    expect(await verdictOf(old, { keys: [newest.published], ended: [] })).toBe('unknown-key');
    const posing = slipKey('B');
    expect(await verdictOf(await posing.sign(statement))).toBe('forged');
  });

  it('a slip that proves itself holds no more once its code was replaced, by a list from which nobody reads a code', async () => {
    const desk = checkSlips({
      keys: async () => published.keys,
      ended: async () => [trackingCode],
      fingerprint,
      now: () => at('2026-03-05T07:00'),
    });
    const said = await desk({}, '203.0.113.7');
    const { body } = z.object({ body: z.custom<SlipKeys>() }).parse(said);
    expect(body).toEqual({ ...published, ended: [await endedMark(trackingCode)] });
    expect(JSON.stringify(body)).not.toContain(trackingCode);
    expect(await verdictOf(await newest.sign(statement), body)).toBe('ended');
  });

  it.each(['', 'https://example.vn', trackingCode, `${trackingCode}/1/A`, '0'.repeat(300)])(
    'a slip that proves itself is not %p',
    async (text) => {
      expect(await verdictOf(text)).toBe('not-a-slip');
    },
  );

  it('a slip that proves itself may be of an edition that is not known yet, and of no more bytes than a signature has', async () => {
    const text = await newest.sign(statement);
    expect(await verdictOf(text.replace('/1/', '/2/'))).toBe('another-edition');
    expect(parseSlip(`${text.slice(0, -100)}${'Z'.repeat(100)}`)).toEqual({ ok: false, fault: 'not-a-slip' });
  });
});

describe(`the page that checks slips${why}`, () => {
  const directory = mkdtempSync(join(tmpdir(), 'dossier-post-slips-'));
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (isHere) browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(directory, { recursive: true });
  });

  it('the page that checks slips has the script of today’s sources (npm run openapi), and is trusted with no other', () => {
    expect(committed).toEqual(slipCheckScript());
    expect(slipCheckHeaders['content-security-policy']).toContain(`script-src '${committed.hash}'`);
    expect(slipCheckPage(published)).not.toMatch(
      /https?:\/\/(?!www\.w3\.org)|<link|<img|@import|fetch\(|XMLHttpRequest/,
    );
  });

  /** The file, saved on a disk and opened without a network, two days after it was fetched. */
  const opened = async (keys: SlipKeys, before = ''): Promise<{ page: Page; asked: string[] }> => {
    if (browser === undefined) throw new Error('there is no browser');
    const file = join(directory, 'slips.html');
    writeFileSync(file, slipCheckPage(keys));
    const context = await browser.newContext({ offline: true });
    await context.addInitScript(before);
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.clock.setFixedTime(Date.parse(keys.asOf) + 2 * 86_400_000);
    await page.goto(pathToFileURL(file).href);
    return { page, asked };
  };
  const told = async (page: Page, text: string) => {
    await page.locator('#text').fill(text);
    await page.locator('#check').click();
    await page.locator('output[data-verdict]').waitFor();
    await page.waitForTimeout(50);
    return page.locator('output').innerText();
  };

  inBrowser(
    'the page that checks slips, saved on a disk, checks one by its text without asking anybody, and says how old its list is',
    async () => {
      const { page, asked } = await opened(published);
      expect(await page.locator('#age').innerText()).toContain('2 ngày trước');
      const text = await newest.sign(statement);
      const genuine = await told(page, text);
      expect(genuine).toContain('Phiếu thật: chữ ký đúng.');
      expect(genuine).toContain('123-456-789-012-345-671');
      expect(genuine).toContain('Hồ sơ: 2 bản chính, 1 bản sao; niêm phong BK-0001');
      expect(genuine).toContain('09:00 2/3/26 tại Bưu điện trung tâm Bắc Kạn');
      const forged = await told(page, text.replace('/2/1/BK', '/3/1/BK'));
      expect(forged).toContain('chữ ký sai');
      expect(forged).not.toContain('bản chính');
      expect(asked.map((url) => new URL(url).protocol)).toEqual(['file:']);
      await page.evaluate(axe.source);
      const { violations } = z.object({ violations: z.array(z.unknown()) }).parse(await page.evaluate('axe.run()'));
      expect(violations).toEqual([]);
    },
  );

  inBrowser(
    'the page that checks slips takes a picture where the browser reads codes, and hides that where it does not',
    async () => {
      const text = await newest.sign(statement);
      const without = await opened(published, 'delete window.BarcodeDetector');
      expect(await without.page.locator('#pictures').isVisible()).toBe(false);
      const { page } = await opened(
        published,
        `window.BarcodeDetector = class { async detect() { return [{ rawValue: ${JSON.stringify(text)} }]; } };`,
      );
      const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
      await page
        .locator('#file')
        .setInputFiles({ name: 'slip.png', mimeType: 'image/png', buffer: Buffer.from(pixel, 'base64') });
      await page.locator('output[data-verdict=genuine]').waitFor();
    },
  );
});
