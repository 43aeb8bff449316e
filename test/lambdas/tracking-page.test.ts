import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axe from 'axe-core';
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import * as z from 'zod';
import { openEndpoint } from '../../adapters/http/endpoint.ts';
import { trackDossier as byCode } from '../../contract/track-dossier.ts';
import { trackTypedCode } from '../../contract/track-typed-code.ts';
import { forPeople } from '../../contract/tracked-for-people.ts';
import { trackingStart } from '../../contract/tracking-page.ts';
import { trackingCodeFrom } from '../../domain/codes/tracking-code.ts';
import type { Dossier, JourneyEvent } from '../../domain/journey/dossier.ts';
import { eventFacts, eventTypes } from '../../domain/journey/events.ts';
import { factsOf, isEnd, places, type Place } from '../../domain/journey/places.ts';
import { limiter } from '../../domain/limiter.ts';
import { trackingIn } from '../../domain/people/tracking.ts';
import { trackDossier } from '../../lambdas/track-dossier/track-dossier.ts';
import { call, httpEventOf } from '../adapters/http/requests.ts';
import { freshEntry } from '../doubles/book.suite.ts';
import { memoryBook } from '../doubles/book.ts';
import { day, dossierAt, monday } from '../domain/journey/town.ts';
import { executablePath } from './printed.ts';

const isHere = existsSync(executablePath);
const inBrowser = isHere ? it : it.skip;
const why = isHere ? '' : ` (in no browser: there is none at ${executablePath})`;

const trackingCode = trackingCodeFrom('12345678901234567');
function limitOf(allowance: 'address' | 'code') {
  return limiter({ allowance, now: () => 0 });
}

/** One dossier that anybody may follow, by its code in the address and by a code that was typed. */
function shown(dossier: Dossier, events: readonly JourneyEvent[] = [], now = monday) {
  const book = memoryBook();
  book.lay({ ...dossier, trackingCode }, events);
  // It may have another code by now.
  book.lay(dossier, events);
  let read = { dossierIdOf: 0, head: 0, newest: 0 };
  const counted = {
    ...book,
    dossierIdOf: async (code: string) => ((read.dossierIdOf += 1), book.dossierIdOf(code)),
    head: async (id: string) => ((read.head += 1), book.head(id)),
    newest: async (id: string, most: number) => ((read.newest += 1), book.newest(id, most)),
  };
  const track = trackDossier({
    track: trackingIn(counted, () => now),
    addresses: limitOf('address'),
    codes: limitOf('code'),
  });
  const get = openEndpoint(byCode, async ({ path }, address) => track(path.trackingCode, address), {
    renderings: forPeople(({ path }) => path.trackingCode),
  });
  const post = openEndpoint(trackTypedCode, async ({ body }, address) => track(body.trackingCode, address), {
    renderings: forPeople(({ body }) => body.trackingCode),
  });
  return {
    reads: () => {
      const before = read;
      read = { dossierIdOf: 0, head: 0, newest: 0 };
      return before;
    },
    get: async (code: string, accept?: string) =>
      call(
        get,
        httpEventOf({
          claims: undefined,
          path: { trackingCode: code },
          headers: accept === undefined ? {} : { accept },
        }),
      ),
    post: async (body: string, type = 'application/x-www-form-urlencoded') =>
      call(post, httpEventOf({ claims: undefined, headers: { 'content-type': type }, body })),
  };
}

/** The longest journey that is shown: every event, again and again. */
const longest: readonly JourneyEvent[] = Array.from({ length: 100 }, (_none, n) => ({
  ...freshEntry().step.event,
  eventId: `e-${n}`,
  number: n + 1,
  type: eventTypes.toSorted((one, other) => eventFacts[other].vi.length - eventFacts[one].vi.length)[n % 5] ?? 'Found',
  occurredAt: monday + n,
  milestone: true,
}));

const stages = places.flatMap((place) =>
  (['counter', 'pickup', 'result-only'] as const).flatMap((frontDoor) =>
    [true, false].flatMap((returnByPost) =>
      [monday - day, monday + 5 * day, monday + 3000 * day].map(
        (dueAt) =>
          [
            `${place}, ${frontDoor}, due on day ${(dueAt - monday) / day}, ${returnByPost ? 'by post' : 'at the agency'}`,
            {
              ...dossierAt(place, { frontDoor, returnByPost, ...(isEnd(place) ? {} : { dueAt, resultDueAt: dueAt }) }),
              trackingCode,
              since: monday,
              version: 100,
            },
          ] as const,
      ),
    ),
  ),
);

