import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import type { Quarantined, ScanLinks, ScanStore, UploadForm } from '../../domain/ports/scan-store.ts';
import type { Scan } from '../../domain/scans.ts';

/** A store with somebody who uploads. */
export interface Store {
  readonly store: ScanStore & ScanLinks;
  /** Uploads with the form that was handed out. */
  upload(form: UploadForm, scan: Scan, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  verified(scan: Scan): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

/** What lies in quarantine and is not held back. */
export async function readable(store: ScanStore, scan: Scan): Promise<Quarantined | undefined> {
  const found = await store.quarantined(scan);
  return found !== undefined && 'bytes' in found ? found : undefined;
}

let asked = 0;
/** A scan that no other test has asked for, announced as these bytes. */
export function scanOf(bytes: Uint8Array): Scan {
  return {
    scanId: `s-suite-${(asked += 1)}`,
    dossierId: 'd-suite-0001',
    kind: 'papers',
    contentType: 'application/pdf',
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    status: 'awaited',
    requestedAt: 0,
  };
}
export function paper(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(`%PDF-1.7\n${text}\n%%EOF\n`));
}

/** What every store of scans must do, in memory or in a bucket. */
export function keepsScans(name: string, openStore: () => Promise<Store>): void {
  describe(`a store of scans ${name}`, () => {
    let desk: Store;
    beforeAll(async () => {
      desk = await openStore();
    });
    afterAll(async () => desk.close());

    const uploaded = async (
      text: string,
    ): Promise<{ scan: Scan; bytes: Uint8Array<ArrayBuffer>; form: UploadForm }> => {
      const bytes = paper(text);
      const scan = scanOf(bytes);
      const form = await desk.store.invite(scan);
      await desk.upload(form, scan, bytes);
      return { scan, bytes, form };
    };

    it('a store of scans has nothing in quarantine before it was uploaded', async () => {
      expect(await desk.store.quarantined(scanOf(paper('never')))).toBeUndefined();
    });

    it('a store of scans has in quarantine what was uploaded, with its checksum, and nothing outside', async () => {
      const { scan, bytes } = await uploaded('Tờ khai');
      const found = await readable(desk.store, scan);
      expect(found).toMatchObject({ sha256: scan.sha256 });
      expect(Buffer.from(found?.bytes ?? []).equals(bytes)).toBe(true);
      expect(await desk.verified(scan)).toBeUndefined();
    });

    it('a store of scans releases the very file that was inspected, though another was uploaded since', async () => {
      const { scan, bytes, form } = await uploaded('inspected');
      const inspected = await readable(desk.store, scan);
      if (!inspected) throw new Error('nothing lies in quarantine');
      await desk.upload(form, scan, bytes);
      await desk.store.release(scan, inspected);
      await desk.store.release(scan, inspected);
      expect(Buffer.from((await desk.verified(scan)) ?? []).equals(bytes)).toBe(true);
    });

    it('a store of scans empties its place in quarantine, as often as it is told, and keeps what was released', async () => {
      const { scan, bytes } = await uploaded('discarded');
      const inspected = await readable(desk.store, scan);
      if (inspected) await desk.store.release(scan, inspected);
      await desk.store.discard(scan);
      await desk.store.discard(scan);
      expect(await readable(desk.store, scan)).toBeUndefined();
      expect(Buffer.from((await desk.verified(scan)) ?? []).equals(bytes)).toBe(true);
    });

    it('a store of scans says until when its forms and links are good', async () => {
      const { scan, form } = await uploaded('links');
      const { url, expiresAt } = await desk.store.link(scan);
      expect(form.expiresAt - expiresAt).toBe(10 * 60_000);
      expect(url).toContain(scan.scanId);
    });
  });
}
