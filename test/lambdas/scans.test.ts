import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { requestScanUpload as operation } from '../../contract/request-scan-upload.ts';
import type { Party } from '../../domain/journey/dossier.ts';
import { scanDoorOf } from '../../domain/people/door.ts';
import type { ScanBook } from '../../domain/ports/scan-store.ts';
import type { Scan } from '../../domain/scans.ts';
import { confirmScan } from '../../lambdas/confirm-scan/confirm-scan.ts';
import { openScan } from '../../lambdas/open-scan/open-scan.ts';
import { requestScanUpload } from '../../lambdas/request-scan-upload/request-scan-upload.ts';
import { plainPage } from '../adapters/scan-check/made-up.ts';
import { clerk, dossierAt, monday, officer, ops } from '../domain/journey/town.ts';
import { scanCheck } from '../adapters/scan-check/scan-check.ts';
import { memoryBook } from '../doubles/book.ts';
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
  const open = async (caller: Party = clerk) => openScan({ door: scanDoorOf(book, book), store })({ path }, caller);
  return { book, store, scan, confirm, open };
}

describe('a place to upload a scan to', () => {
  const body = { kind: 'papers', contentType: 'application/pdf', size: 1000, sha256: '0'.repeat(64) };
  const asked = operation.request.parse({ path: { dossierId }, body });

  it('a place to upload a scan to is given to a party of the dossier, and its line is in the book before anything can be uploaded', async () => {
    const { book, store } = await announced();
    const outcome = await requestScanUpload({
      door: scanDoorOf(book, book),
      store,
      now: () => monday,
      drawScanId: () => 's-00000002',
    })(asked, clerk);
    expect(outcome).toMatchObject({
      status: 201,
      headers: { location: `/v1/dossiers/${dossierId}/scans/s-00000002` },
      body: {
        scanId: 's-00000002',
        status: 'awaited',
        upload: { method: 'POST', expiresAt: '2026-03-02T01:15:00.000Z' },
      },
    });
    expect(await book.scan(dossierId, 's-00000002')).toEqual({
      scanId: 's-00000002',
      dossierId,
      ...body,
      status: 'awaited',
      requestedAt: monday,
    });
  });

  it('a place to upload a scan to is handed out only when its line is written, however slow the book is, and never without one', async () => {
    const { book, store } = await announced();
    const slowly = async (scan: Scan) => {
      await setImmediate();
      await book.request(scan);
    };
    const ask = requestScanUpload({
      door: scanDoorOf(book, { ...book, request: slowly }),
      store,
      now: () => monday,
      drawScanId: () => 's-00000002',
    });
    await ask(asked, clerk);
    expect(await book.scan(dossierId, 's-00000002')).toMatchObject({ status: 'awaited' });
    // The same id again: its line cannot be written.
    await expect(ask(asked, clerk)).rejects.toThrow();
  });

  it.each([
    ['a stranger', stranger],
    ['ops', ops],
  ])('a place to upload a scan to is not given to %s', async (_who, caller) => {
    const { book, store } = await announced();
    const useCase = requestScanUpload({
      door: scanDoorOf(book, book),
      store,
      now: () => monday,
      drawScanId: () => 's-00000002',
    });
    expect(noOf(await useCase(asked, caller))).toEqual({ name: 'UnknownDossier' });
    expect(await book.scan(dossierId, 's-00000002')).toBeUndefined();
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
    expect(await store.pictures(scan)).toHaveLength(1);
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
    const { book, store, confirm, open } = await announced();
    const elsewhere = { path: { dossierId, scanId: 's-00000009' } };
    expect(
      noOf(await confirmScan({ door: scanDoorOf(book, book), store, check, now: () => monday })(elsewhere, clerk)),
    ).toEqual({
      name: 'UnknownScan',
    });
    expect(noOf(await openScan({ door: scanDoorOf(book, book), store })(elsewhere, clerk))).toEqual({
      name: 'UnknownScan',
    });
    for (const caller of [stranger, ops])
      expect([noOf(await confirm({}, caller)), noOf(await open(caller))]).toEqual([
        { name: 'UnknownDossier' },
        { name: 'UnknownDossier' },
      ]);
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
