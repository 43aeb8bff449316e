import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type * as z from 'zod';
import { largestScan, requestScanUpload as operation } from '../../contract/request-scan-upload.ts';
import { borderProblem } from '../../contract/problem.ts';
import type { JourneyEvent, Party, Standing } from '../../domain/journey/dossier.ts';
import type { Details } from '../../domain/journey/events.ts';
import { fileDoorOf, scanDoorOf } from '../../domain/people/door.ts';
import type { LookLog } from '../../domain/ports/looks.ts';
import type { ScanBook } from '../../domain/ports/scan-store.ts';
import { mostAnnouncements, mostScanBytes, mostScans, scanFaults, type Scan } from '../../domain/scans.ts';
import { confirmScan } from '../../lambdas/confirm-scan/confirm-scan.ts';
import { listScans } from '../../lambdas/list-scans/list-scans.ts';
import { openScan } from '../../lambdas/open-scan/open-scan.ts';
import { requestScanUpload } from '../../lambdas/request-scan-upload/request-scan-upload.ts';
import { requestScanUploads } from '../../lambdas/request-scan-uploads/request-scan-uploads.ts';
import { plainPage } from '../adapters/scan-check/made-up.ts';
import { clerk, dossierAt, monday, officer, opening, ops } from '../domain/journey/town.ts';
import { scanCheck } from '../adapters/scan-check/scan-check.ts';
import { memoryBook, type MemoryBook } from '../doubles/book.ts';
import { memoryLooks } from '../doubles/looks.ts';
import { memoryScanStore, type MemoryScanStore } from '../doubles/scan-store.ts';
import { bodyOf, dyingOnce, Killed, noOf, statusOf, type Moment } from './people.ts';

const check = scanCheck();
const dossierId = 'd-counter-1';
const pdf = new Uint8Array(readFileSync(new URL('../samples/application.pdf', import.meta.url)));
const cut = pdf.slice(0, 1000);
const path = { dossierId, scanId: 's-00000001' };
const stranger: Party = { role: 'clerk', unit: 'PO-NARI' };

/** A dossier and one scan that was announced as these bytes. */
async function announced(bytes: Uint8Array = pdf) {
  const book = memoryBook();
  book.lay(dossierAt('Collected'));
  const store = memoryScanStore(() => monday);
  const scan: Scan = {
    scanId: path.scanId,
    dossierId,
    kind: 'papers',
    contentType: 'application/pdf',
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    status: 'awaited',
    requestedAt: monday,
  };
  await book.request(scan);
  const confirm = async (
    change: { readonly scans?: Partial<ScanBook>; readonly store?: Partial<MemoryScanStore> } = {},
    caller: Party = clerk,
  ) =>
    confirmScan({
      door: scanDoorOf(book, { ...book, ...change.scans }),
      store: { ...store, ...change.store },
      check,
      now: () => monday,
    })({ path }, caller);
  const looks = memoryLooks();
  const open = async (caller: Party = clerk, log: LookLog = looks) =>
    openScan(fileDoorOf(book, book, store, { log, now: () => monday }))({ path }, caller, {
      requestId: 'request-1',
      leftOut: new Map(),
    });
  return { book, store, scan, looks, confirm, open };
}

