import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { open, placeOf, walkTo } from './roads.ts';
import { seen } from './seen.ts';
import { aTown } from './a-town.ts';
import { clerk, officer, type Town } from './town.ts';

const run = promisify(execFile);
const day = 86_400_000;

describe('what ops record about many dossiers at once', () => {
  let town: Town;
  aTown((booted) => {
    town = booted;
  });
  const command = async (name: string, ...words: readonly string[]): Promise<string> => {
    const where = ['--endpoint', town.awsUrl, '--data', town.dataDir];
    const { stdout } = await run(process.execPath, ['--no-warnings', `local/ops/${name}.ts`, ...words, ...where]);
    await town.settled();
    return stdout;
  };

  it('what ops record about many dossiers at once is previewed, and recorded once: a flood moves the dates of what is on the road', async () => {
    const [way, still] = [await open(town, 'counter'), await open(town, 'counter')];
    await walkTo(town, way, 'InTransitToAgency');
    await walkTo(town, still, 'AtAgency');
    const dueOf = async (traveller: typeof way) => Date.parse((await seen(town, traveller)).read.dueAt ?? '');
    const before = [await dueOf(way), await dueOf(still)] as const;
    const until = new Date(town.clock.now() + 8 * day).toISOString();
    const preview = await command('suspend', 'PO-BACKAN', until);
    expect(preview).toContain(`${way.dossier.dossierId} in InTransitToAgency: due `);
    expect(preview).toContain('Nothing is recorded yet');
    expect(await dueOf(way)).toBe(before[0]);
    expect(await command('suspend', 'PO-BACKAN', until, '--apply')).toContain('Recorded for 2 open dossiers.');
    expect(await command('suspend', 'PO-BACKAN', until, '--apply')).toContain('Recorded for 0 open dossiers.');
    expect(await dueOf(way)).toBeGreaterThanOrEqual(before[0] + 5 * day);
    // The agency’s own date does not wait for the road; the way in, which ends with the citizen, does.
    expect(await dueOf(still)).toBe(before[1]);
    const { read } = await seen(town, still);
    expect(read.timeline.at(-1)).toMatchObject({ type: 'DatesMoved', by: { role: 'ops', unit: 'ops' } });
    // The execution hears of the new date when the old one rings, and waits on.
    await town.clock.jumpTo(before[0] + 60_000);
    await town.settled();
    expect(await seen(town, way)).toMatchObject({ place: 'InTransitToAgency' });
    expect((await seen(town, way)).read.overdue).toBe(false);
    await walkTo(town, way, 'Delivered');
  });

  it('what ops record about many dossiers at once: a successor takes over what was an abolished office’s, with its desk, terms and rights', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'Collected');
    const { dossierId } = traveller.dossier;
    const successor = { role: 'clerk', unit: 'PO-NARI' } as const;
    await expect(town.as(successor).read(dossierId)).rejects.toMatchObject({ status: 404 });
    expect(await command('succeed', 'PO-BACKAN', 'PO-NOWHERE')).toContain('refused, UnknownPostOffice');
    expect(await command('succeed', 'PO-BACKAN', 'PO-NARI')).toContain('PO-BACKAN → PO-NARI');
    await command('succeed', 'PO-BACKAN', 'PO-NARI', '--apply');
    const taken = await town.as(successor).read(dossierId);
    expect(taken).toMatchObject({ postOfficeId: 'PO-NARI', deliveryPostOfficeId: 'PO-NARI' });
    expect(taken.matters.map(({ owner }) => owner)).toEqual(['PO-NARI']);
    expect(taken.allowedActions.map(({ event }) => event)).toContain('Dispatched');
    const { documents } = await town.as(successor).custody(dossierId);
    expect(documents.map(({ holder }) => holder)).toEqual(documents.map(() => ({ kind: 'post', unit: 'PO-NARI' })));
    // The agency’s own post office still has a say; a stranger has not.
    await expect(town.as({ role: 'clerk', unit: 'PO-CHORA' }).read(dossierId)).rejects.toMatchObject({ status: 404 });
    expect(await placeOf(town, traveller)).toBe('Collected');
  });

  it('what ops record about many dossiers at once: a calendar that changes nothing moves nothing, and a date that somebody agreed stays', async () => {
    expect(await command('recount', '--apply')).toContain('Recorded for 0 open dossiers.');
  });

  it('what ops record about many dossiers at once is theirs alone: nobody records it through the API', async () => {
    const traveller = await open(town, 'counter');
    for (const by of [clerk, officer])
      await expect(
        town.as(by).record(traveller.dossier.dossierId, {
          eventId: 'not-yours-1',
          type: 'DatesMoved',
          occurredAt: new Date(town.clock.now()).toISOString(),
          details: { reason: 'force-majeure' },
        }),
      ).rejects.toMatchObject({ status: 403, code: 'NotYourStep' });
  });

  it('what ops record about many dossiers at once says where the law refuses it, and asks for nothing then', async () => {
    const traveller = await open(town, 'counter');
    const preview = await command('succeed', traveller.dossier.postOfficeId, 'PO-NOWHERE');
    expect(preview).toContain(`${traveller.dossier.dossierId} in Registered: refused, UnknownPostOffice`);
    expect(preview).toContain('0 open dossiers. There is nothing to record.\nRefused for ');
  });

  it('what ops record about many dossiers at once tells whoever types it wrong what to type', async () => {
    await expect(command('suspend', 'PO-BACKAN', 'tomorrow')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('tomorrow is no instant'),
    });
  });
});
