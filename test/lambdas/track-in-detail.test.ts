import { describe, expect, it } from '@jest/globals';
import { openEndpoint } from '../../adapters/http/endpoint.ts';
import { trackInDetail as operation } from '../../contract/track-in-detail.ts';
import { forPeople } from '../../contract/tracked-for-people.ts';
import { showTrackingCode, trackingCodeFrom } from '../../domain/codes/tracking-code.ts';
import { limiter } from '../../domain/limiter.ts';
import { allowances } from '../../domain/limits.ts';
import { guardedTrackingIn } from '../../domain/people/tracking.ts';
import type { Counters } from '../../domain/ports/counters.ts';
import { triesOf } from '../../domain/tries.ts';
import { trackInDetail } from '../../lambdas/track-in-detail/track-in-detail.ts';
import { call, httpEventOf } from '../adapters/http/requests.ts';
import { at, clerk, courier, day, label, monday } from '../domain/journey/town.ts';
import { freshEntry, nextStep } from '../doubles/book.suite.ts';
import { memoryBook } from '../doubles/book.ts';
import { bodyOf, noOf } from './people.ts';

const trackingCode = trackingCodeFrom('12345678901234567');
const windowMs = allowances.digits.windowSeconds * 1000;

/** Counts in memory, and remembers what was counted. */
function counting(): Counters {
  const spent = new Map<string, number>();
  return {
    add: async ({ allowance, who, units, endsAt }) => {
      const key = `${allowance} ${who} ${endsAt}`;
      const all = (spent.get(key) ?? 0) + units;
      spent.set(key, all);
      return all;
    },
  };
}

/** A dossier that was taken in and sent off, and whoever asks for its details. */
async function onItsWay(counters: Counters = counting()) {
  const book = memoryBook();
  const entry = freshEntry();
  const asked: string[] = [];
  let now = monday;
  let dossier = { ...entry.step.dossier, trackingCode };
  await book.open({ ...entry, step: { ...entry.step, dossier } });
  const itemCode = label();
  for (const [by, type, details] of [
    [clerk, 'Collected', { papers: { originals: 2, copies: 1 }, sealNumber: 'BK-0001', amountCollected: 20_000 }],
    [courier, 'Dispatched', { itemCode }],
  ] as const) {
    const step = nextStep(dossier, by, type, details);
    await book.append(step);
    dossier = { ...step.dossier };
  }
  let phone: string | undefined = entry.person.phone;
  const phones = { phoneOf: async (id: string) => (asked.push(id), id === dossier.personId ? phone : undefined) };
  const useCase = trackInDetail({
    track: guardedTrackingIn(book, phones, () => now),
    addresses: limiter({ allowance: 'address', now: () => now }),
    codes: limiter({ allowance: 'code', now: () => now }),
    tries: triesOf(counters, () => now),
  });
  return {
    book,
    dossier,
    itemCode,
    asked,
    erase: () => (phone = undefined),
    later: (ms: number) => (now += ms),
    ask: async (lastDigits: string, code = trackingCode, address = '203.0.113.7') =>
      useCase({ body: { trackingCode: code, lastDigits } }, address),
    page: async (form: Record<string, string>) =>
      call(
        openEndpoint(operation, useCase, { renderings: forPeople(({ body }) => body.trackingCode) }),
        httpEventOf({
          claims: undefined,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: Buffer.from(new URLSearchParams(form).toString()).toString('base64'),
          base64: true,
        }),
      ),
  };
}