// Holds ADR 0032.
describe('a place to upload a scan to', () => {
  const body = { kind: 'papers', contentType: 'application/pdf', size: 1000, sha256: '0'.repeat(64) } as const;
  const day = 24 * 3_600_000;

  /** A desk at which one asks; its ids are readable. */
  async function desk(change: Partial<ScanBook> = {}) {
    const { book, store } = await announced();
    const clock = { now: monday };
    const ask = async (asked: Partial<z.input<typeof operation.request>['body']> = {}, caller: Party = clerk) =>
      requestScanUpload({
        door: scanDoorOf(book, { ...book, ...change }),
        store,
        now: () => clock.now,
        scanIdOf: ({ kind, sha256 }) => `s-${kind}-${sha256.slice(0, 4)}`,
      })(operation.request.parse({ path: { dossierId }, body: { ...body, ...asked } }), caller);
    const lineOf = async (scanId: string) => book.scan(dossierId, scanId);
    return { book, clock, ask, lineOf };
  }
  const content = (number: number) => ({ sha256: String(number).padStart(4, '0').padEnd(64, 'f') });

  it('a place to upload a scan to is given to a party of the dossier, and its line is in the book before anything can be uploaded', async () => {
    const { ask, lineOf } = await desk();
    expect(await ask()).toMatchObject({
      status: 201,
      headers: { location: `/v1/dossiers/${dossierId}/scans/s-papers-0000` },
      body: {
        scanId: 's-papers-0000',
        status: 'awaited',
        upload: { method: 'POST', expiresAt: '2026-03-02T01:15:00.000Z' },
      },
    });
    expect(await lineOf('s-papers-0000')).toEqual({
      scanId: 's-papers-0000',
      dossierId,
      ...body,
      status: 'awaited',
      requestedAt: monday,
    });
  });

  it('a place to upload a scan to is handed out only when its line is written, however slow the book is, and never without one', async () => {
    const written: string[] = [];
    const { ask } = await desk({
      request: async ({ scanId }) => (await setImmediate(), written.push(scanId), 'written'),
    });
    expect(statusOf(await ask())).toBe(201);
    expect(written).toEqual(['s-papers-0000']);
    const broken = await desk({ request: async () => Promise.reject(new Error('the book is away')) });
    await expect(broken.ask()).rejects.toThrow('away');
  });

  it.each([
    ['a stranger', stranger],
    ['ops', ops],
  ])('a place to upload a scan to is not given to %s', async (_who, caller) => {
    const { ask, lineOf } = await desk();
    expect(noOf(await ask({}, caller))).toEqual({ name: 'UnknownDossier' });
    expect(await lineOf('s-papers-0000')).toBeUndefined();
  });

  it('a place to upload a scan to is another form for the same scan when the same kind and content is asked for again', async () => {
    const { ask, book, clock } = await desk();
    await ask();
    clock.now += 3_600_000;
    expect(await ask()).toMatchObject({
      status: 200,
      body: { scanId: 's-papers-0000', status: 'awaited', upload: { method: 'POST' } },
    });
    expect(statusOf(await ask({ kind: 'result' }))).toBe(201);
    expect((await book.scans(dossierId)).map(({ scanId }) => scanId)).toEqual([
      path.scanId,
      's-papers-0000',
      's-result-0000',
    ]);
  });

  it('a place to upload a scan to is needed no more once the same file is verified, whatever it is announced as now', async () => {
    const { ask, book, lineOf } = await desk();
    await ask();
    const [, awaited] = await book.scans(dossierId);
    const verified = awaited && ({ ...awaited, status: 'verified', decidedAt: monday } as const);
    if (verified) await book.judge(verified);
    expect(await ask({ contentType: 'image/png' })).toMatchObject({
      status: 200,
      body: { scanId: 's-papers-0000', status: 'verified' },
    });
    expect(bodyOf(await ask())).not.toHaveProperty('upload');
    expect(await lineOf('s-papers-0000')).toEqual(verified);
  });

  it('a place to upload a scan to follows the newest announcement of a content that was wrongly announced', async () => {
    const { ask, lineOf } = await desk();
    await ask();
    expect(statusOf(await ask({ contentType: 'image/jpeg', size: 2000 }))).toBe(200);
    expect(await lineOf('s-papers-0000')).toMatchObject({ contentType: 'image/jpeg', size: 2000, requestedAt: monday });
  });

  it.each(scanFaults)(
    'a place to upload a scan to after a refusal for %s is given where the fault was the announcement’s, and refused where it was the content’s',
    async (fault) => {
      const { ask, book, lineOf } = await desk();
      await ask();
      const asked = await lineOf('s-papers-0000');
      if (asked) await book.judge({ ...asked, status: 'refused', fault, decidedAt: monday });
      const isOfAnnouncement = /differs|not-uploaded|not-checked/.test(fault);
      const again = await ask({ contentType: 'image/jpeg' });
      if (isOfAnnouncement) {
        expect(again).toMatchObject({ status: 200, body: { scanId: 's-papers-0000', status: 'awaited' } });
        expect(await lineOf('s-papers-0000')).toEqual({ ...asked, contentType: 'image/jpeg' });
      } else {
        expect(noOf(again)).toEqual({ name: 'ScanRefused', why: fault, field: 'sha256' });
        expect(await lineOf('s-papers-0000')).toMatchObject({ status: 'refused', fault });
      }
    },
  );

  it('a place to upload a scan to is asked for by two at once: both get a form for the same scan', async () => {
    const { ask, book } = await desk();
    const answers = await Promise.all([ask(), ask()]);
    expect(answers.map(statusOf)).toEqual([201, 200]);
    expect(await book.scans(dossierId)).toHaveLength(2);
  });

  it('a place to upload a scan to is given fifty times a dossier, and again once a file was refused', async () => {
    const { ask, book } = await desk();
    for (let number = 1; number < mostScans; number += 1) expect(statusOf(await ask(content(number)))).toBe(201);
    expect(noOf(await ask(content(mostScans)))).toEqual({ name: 'TooManyScans' });
    // Another form for what is there already is no more scans.
    expect(statusOf(await ask(content(1)))).toBe(200);
    const [, second] = await book.scans(dossierId);
    if (second) await book.judge({ ...second, status: 'refused', fault: 'heic', decidedAt: monday });
    expect(statusOf(await ask(content(mostScans)))).toBe(201);
  });

  it('a place to upload a scan to is not given beyond the bytes of a dossier, be it one more scan or a larger one', async () => {
    const { ask } = await desk();
    for (let number = 1; number < mostScanBytes / largestScan; number += 1)
      expect(statusOf(await ask({ ...content(number), size: largestScan }))).toBe(201);
    const left = largestScan - pdf.length;
    expect(noOf(await ask({ ...content(50), size: left + 1 }))).toEqual({ name: 'TooManyScans' });
    expect(statusOf(await ask({ ...content(50), size: left }))).toBe(201);
    expect(noOf(await ask({ ...content(50), size: left + 1 }))).toEqual({ name: 'TooManyScans' });
  });

  it('a place to upload a scan to is taken back after a day without an upload, when the room is needed', async () => {
    const { ask, clock, lineOf } = await desk();
    for (let number = 1; number < mostScans; number += 1) await ask(content(number));
    clock.now += day;
    expect(noOf(await ask(content(mostScans)))).toEqual({ name: 'TooManyScans' });
    clock.now += 1;
    expect(statusOf(await ask(content(mostScans)))).toBe(201);
    expect(await lineOf('s-papers-0001')).toMatchObject({ status: 'refused', fault: 'not-uploaded' });
    expect(statusOf(await ask(content(1)))).toBe(200);
  });

  it('a place to upload a scan to is not given for ever to who sends what is never taken', async () => {
    const { ask, book, lineOf } = await desk();
    for (let number = 1; number < mostAnnouncements; number += 1) {
      expect(statusOf(await ask(content(number)))).toBe(201);
      const scan = await lineOf(`s-papers-${String(number).padStart(4, '0')}`);
      if (scan) await book.judge({ ...scan, status: 'refused', fault: 'heic', decidedAt: monday });
    }
    expect(noOf(await ask(content(mostAnnouncements)))).toEqual({ name: 'TooManyScans' });
  });

  it('a place to upload a scan to for one that is made again names an earlier scan of the same dossier, once and for all', async () => {
    const { ask, lineOf } = await desk();
    const unknown = { name: 'UnknownScan', field: 'rescanFor' };
    expect(noOf(await ask({ rescanFor: 's-00000009' }))).toEqual(unknown);
    expect(noOf(await ask({ rescanFor: 's-papers-0000' }))).toEqual(unknown);
    expect(statusOf(await ask({ rescanFor: path.scanId }))).toBe(201);
    expect(await lineOf('s-papers-0000')).toMatchObject({ rescanFor: path.scanId });
    // A circle would close here.
    await ask({ ...content(1), rescanFor: 's-papers-0000' });
    expect(statusOf(await ask({ rescanFor: 's-papers-0001' }))).toBe(200);
    expect(await lineOf('s-papers-0000')).toMatchObject({ rescanFor: path.scanId });
  });
});

