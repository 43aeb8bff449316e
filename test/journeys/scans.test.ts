import { describe, expect, it } from '@jest/globals';
import jpeg from 'jpeg-js';
import { photo, scannedPapers } from '../../local/demo/scans.ts';
import { sha256Of, type ScanFile, type Invitation } from '../../client/api-client.ts';
import type { Traveller } from '../../local/demo/traveller.ts';
import { plainPage } from '../adapters/scan-check/made-up.ts';
import { open } from './roads.ts';
import { aTown } from './a-town.ts';
import { clerk, officer, type Town } from './town.ts';

// Holds ADR 0009 and ADR 0032.
describe('the scans of a dossier', () => {
  let town: Town;
  let traveller: Traveller;
  aTown(async (booted) => {
    town = booted;
    traveller = await open(town, 'counter');
  });

  const form = async (
    { url, fields }: Pick<NonNullable<Invitation['upload']>, 'url' | 'fields'>,
    { contentType, bytes }: ScanFile,
  ): Promise<Response> => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    body.append('file', new Blob([bytes], { type: contentType }));
    return fetch(url, { method: 'POST', body });
  };
  const invite = async (file: ScanFile) => {
    const { upload, ...rest } = await town.as(clerk).requestUpload(traveller.dossier.dossierId, file);
    if (!upload) throw new Error('the file is here already');
    return { ...rest, upload };
  };
  let photos = 0;
  /** A photo that nobody has sent before: phones write more behind the picture. */
  const freshPhoto = (): ScanFile => {
    const { bytes, ...rest } = photo();
    return { ...rest, bytes: new Uint8Array([...bytes, ...Buffer.from(`photo ${(photos += 1)}`)]) };
  };
  /** A minute later, so that a whole file of tests is no flood of one caller. */
  const confirm = async (scanId: string): Promise<unknown> => {
    await traveller.later(1);
    return town.as(clerk).confirmScan(traveller.dossier.dossierId, scanId);
  };
  const refusedFor = (detail: string): unknown =>
    expect.objectContaining({
      status: 422,
      code: 'ScanRefused',
      problem: expect.objectContaining({ errors: [expect.objectContaining({ detail })] }),
    });

  it.each([
    ['a PDF of several pages', scannedPapers()],
    ['a JPEG', photo()],
  ])('%s is verified, and read by every party through a link that dies within minutes', async (_name, file) => {
    const { dossierId } = traveller.dossier;
    const scan = await town.as(clerk).bringScan(dossierId, file);
    expect(scan).toMatchObject({ status: 'verified', contentType: file.contentType, size: file.bytes.length });
    const link = await town.as(officer).openScan(dossierId, scan.scanId);
    const { url = '' } = link;
    const read = await fetch(url);
    expect(read.headers.get('content-type')).toBe(file.contentType);
    expect(read.headers.get('content-disposition')).toMatch(/^attachment; filename="s-[0-9a-z]+\.(pdf|jpg)"$/);
    const preview = jpeg.decode(new Uint8Array(await (await fetch(link.preview ?? '')).arrayBuffer()));
    expect(Math.max(preview.width, preview.height)).toBe(1000);
    expect(Buffer.from(await read.arrayBuffer()).equals(Buffer.from(file.bytes))).toBe(true);
    await traveller.later(6);
    expect((await fetch(url)).status).toBe(403);
  });

  it('a PDF that runs a script is seen as pictures of its pages only', async () => {
    const { dossierId } = traveller.dossier;
    const bytes = new Uint8Array(plainPage('/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>'));
    const scan = await town.as(clerk).bringScan(dossierId, { kind: 'papers', contentType: 'application/pdf', bytes });
    expect(scan).toMatchObject({ status: 'verified', flags: ['javascript'] });
    const { pictures = [], url, preview } = await town.as(officer).openScan(dossierId, scan.scanId);
    expect([url, pictures.length]).toEqual([undefined, 1]);
    expect((await fetch(preview ?? '')).status).toBe(200);
    const picture = await fetch(pictures[0] ?? '');
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect([...new Uint8Array(await picture.arrayBuffer()).slice(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
  });

  it('a scan cannot be read before it was confirmed; confirmed twice it is answered the same', async () => {
    const file = freshPhoto();
    const { scanId, upload } = await invite(file);
    await expect(confirm(scanId)).rejects.toEqual(refusedFor('nothing was uploaded'));
    expect((await form(upload, file)).status).toBe(204);
    await expect(town.as(officer).openScan(traveller.dossier.dossierId, scanId)).rejects.toMatchObject({
      status: 409,
      code: 'ScanNotReadable',
    });
    const first = await confirm(scanId);
    expect(await confirm(scanId)).toEqual(first);
  });

  it('an announced size beyond ten mebibytes, an unknown type and a broken checksum are refused before anything is uploaded', async () => {
    const ask = async (change: Readonly<Record<string, unknown>>): Promise<number> => {
      const body = JSON.stringify({
        kind: 'papers',
        contentType: 'application/pdf',
        size: 1000,
        sha256: 'a'.repeat(64),
        ...change,
      });
      const headers = { 'authorization': `Bearer ${await town.bearer(clerk)}`, 'content-type': 'application/json' };
      return (
        await fetch(`${town.apiUrl}/v1/dossiers/${traveller.dossier.dossierId}/scans`, {
          method: 'POST',
          headers,
          body,
        })
      ).status;
    };
    expect(await ask({})).toBe(201);
    expect(await ask({ size: 10 * 1024 * 1024 + 1 })).toBe(400);
    expect(await ask({ contentType: 'image/svg+xml' })).toBe(400);
    expect(await ask({ sha256: 'abc' })).toBe(400);
  });

  it('what is not the announced bytes is not taken', async () => {
    const file = freshPhoto();
    const { scanId, upload } = await invite(file);
    const corrupted = { ...file, bytes: file.bytes.with(1000, (file.bytes[1000] ?? 0) ^ 1) };
    const tooLong = { ...file, bytes: new Uint8Array([...file.bytes, 0]) };
    const tooShort = { ...file, bytes: file.bytes.slice(0, -1) };
    for (const other of [corrupted, tooLong, tooShort]) expect((await form(upload, other)).status).toBe(400);
    expect((await form({ ...upload, fields: { ...upload.fields, key: 'verified/elsewhere' } }, file)).status).toBe(403);
    await expect(confirm(scanId)).rejects.toEqual(refusedFor('nothing was uploaded'));
  });

  it.each<[string, string, ScanFile]>([
    [
      'a photo that calls itself a PDF',
      'the content is not of the announced type; PDF, JPEG and PNG are taken',
      { ...freshPhoto(), contentType: 'application/pdf' },
    ],
    [
      'a page of script that calls itself a JPEG',
      'the content is not of the announced type; PDF, JPEG and PNG are taken',
      { ...freshPhoto(), bytes: new TextEncoder().encode('<script>alert(1)</script>') },
    ],
    [
      'half a PDF',
      'no reader can open the file: scan or photograph the papers again',
      { ...scannedPapers(), bytes: scannedPapers().bytes.slice(0, 20_000) },
    ],
  ])('%s stays in quarantine and is refused with the reason, for good', async (_name, detail, file) => {
    const { scanId, upload } = await invite(file);
    expect((await form(upload, file)).status).toBe(204);
    await expect(confirm(scanId)).rejects.toEqual(refusedFor(detail));
    await expect(confirm(scanId)).rejects.toEqual(refusedFor(detail));
    await expect(town.as(officer).openScan(traveller.dossier.dossierId, scanId)).rejects.toMatchObject({
      status: 409,
      code: 'ScanNotReadable',
    });
  });

  it('a scan that is asked for twice is one scan: with another form while it is not uploaded, without one when it is verified', async () => {
    const { dossierId } = traveller.dossier;
    const file = freshPhoto();
    const [first, second] = await Promise.all([invite(file), invite(file)]);
    expect(second.scanId).toBe(first.scanId);
    expect((await form(second.upload, file)).status).toBe(204);
    await confirm(first.scanId);
    expect(await town.as(officer).requestUpload(dossierId, file)).toEqual({ scanId: first.scanId, status: 'verified' });
    const { scans } = await town.as(officer).listScans(dossierId);
    expect(scans.filter(({ scanId }) => scanId === first.scanId)).toHaveLength(1);
  });

  it('a scan whose upload broke off goes on with another form, an hour later too', async () => {
    const file = freshPhoto();
    const { scanId, upload } = await invite(file);
    const broken = { ...file, bytes: file.bytes.slice(0, 20_000) };
    expect((await form(upload, broken)).status).toBe(400);
    await traveller.later(60);
    expect((await form(upload, file)).status).toBe(403);
    const again = await invite(file);
    expect(again.scanId).toBe(scanId);
    expect((await form(again.upload, file)).status).toBe(204);
    expect(await confirm(scanId)).toMatchObject({ status: 'verified' });
  });

  it('a scan that was refused for what it is says so in the list, is not taken again, and the new one names it', async () => {
    const { dossierId } = traveller.dossier;
    const half = { ...scannedPapers(), bytes: scannedPapers().bytes.slice(0, 30_000) };
    const { scanId, upload } = await invite(half);
    await form(upload, half);
    await expect(confirm(scanId)).rejects.toMatchObject({ code: 'ScanRefused' });
    await expect(invite(half)).rejects.toMatchObject({ status: 422, code: 'ScanRefused' });
    const rescan = await town.as(clerk).requestUpload(dossierId, freshPhoto(), scanId);
    const { scans } = await town.as(clerk).listScans(dossierId);
    expect(scans).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          scanId,
          status: 'refused',
          fault: expect.objectContaining({ code: 'unreadable', vi: expect.stringContaining('hãy quét') }),
          rescannedAs: [rescan.scanId],
        }),
        expect.objectContaining({ scanId: rescan.scanId, rescanFor: scanId }),
      ]),
    );
    await expect(town.as(clerk).requestUpload(dossierId, freshPhoto(), 's-never-seen')).rejects.toMatchObject({
      status: 404,
      code: 'UnknownScan',
    });
  });

  it('many scans are asked for at once, and each is answered by itself', async () => {
    const { dossierId } = traveller.dossier;
    const [one, two] = [freshPhoto(), freshPhoto()];
    const [first, second, again] = await town.as(clerk).requestUploads(dossierId, [one, two, one]);
    expect([first?.status, second?.status, again?.status]).toEqual([201, 201, 200]);
    expect(again?.invitation?.scanId).toBe(first?.invitation?.scanId);
    for (const [file, { invitation } = {}] of [
      [one, again],
      [two, second],
    ] as const)
      expect((await form(invitation?.upload ?? { url: '', fields: {} }, file)).status).toBe(204);
    expect(await confirm(second?.invitation?.scanId ?? '')).toMatchObject({ status: 'verified' });

    const item = { kind: 'papers', contentType: 'application/pdf', size: 1000, sha256: 'b'.repeat(64) };
    const mixed = [
      { ...item, contentType: 'image/heic' },
      item,
      { ...item, sha256: 'e'.repeat(64), rescanFor: 's-never-seen' },
    ];
    const answer = await fetch(`${town.apiUrl}/v1/dossiers/${dossierId}/scans/batch`, {
      method: 'POST',
      headers: { 'authorization': `Bearer ${await town.bearer(clerk)}`, 'content-type': 'application/json' },
      body: JSON.stringify({ items: mixed }),
    });
    expect([answer.status, await answer.json()]).toEqual([
      200,
      {
        items: [
          { status: 400, problem: expect.objectContaining({ code: 'InvalidRequest' }) },
          { status: 201, invitation: expect.objectContaining({ status: 'awaited' }) },
          { status: 404, problem: expect.objectContaining({ code: 'UnknownScan' }) },
        ],
      },
    ]);
  });

  it('a form that is used too late is not taken', async () => {
    const file = freshPhoto();
    const { upload } = await invite(file);
    await traveller.later(16);
    expect((await form(upload, file)).status).toBe(403);
  });

  it('none of this has moved the dossier', async () => {
    expect(await town.as(clerk).read(traveller.dossier.dossierId)).toMatchObject({
      version: 1,
      place: { name: 'Registered' },
    });
  });

  it('evidence that an event speaks of is missing until its scan is verified; then event and scan name each other', async () => {
    const { dossierId, charges } = traveller.dossier;
    const file = { ...freshPhoto(), kind: 'signature' } as const;
    const sha256 = await sha256Of(file.bytes);
    await traveller.report(clerk, 'Collected', {
      papers: { originals: 2, copies: 1 },
      sealNumber: 'BK-0001',
      amountCollected: charges.dueAtCollection,
      evidence: [{ kind: 'signature', sha256 }],
    });
    const collected = async () =>
      (await town.as(officer).read(dossierId)).timeline.find(({ type }) => type === 'Collected');
    const { eventId } = (await collected()) ?? { eventId: '' };
    const listed = async () => town.as(officer).listScans(dossierId);
    expect((await listed()).missing).toEqual([{ eventId, type: 'Collected', kind: 'signature', sha256 }]);
    expect((await collected())?.details.evidence).toEqual([{ kind: 'signature', sha256 }]);

    const { scanId, upload } = await invite(file);
    expect((await listed()).missing).toEqual([{ eventId, type: 'Collected', kind: 'signature', sha256, scanId }]);
    await form(upload, file);
    await confirm(scanId);
    const { missing, scans } = await listed();
    expect(missing).toEqual([]);
    expect(scans.find((scan) => scan.scanId === scanId)?.evidenceOf).toEqual([eventId]);
    const linked = [{ kind: 'signature', sha256, scanId }];
    expect((await collected())?.details.evidence).toEqual(linked);
    const asOf = new Date(traveller.now()).toISOString();
    const timelines = [
      await town.as(officer).timeline(dossierId),
      await town.as(officer).timeline(dossierId, { asOf }),
    ];
    for (const timeline of timelines) expect(JSON.stringify(timeline)).toContain(JSON.stringify(linked));
  });
});
