import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { photo } from '../../local/demo/scans.ts';
import { aTown } from './a-town.ts';
import { open, registrationAt } from './roads.ts';
import { clerk, courier, officer, ops, supervisor, type Town } from './town.ts';

// Holds ADR 0031.
describe('who has looked at a dossier', () => {
  let town: Town;
  aTown((booted) => {
    town = booted;
  });

  it('who has looked at a dossier is told to ops and supervisors, and to nobody else: who, when and what, and never what it said', async () => {
    const { dossier, later } = await open(town, 'counter');
    const { dossierId } = dossier;
    const { scanId } = await town.as(clerk).bringScan(dossierId, photo());
    await town.as(courier).read(dossierId);
    await later(1);
    await town.as(officer).openScan(dossierId, scanId);
    // What shows nobody is not written down.
    await town.as(clerk).timeline(dossierId);
    await town.as(ops).read(dossierId);

    const { items, next } = await town.as(ops).looks(dossierId);
    expect(items).toMatchObject([
      { by: { role: 'officer', unit: 'AG-PASC-BACKAN', person: expect.any(String) }, scanId },
      { by: { role: 'courier', unit: 'PO-BACKAN' }, fields: ['fullName', 'phone', 'address'] },
    ]);
    expect(next).toBeUndefined();
    expect(await town.as(supervisor).looks(dossierId)).toEqual({ items });
    const { next: second = '' } = await town.as(ops).looks(dossierId, { limit: '1' });
    expect((await town.as(ops).looks(dossierId, { limit: '1', cursor: second })).items).toEqual(items.slice(1));
    await expect(town.as(clerk).looks(dossierId)).rejects.toMatchObject({ status: 403 });
    await expect(town.as({ role: 'supervisor', unit: 'PO-NARI' }).looks(dossierId)).rejects.toMatchObject({
      code: 'UnknownDossier',
    });
  });

  it('who has looked at a dossier stands in a table of its own, which names nobody who was looked at', async () => {
    const { dossier } = await open(town, 'counter');
    await town.as(clerk).read(dossier.dossierId);
    const client = new DynamoDBClient({ endpoint: town.awsUrl, region: 'ap-southeast-1', credentials: town.accessKey });
    const { Items = [] } = await client.send(new ScanCommand({ TableName: town.looks }));
    client.destroy();
    const text = JSON.stringify(Items);
    expect(text).toContain(dossier.dossierId);
    for (const word of Object.values(registrationAt('counter').applicant)) expect(text).not.toContain(word);
  });
});