describe('many scans that are asked for at once', () => {
  it('many scans that are asked for at once are answered each by itself, also where something is thrown or the time is over', async () => {
    const { book, store } = await announced();
    const clock = { now: monday };
    const scanIdOf = ({ kind, sha256 }: Pick<Scan, 'kind' | 'sha256'>) => `s-${kind}-${sha256.slice(0, 4)}`;
    const request: ScanBook['request'] = async (scan, before) => {
      if (scan.size === 13) throw new Error('out of order');
      if (scan.size === 12) clock.now += 12_000;
      return book.request(scan, before);
    };
    const file = { kind: 'papers', contentType: 'application/pdf' } as const;
    const sizes = [10, 13, 11, 12, 14];
    const items = sizes.map((size) => ({ ...file, size, sha256: String(size).repeat(32) }));
    const useCase = requestScanUploads({
      door: scanDoorOf(book, { ...book, request }),
      store,
      now: () => clock.now,
      scanIdOf,
      problemOf: () => borderProblem('Unexpected'),
    });
    const outcome = await useCase({ path: { dossierId }, body: { items } }, clerk);
    expect(bodyOf(outcome)).toMatchObject({
      items: [
        { status: 201, invitation: { scanId: 's-papers-1010' } },
        { status: 500, problem: { code: 'Unexpected' } },
        { status: 201, invitation: { scanId: 's-papers-1111' } },
        { status: 201, invitation: { scanId: 's-papers-1212' } },
        { status: 503, problem: { code: 'NotReached' } },
      ],
    });
    expect(noOf(await useCase({ path: { dossierId }, body: { items } }, stranger))).toEqual({ name: 'UnknownDossier' });
  });
});