// Holds ADR 0039.
describe('whoever knows the code and the last digits of the registered telephone', () => {
  it('whoever knows the code and the last digits sees items, offices, dates and what is owed, and no name, telephone, address or procedure', async () => {
    const { ask, dossier, itemCode } = await onItsWay();
    const body = bodyOf(await ask('0001'));
    expect(body['details']).toMatchObject({
      items: [{ vi: 'Hồ sơ gửi đến cơ quan', itemCode }],
      postOffice: { vi: 'Bưu điện trung tâm Bắc Kạn' },
      agency: { vi: expect.stringContaining('Trung tâm Phục vụ hành chính công') },
      paid: 20_000,
      owed: dossier.charges.dueAtCollection + dossier.charges.dueOnDelivery - 20_000,
    });
    expect(JSON.stringify(body)).not.toMatch(/Ví Dụ|0900000001|Đức Xuân|999999999999|lý lịch|2\.000488/);
  });

  it('whoever knows the code and the last digits sees each item with its words, and the names of the three units', async () => {
    const { ask, book, dossier } = await onItsWay();
    const from = at('2026-03-05T09:30');
    const kinds = ['inbound', 'result', 'return', 'supplement', 'appointment-slip'] as const;
    book.lay({
      ...dossier,
      deliveryPostOfficeId: 'PO-NARI',
      resultDueAt: at('2026-03-20T17:00'),
      legs: kinds.map((kind) => ({ kind, itemCode: 'RA123456785VN', from })),
    });
    const item = { itemCode: 'RA123456785VN', from: '2026-03-05T02:30:00.000Z', fromLocal: '09:30 05/03/2026' };
    expect(bodyOf(await ask('0001'))['details']).toEqual({
      items: [
        { vi: 'Hồ sơ gửi đến cơ quan', en: 'The papers, to the agency', ...item },
        { vi: 'Kết quả', en: 'The result', ...item },
        { vi: 'Hồ sơ trả lại', en: 'The papers, on their way back', ...item },
        { vi: 'Giấy tờ bổ sung', en: 'Papers that were added', ...item },
        { vi: 'Giấy hẹn', en: 'The appointment slip', ...item },
      ],
      postOffice: { vi: 'Bưu điện trung tâm Bắc Kạn', en: 'Bac Kan central post office' },
      agency: expect.objectContaining({ vi: expect.stringContaining('Trung tâm Phục vụ hành chính công') }),
      deliveryPostOffice: { vi: 'Bưu điện Na Rì', en: 'Na Ri post office' },
      resultDueAt: '2026-03-20T10:00:00.000Z',
      resultDueLocal: '20/03/2026',
      paid: 0,
      owed: 260_000,
      stateFeeUnknown: false,
    });
  });

  it('whoever knows the code and the last digits sees no delivering office where the result stays, and units by their codes that nobody knows any more', async () => {
    const { ask, book, dossier } = await onItsWay();
    book.lay({ ...dossier, returnByPost: false, postOfficeId: 'PO-GONE', agencyId: 'AG-GONE' });
    const { details } = bodyOf(await ask('0001'));
    expect(details).toMatchObject({
      postOffice: { vi: 'PO-GONE', en: 'PO-GONE' },
      agency: { vi: 'AG-GONE', en: 'AG-GONE' },
    });
    expect(details).not.toHaveProperty('deliveryPostOffice');
    expect(details).not.toHaveProperty('resultDueAt');
  });

  it('whoever knows the code and the last digits is shown a page that nobody keeps, with the digits in no address', async () => {
    const { page } = await onItsWay();
    const { statusCode, headers, body } = await page({
      trackingCode: showTrackingCode(trackingCode),
      lastDigits: ' ００ 01 ',
    });
    expect([statusCode, headers['cache-control']]).toEqual([200, 'no-store']);
    expect(body).toContain('Còn phải trả');
    expect(body).not.toContain('lastDigits');
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(14_000);
    const wrong = (await page({ trackingCode, lastDigits: '1234' })).body;
    expect(wrong).toContain('không có bốn số cuối này');
    expect(wrong).toContain('action="/t/details"');
    expect(wrong).not.toContain('1234"');
  });

  it('whoever is wrong is answered alike whether or not a number is stored, after the same reads', async () => {
    const { ask, erase, asked } = await onItsWay();
    const before = noOf(await ask('9999'));
    erase();
    expect([before, noOf(await ask('0001')), noOf(await ask('9999'))]).toEqual(
      Array.from({ length: 3 }, () => ({ name: 'WrongDigits' })),
    );
    expect(new Set(asked).size).toBe(1);
  });

  it('whoever asks for a code that is unknown or mistyped is answered as without digits, and the telephones are asked all the same', async () => {
    const { ask, asked } = await onItsWay();
    for (const code of [trackingCodeFrom('7'.repeat(17)), '123456789012345670'])
      expect(noOf(await ask('0001', code))).toEqual({ name: 'UnknownDossier' });
    expect(asked).toHaveLength(2);
  });

  it('whoever guesses is heard five times in thirty days, from however many addresses and at however many instances at once, and then not when he is right', async () => {
    const { ask, later } = await onItsWay();
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_none, n) =>
        noOf(await ask(String(1000 + n), trackingCode, `198.51.100.${n}`)),
      ),
    );
    expect(answers.filter((answer) => JSON.stringify(answer) === '{"name":"WrongDigits"}')).toHaveLength(5);
    expect(noOf(await ask('0001', trackingCode, '192.0.2.1'))).toMatchObject({ name: 'TooManyRequests' });
    later(windowMs);
    expect(bodyOf(await ask('0001', trackingCode, '192.0.2.1'))).toHaveProperty('details');
  });

  it('whoever is right may be so as often as he likes', async () => {
    const { ask } = await onItsWay();
    for (let n = 0; n < 50; n += 1) expect(bodyOf(await ask('0001'))).toHaveProperty('details');
  });

  it('whoever guesses at many codes has 99 wrong guesses an hour from one address', async () => {
    const { ask } = await onItsWay({ add: async () => 1 });
    let heard = 0;
    while (JSON.stringify(noOf(await ask('9999'))) === '{"name":"WrongDigits"}') heard += 1;
    expect(heard).toBe(99);
  });

  it('whoever tries when nothing can be counted is not heard', async () => {
    const away = { add: async () => Promise.reject(new Error('away')) };
    const { ask } = await onItsWay(away);
    await expect(ask('0001')).rejects.toThrow('away');
  });

  it('whoever holds a code for as long as it is answered finds the digits by guessing once in 250 codes', () => {
    const answeredMs = 20 * day + 184 * day;
    const windows = Math.ceil(answeredMs / windowMs) + 1;
    expect((windows * allowances.digits.units) / 10_000).toBeLessThanOrEqual(1 / 250);
  });
});
