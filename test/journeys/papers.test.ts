import { beforeAll, describe, expect, it } from '@jest/globals';
import { encode } from 'fast-png';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { ApiRefusal, ask } from '../../client/call.ts';
import { checkSlip } from '../../client/check-slip.ts';
import { checkSlips as checkSlipsOperation } from '../../contract/check-slips.ts';
import { slipCheckHeaders } from '../../contract/slip-check-page.ts';
import type { Speaker, Traveller } from '../../local/demo/traveller.ts';
import { aTown } from './a-town.ts';
import { open, walkTo } from './roads.ts';
import { clerk, courier, officer, ops, portal, supervisor, type Town } from './town.ts';

/** What the first QR code of a page says, read from a picture of it. */
async function qrCodeIn(html: string): Promise<string> {
  const [, size = '', path = ''] = /class="qr"><svg [^>]*viewBox="0 0 (\d+) \1">.*? d="([^"]+)"/.exec(html) ?? [];
  const side = Number(size);
  const data = new Uint8Array(side * side).fill(255);
  for (const [, x, y, length] of path.matchAll(/M(\d+),(\d+)h(\d+)/g))
    for (let row = 0; row < Number(length); row += 1)
      data.fill(0, (Number(y) + row) * side + Number(x), (Number(y) + row) * side + Number(x) + Number(length));
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer } });
  const found = await readBarcodes(encode({ width: side, height: side, data, channels: 1 }), { formats: ['QRCode'] });
  return found[0]?.text ?? '';
}

describe('the papers of a dossier, on the whole system', () => {
  let town: Town;
  let traveller: Traveller;
  aTown((booted) => {
    town = booted;
  });
  beforeAll(async () => {
    traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'InTransitToAgency');
  });

  const askedBy = async (speaker: Speaker): Promise<readonly (number | undefined)[]> => {
    const { dossierId } = traveller.dossier;
    const client = town.as(speaker);
    return Promise.all(
      [client.slip(dossierId, { size: '80mm' }), client.label(dossierId, { size: 'A6' })].map(async (asked) => {
        try {
          return (await asked).startsWith('<!doctype html>') ? 200 : undefined;
        } catch (error) {
          return error instanceof ApiRefusal ? error.status : undefined;
        }
      }),
    );
  };

  it.each([clerk, courier, officer, supervisor])(
    'the papers of a dossier are printed for its $role',
    async (speaker) => {
      expect(await askedBy(speaker)).toEqual([200, 200]);
    },
  );

  it.each<readonly [string, Speaker, number]>([
    ['a clerk of another office', { role: 'clerk', unit: 'PO-NGANSON' }, 404],
    ['an officer of another agency', { role: 'officer', unit: 'AG-UBND-01933' }, 404],
    ['a portal that did not register it', portal, 404],
    ['ops, who see nobody', ops, 403],
  ])('the papers of a dossier are not printed for %s', async (_who, speaker, status) => {
    expect(await askedBy(speaker)).toEqual([status, status]);
  });

  it('the papers of a dossier begin with a slip that everybody can check against the published keys, until its code is replaced', async () => {
    const { dossierId } = traveller.dossier;
    const proof = await qrCodeIn(await town.as(clerk).slip(dossierId));
    const fetched = async () => ask({ apiUrl: town.apiUrl }, checkSlipsOperation, {});
    const { body: before } = await fetched();
    expect(await checkSlip(proof, before)).toMatchObject({
      verdict: 'genuine',
      statement: { trackingCode: traveller.dossier.trackingCode, postOfficeId: 'PO-BACKAN', service: 'send' },
    });
    const page = await fetch(`${town.apiUrl}/slips`, { headers: { accept: 'text/html' } });
    expect(Object.fromEntries(page.headers)).toMatchObject(slipCheckHeaders);
    expect(await page.text()).toContain(before.keys[0]?.publicKey);
    await town.as(clerk).record(dossierId, {
      eventId: 'photographed-slip-1',
      type: 'TrackingCodeReplaced',
      occurredAt: new Date(town.clock.now()).toISOString(),
    });
    expect((await checkSlip(proof, (await fetched()).body)).verdict).toBe('ended');
    const fresh = await qrCodeIn(await town.as(clerk).slip(dossierId));
    expect((await checkSlip(fresh, (await fetched()).body)).verdict).toBe('genuine');
  });

  it('the papers of a dossier are pages that run nothing, which no cache keeps', async () => {
    const { dossierId } = traveller.dossier;
    const answer = await fetch(`${town.apiUrl}/v1/dossiers/${dossierId}/slip`, {
      headers: { authorization: `Bearer ${await town.bearer(clerk)}` },
    });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': expect.stringContaining("default-src 'none'; style-src 'unsafe-inline'"),
    });
    expect(await answer.text()).toContain('IN LẠI lần');
  });
});