describe('the list of a dossier’s scans', () => {
  const list = async (book: MemoryBook, caller: Party = clerk) =>
    listScans(scanDoorOf(book, book))({ path: { dossierId } }, caller);

  it('the list of a dossier’s scans tells all that is known of each, so that a lost id is found again', async () => {
    const { book, store, scan, confirm } = await announced();
    await store.upload(scan, pdf);
    await confirm();
    const heic: Scan = {
      ...scan,
      scanId: 's-00000002',
      sha256: 'd'.repeat(64),
      rescanFor: scan.scanId,
      requestedAt: monday + 1,
    };
    await book.request(heic);
    await book.judge({ ...heic, status: 'refused', fault: 'heic', decidedAt: monday + 2 });
    expect(bodyOf(await list(book, ops))).toEqual({
      scans: [
        {
          scanId: scan.scanId,
          status: 'verified',
          kind: 'papers',
          contentType: 'application/pdf',
          size: pdf.length,
          sha256: scan.sha256,
          requestedAt: '2026-03-02T01:00:00.000Z',
          decidedAt: '2026-03-02T01:00:00.000Z',
          pages: 3,
          widthPixels: expect.any(Number),
          heightPixels: expect.any(Number),
          flags: [],
          evidenceOf: [],
          rescannedAs: ['s-00000002'],
        },
        {
          scanId: 's-00000002',
          status: 'refused',
          kind: 'papers',
          contentType: 'application/pdf',
          size: pdf.length,
          sha256: heic.sha256,
          requestedAt: '2026-03-02T01:00:00.001Z',
          decidedAt: '2026-03-02T01:00:00.002Z',
          fault: { code: 'heic', en: expect.stringContaining('HEIC'), vi: expect.stringContaining('HEIC') },
          rescanFor: scan.scanId,
          evidenceOf: [],
          rescannedAs: [],
        },
      ],
      missing: [],
      room: { scans: mostScans - 1, bytes: mostScanBytes - pdf.length },
    });
  });

  it('the list of a dossier’s scans names for each the events whose evidence it is, and what events speak of and no verified scan shows', async () => {
    const { book, store, scan, confirm } = await announced();
    const seen = { kind: 'signature', sha256: scan.sha256 } as const;
    const unseen = { kind: 'photo', sha256: 'e'.repeat(64) } as const;
    const told = (number: number, evidence: Details['evidence'], standing?: Standing): JourneyEvent => ({
      ...opening('counter').event,
      number,
      eventId: `e-${number}`,
      type: 'Delivered',
      details: evidence === undefined ? {} : { evidence },
      ...(standing === undefined ? {} : { standing }),
    });
    const missing = (number: number, { kind, sha256 }: { kind: string; sha256: string }, scanId?: string) => ({
      eventId: `e-${number}`,
      type: 'Delivered',
      kind,
      sha256,
      ...(scanId === undefined ? {} : { scanId }),
    });
    book.lay(dossierAt('Collected'), [
      told(1, undefined),
      told(2, [seen, unseen]),
      told(3, [seen], 'parked'),
      told(4, [unseen], 'set-aside'),
    ]);
    expect(bodyOf(await list(book))).toMatchObject({
      scans: [{ status: 'awaited', evidenceOf: ['e-2', 'e-3'] }],
      missing: [missing(2, seen, scan.scanId), missing(2, unseen), missing(3, seen, scan.scanId)],
    });
    await store.upload(scan, pdf);
    await confirm();
    expect(bodyOf(await list(book))).toMatchObject({ missing: [missing(2, unseen)] });
  });

  it('the list of a dossier’s scans is no stranger’s to see', async () => {
    const { book } = await announced();
    expect(noOf(await list(book, stranger))).toEqual({ name: 'UnknownDossier' });
  });
});

