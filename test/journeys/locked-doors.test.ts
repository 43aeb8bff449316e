import { describe, expect, it } from '@jest/globals';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateKeyPair, SignJWT, decodeJwt, decodeProtectedHeader, importPKCS8 } from 'jose';
import { scopeOf } from '../../contract/roles.ts';
import { roles, type Role } from '../../domain/roles.ts';
import type { Operation } from '../../contract/operation.ts';
import { operations } from '../../contract/operations.ts';
import { readDossier } from '../../contract/read-dossier.ts';
import { registrationAt, nextReport, open, walkTo } from './roads.ts';
import { aTown } from './a-town.ts';
import { clerk, courier, officer, ops, portal, supervisor, type Town } from './town.ts';
import type { Speaker, Traveller } from '../../local/demo/traveller.ts';
import { photo } from '../../local/demo/scans.ts';

describe('the doors', () => {
  let town: Town;
  let traveller: Traveller;
  aTown(async (booted) => {
    town = booted;
    traveller = await open(town, 'counter');
  });

  const speakers: Record<Role, Speaker> = { portal, clerk, courier, officer, supervisor, ops };
  const knock = async ({ method, path }: Operation, authorization?: string): Promise<Response> =>
    fetch(
      new URL(
        path
          .replace('{dossierId}', traveller.dossier.dossierId)
          .replace('{scanId}', 's-00000000')
          .replace('{trackingCode}', traveller.dossier.trackingCode),
        town.apiUrl,
      ),
      {
        method,
        headers: { ...(authorization === undefined ? {} : { authorization }), 'content-type': 'application/json' },
        ...(method === 'POST' ? { body: '{}' } : {}),
      },
    );

  const locked: readonly Operation[] = operations.filter((route) => route.doors !== 'open');
  const openDoors: readonly Operation[] = operations.filter((route) => route.doors === 'open');
  const namesOf = (list: readonly Operation[]): [string, Operation][] =>
    list.map((route) => [`${route.method} ${route.path}`, route]);

  it.each(namesOf(locked))('%s is closed without a token, and to tokens that prove nothing', async (_name, route) => {
    const expired = await town.bearer(clerk, 1);
    const { privateKey } = await generateKeyPair('RS256');
    const forged = await new SignJWT(decodeJwt(await town.bearer(clerk)))
      .setProtectedHeader({ alg: 'RS256', kid: decodeProtectedHeader(expired).kid ?? '' })
      .sign(privateKey);
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await town.bearer(clerk)).split('.')[1]}.`;
    await traveller.later(1);
    for (const authorization of [
      undefined,
      '',
      'Bearer',
      'Bearer x.y.z',
      `Bearer ${expired}`,
      `Bearer ${forged}`,
      `Bearer ${unsigned}`,
    ]) {
      expect((await knock(route, authorization)).status).toBe(401);
    }
  });

  /** A clerk's token with other claims, signed by the issuer's own key: only what it says is wrong. */
  const saying = async (
    claims: Readonly<Record<string, unknown>>,
    header: { readonly alg?: string; readonly kid?: string } = {},
  ) => {
    const token = await town.bearer(clerk);
    const pem = readFileSync(join(town.dataDir, 'issuer', 'signing-key.pem'), 'utf8');
    const { kid = '', alg = '' } = decodeProtectedHeader(token);
    const said = { alg, kid, ...header };
    const key = said.alg.startsWith('HS')
      ? Buffer.from(createPublicKey(pem).export({ type: 'spki', format: 'pem' }))
      : await importPKCS8(createPrivateKey(pem).export({ type: 'pkcs8', format: 'pem' }).toString(), said.alg);
    return new SignJWT({ ...decodeJwt(token), ...claims }).setProtectedHeader(said).sign(key);
  };
  const second = () => Math.floor(town.clock.now() / 1000);

  it('the doors open to a token that was signed anew and says nothing else', async () => {
    expect((await knock(readDossier, `Bearer ${await saying({})}`)).status).toBe(200);
  });

  it.each(namesOf(locked))(
    '%s is closed to tokens of another issuer, audience, use, algorithm or time',
    async (_name, route) => {
      const [door = 'clerk'] = route.doors === 'open' ? [] : route.doors;
      const refused: [number, string][] = [
        [401, await saying({ iss: 'https://cognito-idp.ap-southeast-1.amazonaws.com/ap-southeast-1_another00' })],
        [401, await saying({ client_id: 'another' })],
        [401, await saying({ aud: 'another' })],
        [401, await saying({}, { alg: 'RS384' })],
        [401, await saying({}, { alg: 'PS256' })],
        [401, await saying({}, { alg: 'HS256' })],
        [401, await saying({}, { kid: 'another' })],
        [401, await saying({ exp: second() - 1 })],
        [401, await saying({ exp: undefined })],
        [401, await saying({ nbf: second() + 60 })],
        [401, await saying({ iat: second() + 60 })],
        // API Gateway looks at no token's use: an id token fails for want of a scope, and with one at our own door.
        [
          403,
          await saying({
            token_use: 'id',
            scope: undefined,
            client_id: undefined,
            aud: town.clientOf('clerk').clientId,
          }),
        ],
        [403, await saying({ token_use: 'id', scope: scopeOf(door) })],
      ];
      const given = await Promise.all(refused.map(async ([, token]) => (await knock(route, `Bearer ${token}`)).status));
      expect(given).toEqual(refused.map(([status]) => status));
    },
  );

  const strangers = locked.flatMap((route) =>
    roles
      .filter((role) => route.doors !== 'open' && !route.doors.includes(role))
      .map((role): [string, Role, Operation] => [`${route.method} ${route.path}`, role, route]),
  );
  it.each(strangers)('%s is closed to the role %s', async (_name, role, route) => {
    expect((await knock(route, `Bearer ${await town.bearer(speakers[role])}`)).status).toBe(403);
  });

  it.each(namesOf(openDoors))('%s is open to everybody', async (_name, route) => {
    // A form without its fields is looked at, and found wanting.
    expect((await knock(route)).status).toBe(route.method === 'GET' ? 200 : 400);
  });

  it('a courier cannot announce a result, and an officer cannot deliver', async () => {
    const other = await open(town, 'counter');
    await walkTo(town, other, 'AtAgency');
    await expect(other.report(courier, 'ResultAnnounced')).rejects.toMatchObject({ status: 403, code: 'NotYourStep' });
    await walkTo(town, other, 'OutForDelivery');
    const { details } = nextReport(other, 'OutForDelivery');
    await expect(other.report(officer, 'Delivered', details)).rejects.toMatchObject({
      status: 403,
      code: 'NotYourStep',
    });
    // A clerk may hand it out where it is held: said here it is early, and moves nothing.
    await other.report(clerk, 'Delivered', details);
    expect((await town.as(clerk).read(other.dossier.dossierId)).place.name).toBe('OutForDelivery');
  });

  it.each<[string, Speaker]>([
    ['a clerk of another post office', { role: 'clerk', unit: 'PO-NARI' }],
    ['a courier of another post office', { role: 'courier', unit: 'PO-NARI' }],
    ['an officer of another agency', { role: 'officer', unit: 'AG-SO-TU-PHAP' }],
    ['the portal, of a dossier that it did not open', { role: 'portal' }],
  ])('%s is told that there is no such dossier, whatever is asked', async (_name, stranger) => {
    const { dossierId } = traveller.dossier;
    const client = town.as(stranger);
    const file = photo();
    const { scanId } = await town.as(clerk).requestUpload(dossierId, file);
    const noSuch = { status: 404, code: 'UnknownDossier' };
    await expect(client.read(dossierId)).rejects.toMatchObject(noSuch);
    await expect(traveller.report(stranger, 'Scanned', { postOfficeId: 'PO-NARI' })).rejects.toMatchObject(noSuch);
    await expect(client.requestUpload(dossierId, file)).rejects.toMatchObject(noSuch);
    await expect(client.confirmScan(dossierId, scanId)).rejects.toMatchObject(noSuch);
    await expect(client.openScan(dossierId, scanId)).rejects.toMatchObject(noSuch);
    await expect(client.listScans(dossierId)).rejects.toMatchObject(noSuch);
    await expect(client.requestUploads(dossierId, [file])).rejects.toMatchObject(noSuch);
  });

  it('whoever is of ops reads a dossier without its person, and reports nothing', async () => {
    const seen = await town.as(ops).read(traveller.dossier.dossierId);
    expect(seen.applicant).toBeUndefined();
    expect(seen.allowedActions).toEqual([]);
    await expect(traveller.report(ops, 'Cancelled', { reason: 'citizen-asked' })).rejects.toMatchObject({
      status: 403,
    });
  });

  it('a clerk registers for the own post office only, and an officer only what was lodged in person', async () => {
    await expect(town.as({ role: 'clerk', unit: 'PO-NARI' }).register(registrationAt('counter'))).rejects.toMatchObject(
      { status: 403, code: 'NotYourUnit' },
    );
    await expect(town.as(officer).register(registrationAt('counter'))).rejects.toMatchObject({
      status: 403,
      code: 'NotYourFrontDoor',
    });
  });

  it('a role without a unit is nobody', async () => {
    await expect(town.as({ role: 'clerk' }).read(traveller.dossier.dossierId)).rejects.toMatchObject({
      status: 403,
      code: 'NoUnit',
    });
  });
});
