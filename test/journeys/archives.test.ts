import { ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { unzipSync } from 'fflate';
import { describe, expect, it } from '@jest/globals';
import { photo, scannedPapers } from '../../local/demo/scans.ts';
import { verifyArchive } from '../../local/ops/verify-archive.ts';
import { aTown } from './a-town.ts';
import { open, walkTo, wordsOfPeopleIn } from './roads.ts';
import { clerk, courier, officer, ops, type Town } from './town.ts';

// Holds ADR 0038.
describe('the archive of a dossier', () => {
  let town: Town;
  aTown((booted) => {
    town = booted;
  });

  it('the archive of a dossier is one file that proves itself; whoever was given it is written down, and it goes after a day', async () => {
    const traveller = await open(town, 'counter');
    const { dossierId } = traveller.dossier;
    await walkTo(town, traveller, 'AtAgency');
    const papers = await town.as(clerk).bringScan(dossierId, scannedPapers());
    const { scanId: awaited } = await town.as(clerk).requestUpload(dossierId, photo());

    const { url, size, digest, leftOut } = await town.as(officer).archive(dossierId);
    expect(leftOut.map(({ what, why }) => [what, why])).toEqual([
      ['people', 'people-apart'],
      [awaited, 'scan-awaited'],
    ]);
    const answer = await fetch(url);
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${dossierId}.zip"`);
    const zip = new Uint8Array(await answer.arrayBuffer());
    expect(zip).toHaveLength(size);
    const { faults, told } = verifyArchive(zip);
    expect(faults).toEqual([]);
    expect(told.join('\n')).toContain(digest);
    const files = unzipSync(zip);
    expect(Buffer.from(files[`scans/${papers.scanId}.pdf`] ?? '')).toEqual(Buffer.from(scannedPapers().bytes));
    expect(wordsOfPeopleIn(Buffer.from(files['dossier.json'] ?? '').toString())).toEqual([]);

    expect((await town.as(ops).looks(dossierId)).items[0]).toMatchObject({
      by: { role: 'officer', unit: 'AG-PASC-BACKAN' },
      archive: digest,
      scanIds: [papers.scanId],
    });
    await expect(town.as(courier).archive(dossierId)).rejects.toMatchObject({ status: 403 });
    await expect(town.as({ role: 'clerk', unit: 'PO-NARI' }).archive(dossierId)).rejects.toMatchObject({
      code: 'UnknownDossier',
    });

    await town.clock.jumpTo(town.clock.now() + 6 * 60_000);
    expect((await fetch(url)).status).toBe(403);
    const s3 = new S3Client({
      endpoint: town.awsUrl,
      region: 'ap-southeast-1',
      credentials: town.accessKey,
      forcePathStyle: true,
    });
    const kept = async (): Promise<number> => {
      const { Versions = [] } = await s3.send(
        new ListObjectVersionsCommand({ Bucket: town.scans, Prefix: 'archives/' }),
      );
      return Versions.length;
    };
    expect(await kept()).toBe(1);
    // A day as the newest, another as what a deletion left behind, each until the midnight after.
    const left: number[] = [];
    for (let days = 0; days < 4; days += 1) {
      await town.clock.jumpTo(town.clock.now() + 24 * 3_600_000);
      left.push(await kept());
    }
    expect(left.at(-1)).toBe(0);
    s3.destroy();
  });
});