/** What the whole answer weighs, uncompressed, with its headers as HTTP/1.1 sends them. */
function weightOf({ headers, body }: Awaited<ReturnType<ReturnType<typeof shown>['get']>>): number {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.byteLength(`HTTP/1.1 200 OK\r\n${lines.join('')}\r\n${body}`);
}

// Holds ADR 0036.
describe(`the tracking page${why}`, () => {
  it('the tracking page is at most 14 kB, headers included, at every stage of the longest journey, and has no script', async () => {
    for (const [stage, dossier] of stages) {
      const answer = await shown(dossier, longest).get(trackingCode, 'text/html');
      expect([stage, answer.statusCode, answer.headers['content-type']]).toEqual([
        stage,
        200,
        'text/html; charset=utf-8',
      ]);
      expect([stage, weightOf(answer) <= 14_000]).toEqual([stage, true]);
      expect(answer.body).not.toMatch(/<script|javascript:| on\w+=/i);
    }
  });

  it('the text for telephones has only letters of GSM and fits three messages, at every stage', async () => {
    for (const [stage, dossier] of stages) {
      const { headers, body } = await shown(dossier, longest).get(trackingCode, 'text/plain');
      expect([stage, headers['content-type']]).toEqual([stage, 'text/plain; charset=utf-8']);
      // Those of ASCII that the alphabet of GSM 03.38 has as one character.
      expect([stage, body]).toEqual([stage, expect.stringMatching(/^[A-Za-z0-9 \n\r!"#$%&'()*+,\-./:;<=>?@_]+$/)]);
      expect([stage, body.length <= 3 * 153]).toEqual([stage, true]);
    }
  });

  const whoHasIt: Readonly<Partial<Record<Place, RegExp>>> = {
    Registered: /Bưu điện chưa nhận giấy tờ|chưa nộp/,
    PickupScheduled: /Bưu điện chưa nhận giấy tờ/,
    InTransitToAgency: /Cơ quan chưa nhận/,
    HandoverDisputed: /Bưu điện vẫn giữ hồ sơ/,
    ResultReady: /Bưu điện chưa nhận kết quả/,
    HeldAtAgency: /Bưu điện chưa nhận lại/,
    OutForDelivery: /chưa được phát/,
    AwaitingRedelivery: /Chưa phát được/,
    ReturningToCitizen: /chưa được trả/,
  };

  it('the tracking page says of what has not been handed over that it has not, and of nothing that is to come that it has been', async () => {
    for (const [stage, dossier] of stages) {
      const { next } = z
        .object({ next: z.object({ vi: z.string(), en: z.string() }) })
        .parse(JSON.parse((await shown(dossier).get(trackingCode, 'application/json')).body));
      expect([stage, next.vi]).toEqual([stage, expect.stringMatching(whoHasIt[dossier.place] ?? /./)]);
      if (factsOf(dossier.place).holder !== 'citizen')
        expect([stage, next.vi]).toEqual([stage, expect.not.stringMatching(/đã (trao|phát|trả lại)|trao tận tay/)]);
      if (!isEnd(dossier.place))
        expect([stage, next.en]).toEqual([
          stage,
          expect.not.stringMatching(/ will |(is|was|has been) (delivered|handed)/),
        ]);
    }
  });

  it('the tracking page names no date of what is late, and says that it is late', async () => {
    const late = { ...dossierAt('Collected', { dueAt: monday + day, reminders: 2 }), trackingCode };
    const { body } = await shown(late).get(trackingCode, 'application/json');
    expect(JSON.parse(body)).toMatchObject({ overdue: true, next: { vi: expect.stringContaining('đã quá hạn') } });
    expect(JSON.parse(body)).not.toHaveProperty('dueAt');
    expect((await shown(late).get(trackingCode)).body).not.toContain('03/03/2026');
  });

  it('the tracking page says how many earlier steps it leaves out', async () => {
    const { body } = await shown({ ...dossierAt('Collected'), trackingCode, version: 100 }, longest).get(trackingCode);
    expect(body).toContain('và 76 bước trước đó');
    expect(body.match(/<li>/g)).toHaveLength(24);
  });

  it.each([
    [undefined, 'text/html'],
    ['*/*', 'text/html'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html'],
    ['application/json', 'application/json'],
    ['application/json;q=0.5, text/plain', 'text/plain'],
    ['text/*;q=0.4, application/json;q=0.3', 'text/html'],
    ['image/png', 'text/html'],
  ])('the tracking page is what a caller prefers who says %p: %s', async (accept, type) => {
    const { get } = shown({ ...dossierAt('Collected'), trackingCode });
    for (const code of [trackingCode, 'nobody’s'])
      expect((await get(code, accept)).headers).toMatchObject({
        'content-type': expect.stringMatching(
          type === 'application/json' && code !== trackingCode ? /^application\/problem\+json/ : new RegExp(`^${type}`),
        ),
        'vary': 'accept',
        'cache-control': 'no-store',
      });
  });

  it('a tracking code that is typed in a form is answered like one in an address, however it is written', async () => {
    const { get, post } = shown({ ...dossierAt('Collected'), trackingCode });
    const page = (await get(trackingCode)).body;
    for (const typed of [
      trackingCode,
      '123-456-789-012-345-671',
      ' 123 456 789 012 345 671 ',
      '１２３.456–789 012 345 671',
    ])
      expect((await post(new URLSearchParams({ trackingCode: typed }).toString())).body).toBe(page);
    expect((await post(JSON.stringify({ trackingCode }), 'application/json')).body).toBe(page);
    expect((await post('trackingCode=1&trackingCode=2')).statusCode).toBe(400);
  });

  it('a tracking code that was mistyped stands in the form again, as text', async () => {
    const { post } = shown({ ...dossierAt('Collected'), trackingCode });
    const { statusCode, body } = await post(new URLSearchParams({ trackingCode: '"><script>' }).toString());
    expect(statusCode).toBe(404);
    expect(body).toContain('value="&quot;&gt;&lt;script&gt;"');
    expect(body).toContain('<title>Lỗi: ');
    expect(body).not.toContain('<script>');
  });

  it.each([
    ['over', { ...dossierAt('Delivered'), trackingCode }, monday + 400 * day],
    ['replaced', { ...dossierAt('Collected'), trackingCode: trackingCodeFrom('5'.repeat(17)) }, monday],
  ])(
    'a tracking code that is unknown, mistyped or %s is answered with the same bytes after the same reads',
    async (_why, dossier, now) => {
      const { get, reads } = shown(dossier, [], now);
      for (const accept of ['text/html', 'text/plain']) {
        const answers = await Promise.all(
          [trackingCode, trackingCodeFrom('7'.repeat(17)), '123456789012345670', 'x'].map(async (code) => {
            const { statusCode, headers, body } = await get(code, accept);
            return { statusCode, headers, body: body.replaceAll(`value="${code}"`, 'value=""') };
          }),
        );
        for (const answer of answers) expect(answer).toEqual(answers[0]);
        // The pointer and a head, each time.
        expect(reads()).toEqual({ dossierIdOf: 4, head: 4, newest: 0 });
        expect(answers[0]?.statusCode).toBe(404);
      }
    },
  );

  describe('in a browser', () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      if (isHere) browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    });
    afterAll(async () => browser?.close());
    const pages = async (): Promise<readonly string[]> => {
      const { get } = shown({ ...dossierAt('OutForDelivery'), trackingCode, version: 100 }, longest);
      return [trackingStart(), (await get(trackingCode)).body, (await get('1')).body];
    };

    inBrowser(
      'in a browser the tracking page fits the smallest telephone, and axe finds no fault with it',
      async () => {
        if (browser === undefined) throw new Error('there is no browser');
        const page = await browser.newPage({ viewport: { width: 240, height: 320 } });
        for (const html of await pages()) {
          await page.setContent(html);
          expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(240);
          await page.evaluate(axe.source);
          const { violations } = z.object({ violations: z.array(z.unknown()) }).parse(await page.evaluate('axe.run()'));
          expect(violations).toEqual([]);
        }
      },
    );

    inBrowser('in a browser the tracking page prints without its form and its links', async () => {
      if (browser === undefined) throw new Error('there is no browser');
      const page = await browser.newPage();
      await page.emulateMedia({ media: 'print' });
      for (const html of await pages()) {
        await page.setContent(html);
        expect(await page.locator('form:visible, nav:visible').count()).toBe(0);
      }
    });
  });
});