describe('an uploaded scan', () => {
  it('an uploaded scan that is what was announced leaves quarantine, and can be read', async () => {
    const { store, scan, confirm, open } = await announced();
    await store.upload(scan, pdf);
    expect(bodyOf(await confirm())).toEqual({
      scanId: scan.scanId,
      status: 'verified',
      kind: 'papers',
      contentType: 'application/pdf',
      size: pdf.length,
      sha256: scan.sha256,
      requestedAt: '2026-03-02T01:00:00.000Z',
      decidedAt: '2026-03-02T01:00:00.000Z',
      pages: 3,
      widthPixels: expect.any(Number),
      heightPixels: expect.any(Number),
      flags: [],
    });
    expect(await store.verified(scan)).toEqual(pdf);
    expect(await store.quarantined(scan)).toBeUndefined();
    expect(bodyOf(await open(officer))).toMatchObject({
      pages: 3,
      flags: [],
      url: expect.stringContaining('verified'),
      preview: expect.stringContaining('preview'),
      expiresAt: '2026-03-02T01:05:00.000Z',
    });
  });

  it('an uploaded scan that does more than show pages is opened as pictures of its pages, and never handed out itself', async () => {
    const script = plainPage('/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>');
    const { store, scan, confirm, open } = await announced(script);
    await store.upload(scan, script);
    const confirmed = bodyOf(await confirm());
    expect(confirmed).toMatchObject({ status: 'verified', flags: ['javascript'] });
    expect(confirmed).not.toHaveProperty('pictures');
    expect(confirmed).not.toHaveProperty('preview');
    expect(await store.pictures(scan)).toHaveLength(1);
    expect(await store.preview(scan)).toBeDefined();
    const opened = bodyOf(await open(officer));
    expect(opened).toMatchObject({ flags: ['javascript'], pictures: [expect.stringContaining('page-1')] });
    expect(opened).not.toHaveProperty('url');
  });

  it('an uploaded scan that does more than show pages, and was taken before pictures were made, is not opened', async () => {
    const { book, scan, open } = await announced();
    const contents = { pages: 1, widthPixels: 0, heightPixels: 0, flags: ['launches'] } as const;
    await book.judge({ ...scan, status: 'verified', decidedAt: monday, contents });
    expect(noOf(await open(officer))).toMatchObject({ name: 'ScanNotReadable' });
  });

  it('an uploaded scan that was taken before previews were made is opened without one', async () => {
    const { book, scan, open } = await announced();
    const contents = { pages: 1, widthPixels: 0, heightPixels: 0, flags: [] } as const;
    await book.judge({ ...scan, status: 'verified', decidedAt: monday, contents });
    const opened = bodyOf(await open(officer));
    expect(opened).toHaveProperty('url');
    expect(opened).not.toHaveProperty('preview');
  });

  it('an uploaded scan leaves the dossier as it was', async () => {
    const { book, store, scan, confirm } = await announced();
    const before = await book.head(dossierId);
    await store.upload(scan, cut);
    await confirm();
    expect([await book.head(dossierId), await book.timeline(dossierId)]).toEqual([before, []]);
  });

  it.each<[string, Uint8Array, Uint8Array, string]>([
    ['larger than announced', pdf, new Uint8Array([...pdf, 10]), 'size-differs'],
    ['corrupted on the way', pdf, pdf.map((byte, index) => (index === 500 ? byte ^ 1 : byte)), 'checksum-differs'],
    ['no PDF at all', new Uint8Array(100), new Uint8Array(100), 'type-differs'],
    ['cut short', cut, cut, 'unreadable'],
  ])(
    'an uploaded scan that is %s is refused for good, with the reason, and stays where nobody reads it',
    async (_what, said, uploaded, why) => {
      const { store, scan, confirm, open } = await announced(said);
      await store.upload(scan, uploaded);
      const refusal = { name: 'ScanRefused', why };
      expect(noOf(await confirm())).toEqual(refusal);
      expect(noOf(await confirm())).toEqual(refusal);
      await store.upload(scan, pdf);
      expect(noOf(await confirm())).toEqual(refusal);
      expect(await store.verified(scan)).toBeUndefined();
      expect(noOf(await open())).toEqual({ name: 'ScanNotReadable', status: 'refused' });
    },
  );

  it('an uploaded scan waits for the virus check where there is one, and is taken when it has passed', async () => {
    const { book, store, scan, confirm } = await announced();
    await store.upload(scan, pdf);
    const waits = { quarantined: async () => ({ heldBack: 'waits' }) as const };
    expect(noOf(await confirm({ store: waits }))).toEqual({ name: 'ScanNotReady', retryAfter: 5 });
    expect(await book.scan(dossierId, scan.scanId)).toEqual(scan);
    const quarantined = async (one: Scan) => {
      const found = await store.quarantined(one);
      return found && { ...found, virusFree: true as const };
    };
    expect(bodyOf(await confirm({ store: { quarantined } }))).toMatchObject({ status: 'verified', virusFree: true });
  });

  it.each(['infected', 'not-checked'] as const)(
    'an uploaded scan that is %s is refused by that name, and nothing of it is opened or kept',
    async (heldBack) => {
      const { store, scan, confirm } = await announced();
      await store.upload(scan, pdf);
      const outcome = await confirm({ store: { quarantined: async () => ({ heldBack }) } });
      expect(noOf(outcome)).toEqual({ name: 'ScanRefused', why: heldBack });
      expect(noOf(await confirm())).toEqual({ name: 'ScanRefused', why: heldBack });
      expect(await store.verified(scan)).toBeUndefined();
    },
  );

  it('an uploaded scan that was taken before files were checked for viruses is handed out no more where they are', async () => {
    const { book, store, scan, looks, confirm } = await announced();
    await store.upload(scan, pdf);
    await confirm();
    const open = async (virusCheck: boolean) =>
      openScan(fileDoorOf(book, book, store, { log: looks, now: () => monday }), virusCheck)({ path }, officer);
    expect(statusOf(await open(false))).toBe(200);
    expect(noOf(await open(true))).toEqual({ name: 'ScanNotReadable', status: 'verified' });
  });

  it('an uploaded scan that has not come yet may still come', async () => {
    const { store, scan, confirm, open } = await announced();
    expect(noOf(await confirm())).toEqual({ name: 'ScanRefused', why: 'not-uploaded' });
    expect(noOf(await open())).toEqual({ name: 'ScanNotReadable', status: 'awaited' });
    await store.upload(scan, pdf);
    expect(statusOf(await confirm())).toBe(200);
  });

  it('an uploaded scan confirmed again is answered the same, whatever lies in quarantine by then', async () => {
    const { store, scan, confirm } = await announced();
    await store.upload(scan, pdf);
    const first = bodyOf(await confirm());
    await store.upload(scan, cut);
    expect(bodyOf(await confirm())).toEqual(first);
    expect(await store.verified(scan)).toEqual(pdf);
  });

  it('an uploaded scan that nobody asked for is unknown, and to a stranger the whole dossier is', async () => {
    const { book, store, looks, confirm, open } = await announced();
    const elsewhere = { path: { dossierId, scanId: 's-00000009' } };
    expect(
      noOf(await confirmScan({ door: scanDoorOf(book, book), store, check, now: () => monday })(elsewhere, clerk)),
    ).toEqual({
      name: 'UnknownScan',
    });
    expect(
      noOf(await openScan(fileDoorOf(book, book, store, { log: looks, now: () => monday }))(elsewhere, clerk)),
    ).toEqual({
      name: 'UnknownScan',
    });
    for (const caller of [stranger, ops])
      expect([noOf(await confirm({}, caller)), noOf(await open(caller))]).toEqual([
        { name: 'UnknownDossier' },
        { name: 'UnknownDossier' },
      ]);
  });
});

