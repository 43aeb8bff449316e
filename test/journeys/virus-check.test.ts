import { describe, expect, it } from '@jest/globals';
import { ApiRefusal } from '../../client/call.ts';
import type { ScanFile } from '../../client/api-client.ts';
import { photo } from '../../local/demo/scans.ts';
import type { Traveller } from '../../local/demo/traveller.ts';
import { aTown } from './a-town.ts';
import { open } from './roads.ts';
import { clerk, officer, type Town } from './town.ts';

/** In parts, so that no virus check takes this file for it. */
const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD', '-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

// Holds ADR 0033.
describe('a scan where files are checked for viruses', () => {
  let town: Town;
  let traveller: Traveller;
  aTown(
    async (booted) => {
      town = booted;
      traveller = await open(town, 'counter');
    },
    ['virusCheck=true'],
  );

  it('a scan where files are checked for viruses is taken once it has passed, and read like any other', async () => {
    const { dossierId } = traveller.dossier;
    const scan = await town.as(clerk).bringScan(dossierId, photo());
    expect(scan).toMatchObject({ status: 'verified', virusFree: true });
    const { url = '', preview = '' } = await town.as(officer).openScan(dossierId, scan.scanId);
    const [file, picture] = await Promise.all([fetch(url), fetch(preview)]);
    expect([file.status, picture.status]).toEqual([200, 200]);
    expect(Buffer.from(await file.arrayBuffer()).equals(Buffer.from(photo().bytes))).toBe(true);
  });

  it('a scan where files are checked for viruses is refused for good when one is found, and nobody reads it', async () => {
    const { dossierId } = traveller.dossier;
    const { bytes, ...rest } = photo();
    const infected: ScanFile = { ...rest, bytes: new Uint8Array([...bytes, ...Buffer.from(eicar)]) };
    const refused = await town
      .as(clerk)
      .bringScan(dossierId, infected)
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ApiRefusal);
    expect(refused).toMatchObject({ status: 422, code: 'ScanRefused' });
    const { scans } = await town.as(officer).listScans(dossierId);
    const scan = scans.find(({ fault }) => fault?.code === 'infected');
    expect(scan).toMatchObject({ status: 'refused', fault: { vi: expect.stringContaining('mã độc') } });
    await expect(town.as(officer).openScan(dossierId, scan?.scanId ?? '')).rejects.toMatchObject({
      code: 'ScanNotReadable',
    });
    await expect(town.as(clerk).requestUpload(dossierId, infected)).rejects.toMatchObject({ code: 'ScanRefused' });
  });
});
