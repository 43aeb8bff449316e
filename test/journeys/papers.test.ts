import { beforeAll, describe, expect, it } from '@jest/globals';
import { ApiRefusal } from '../../client/call.ts';
import type { Speaker, Traveller } from '../../local/demo/traveller.ts';
import { aTown } from './a-town.ts';
import { open, walkTo } from './roads.ts';
import { clerk, courier, officer, ops, portal, supervisor, type Town } from './town.ts';

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