describe('a link to a scan', () => {
  it('a link to a scan is given to whoever is written down with the scan first', async () => {
    const { store, scan, looks, confirm, open } = await announced();
    await store.upload(scan, pdf);
    await open();
    expect(looks.all).toEqual([]);
    await confirm();
    expect(statusOf(await open({ ...officer, person: 'sub-1' }))).toBe(200);
    expect(looks.all).toEqual([
      {
        dossierId,
        by: { ...officer, person: 'sub-1' },
        at: monday,
        requestId: 'request-1',
        saw: { scanId: scan.scanId },
      },
    ]);
  });

  it('a link to a scan is given to nobody who cannot be written down', async () => {
    const { store, scan, confirm, open } = await announced();
    await store.upload(scan, pdf);
    await confirm();
    const note = async () => Promise.reject(new Error('the log of looks is away'));
    await expect(open(clerk, { note })).rejects.toThrow('the log of looks is away');
  });
});

describe('two confirmations at once', () => {
  it('two confirmations at once of which one has verified the scan and emptied quarantine are answered alike', async () => {
    const { store, scan, confirm } = await announced();
    await store.upload(scan, pdf);
    // The other confirmation does all of it between our reading the line and our looking into quarantine.
    const outcome = await confirm({ store: { quarantined: async (one) => (await confirm(), store.quarantined(one)) } });
    expect(statusOf(outcome)).toBe(200);
  });

  it('two confirmations at once of which one has refused the scan are answered alike, though a good file came in between', async () => {
    const { book, store, scan, confirm } = await announced();
    await store.upload(scan, pdf);
    const refused: Scan = { ...scan, status: 'refused', fault: 'checksum-differs', decidedAt: monday };
    const outcome = await confirm({
      store: { release: async (one, inspected) => (await book.judge(refused), store.release(one, inspected)) },
    });
    expect(noOf(outcome)).toEqual({ name: 'ScanRefused', why: 'checksum-differs' });
    expect(await book.scan(dossierId, scan.scanId)).toEqual(refused);
  });

  it('two confirmations at once of which one has verified the scan are answered alike, though a bad file came in between', async () => {
    const { book, store, scan, confirm } = await announced();
    await store.upload(scan, new Uint8Array(3));
    const verified: Scan = { ...scan, status: 'verified', decidedAt: monday };
    const outcome = await confirm({ scans: { judge: async (one) => (await book.judge(verified), book.judge(one)) } });
    expect(statusOf(outcome)).toBe(200);
  });

  it('two confirmations at once cannot release what was uploaded after the inspection', async () => {
    const { store, scan, confirm } = await announced();
    await store.upload(scan, pdf);
    const outcome = await confirm({
      store: { release: async (one, inspected) => (await store.upload(scan, cut), store.release(one, inspected)) },
    });
    expect(statusOf(outcome)).toBe(200);
    expect(await store.verified(scan)).toEqual(pdf);
  });
});

describe('a process that is killed while it confirms', () => {
  it.each<[string, 'release' | 'judge' | 'discard', Moment]>([
    ['before the file is released', 'release', 'before'],
    ['between the file and its line', 'release', 'after'],
    ['before the line is written', 'judge', 'before'],
    ['between the line and emptying quarantine', 'judge', 'after'],
    ['before quarantine is emptied', 'discard', 'before'],
    ['when all is done and nobody was told', 'discard', 'after'],
  ])(
    'a process is killed %s: asked again, the scan is verified once, and a verified line never points at nothing',
    async (_when, call, moment) => {
      const { book, store, scan, confirm, open } = await announced();
      await store.upload(scan, pdf);
      const change =
        call === 'judge'
          ? { scans: { judge: dyingOnce(moment, book.judge) } }
          : call === 'release'
            ? { store: { release: dyingOnce(moment, store.release) } }
            : { store: { discard: dyingOnce(moment, store.discard) } };
      await expect(confirm(change)).rejects.toThrow(Killed);
      if ((await book.scan(dossierId, scan.scanId))?.status === 'verified')
        expect(await store.verified(scan)).toEqual(pdf);
      expect(statusOf(await confirm(change))).toBe(200);
      expect(await book.scan(dossierId, scan.scanId)).toMatchObject({ status: 'verified' });
      expect(await store.verified(scan)).toEqual(pdf);
      expect(statusOf(await open())).toBe(200);
    },
  );

  it('a process is killed at a bad file, before the verdict is written: asked again, it is refused all the same', async () => {
    const { book, store, scan, confirm } = await announced();
    await store.upload(scan, cut);
    await expect(confirm({ scans: { judge: dyingOnce('before', book.judge) } })).rejects.toThrow(Killed);
    expect(noOf(await confirm())).toEqual({ name: 'ScanRefused', why: 'size-differs' });
  });
});
