import { beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import type { Operation } from '../../contract/operation.ts';
import { operations } from '../../contract/operations.ts';
import { rights } from '../../domain/people/rights.ts';
import { ApiRefusal } from '../../client/call.ts';
import { photo } from '../../local/demo/scans.ts';
import { setOut, type Speaker, type Traveller } from '../../local/demo/traveller.ts';
import { aTown } from './a-town.ts';
import { localDay } from '../../domain/calendar/local-time.ts';
import { registrationAt, walkTo } from './roads.ts';
import { clerk, ops, portal, type Town } from './town.ts';

const roles = ['portal', 'clerk', 'courier', 'officer', 'supervisor', 'ops'] as const;

/**
 * What each role is answered by each operation behind a door: first where it has to do with the dossier, whatever its
 * relation, then where it has not, or no more. Said by hand; a new operation is given its two lines here, and what it
 * asks in `asking`. `found` and `none` are answers of 200 with the dossier and without; a list of items is told by its
 * only item.
 */
const answered: Readonly<Record<string, readonly [string, string]>> = {
  //                       portal clerk courier officer supervisor ops
  'register-dossier': ['201 201 403 403 403 403', '201 201 403 403 403 403'],
  'list-dossiers': ['found found found found found found', 'none none none none none found'],
  // A list of one's own unit, whatever is in it.
  'list-dossiers-csv': ['200 200 200 200 200 200', '200 200 200 200 200 200'],
  'read-desk': ['403 200 200 200 200 403', '403 200 200 200 200 403'],
  'read-round': ['403 403 200 403 403 403', '403 403 200 403 403 403'],
  'read-dossier': ['200 200 200 200 200 200', '404 404 404 404 404 200'],
  'read-timeline': ['200 200 200 200 200 200', '404 404 404 404 404 200'],
  'read-custody': ['200 200 200 200 200 200', '404 404 404 404 404 200'],
  'list-messages': ['200 200 200 200 200 200', '404 404 404 404 404 200'],
  'read-clock': ['200 200 200 200 200 200', '404 404 404 404 404 200'],
  'read-looks': ['403 403 403 403 200 200', '403 403 403 403 404 200'],
  'archive-dossier': ['201 201 403 201 201 403', '404 404 403 404 404 403'],
  // No paper of a dossier that was not taken in yet: whoever is told so has come through the door.
  'show-slip': ['409 409 409 409 409 403', '404 404 404 404 404 403'],
  'show-label': ['409 409 409 409 409 403', '404 404 404 404 404 403'],
  'show-handover': ['409 409 409 409 409 403', '404 404 404 404 404 403'],
  'show-manifest': ['404 404 404 404 404 403', '404 404 404 404 404 403'],
  'show-statement': ['200 200 200 200 200 403', '404 404 404 404 404 403'],
  'show-apology': ['409 409 409 409 409 403', '404 404 404 404 404 403'],
  'show-notice': ['409 409 409 409 409 403', '404 404 404 404 404 403'],
  'record-event': ['201 201 201 201 403 403', '404 404 404 404 404 403'],
  'record-events': ['201 201 201 201 403 403', '404 404 404 404 403 403'],
  'record-bag': ['403 201 201 403 403 403', '403 404 404 404 403 403'],
  'report-status': ['403 403 403 200 403 403', '403 403 403 404 403 403'],
  'create-subscription': ['201 403 403 201 201 403', '201 403 403 201 201 403'],
  'list-subscriptions': ['200 403 403 200 200 200', '200 403 403 200 200 200'],
  // Of nobody's unit: `test/journeys/feeds.test.ts` says who opens which.
  'read-subscription': ['404 403 403 404 404 404', '404 403 403 404 404 404'],
  'change-subscription': ['404 403 403 404 404 403', '404 403 403 404 404 403'],
  'end-subscription': ['404 403 403 404 404 403', '404 403 403 404 404 403'],
  'rotate-secret': ['404 403 403 404 404 403', '404 403 403 404 404 403'],
  'replay-subscription': ['404 403 403 404 404 403', '404 403 403 404 404 403'],
  'list-deliveries': ['404 403 403 404 404 404', '404 403 403 404 404 404'],
  'test-webhook': ['404 403 403 404 404 403', '404 403 403 404 404 403'],
  'redeliver-event': ['404 403 403 404 404 403', '404 403 403 404 404 403'],
  'read-feed': ['404 403 403 404 404 404', '404 403 403 404 404 404'],
  'request-scan-upload': ['201 201 201 201 403 403', '404 404 404 404 403 403'],
  'request-scan-uploads': ['201 201 201 201 403 403', '404 404 404 404 403 403'],
  'list-scans': ['200 200 200 200 200 200', '404 404 404 404 404 200'],
  'confirm-scan': ['200 200 200 200 403 403', '404 404 404 404 403 403'],
  'open-scan': ['200 200 200 200 200 403', '404 404 404 404 404 403'],
};

const submitter = { fullName: 'Lục Văn Thay Mặt', phone: '0900000007' };
const receiver = { fullName: 'Bàn Thị Nhận Hộ', phone: '0900000008' };
const people = {
  fullName: 'Nguyễn Thị Ví Dụ',
  phone: '0900000001',
  address: 'Tổ Mẫu, phường Đức Xuân',
  identityNumber: '999999999999',
};

/**
 * The whole matrix, said by hand: who, what he is to the dossier, what he is answered for reading, reporting and
 * scanning, and what of people he sees. A second time, apart from the table of the law.
 */
const byHand: readonly (readonly [string, Speaker, readonly [number, number, number], string])[] = [
  [
    'the portal that registered it',
    portal,
    [200, 201, 201],
    'fullName phone address identityNumber submitter receiver',
  ],
  [
    'a clerk where it came in',
    { role: 'clerk', unit: 'PO-NARI' },
    [200, 201, 201],
    'fullName phone address identityNumber submitter receiver',
  ],
  [
    'a clerk where it is delivered',
    { role: 'clerk', unit: 'PO-CHORA' },
    [200, 201, 201],
    'fullName phone address identityNumber submitter receiver',
  ],
  [
    'a clerk beside the agency',
    { role: 'clerk', unit: 'PO-BACKAN' },
    [200, 201, 201],
    'fullName phone address submitter receiver',
  ],
  [
    'a courier where it came in',
    { role: 'courier', unit: 'PO-NARI' },
    [200, 201, 201],
    'fullName phone address submitter receiver',
  ],
  [
    'a courier who delivers',
    { role: 'courier', unit: 'PO-CHORA' },
    [200, 201, 201],
    'fullName phone address submitter receiver',
  ],
  [
    'a courier beside the agency',
    { role: 'courier', unit: 'PO-BACKAN' },
    [200, 201, 201],
    'fullName phone address submitter receiver',
  ],
  [
    'an officer of the agency',
    { role: 'officer', unit: 'AG-PASC-BACKAN' },
    [200, 201, 201],
    'fullName phone address identityNumber submitter receiver',
  ],
  [
    'a supervisor where it came in',
    { role: 'supervisor', unit: 'PO-NARI' },
    [200, 403, 403],
    'fullName phone address identityNumber submitter receiver',
  ],
  [
    'a supervisor where it is delivered',
    { role: 'supervisor', unit: 'PO-CHORA' },
    [200, 403, 403],
    'fullName phone address identityNumber submitter receiver',
  ],
  [
    'a supervisor beside the agency',
    { role: 'supervisor', unit: 'PO-BACKAN' },
    [200, 403, 403],
    'fullName phone address submitter receiver',
  ],
  [
    'a supervisor of the agency',
    { role: 'supervisor', unit: 'AG-PASC-BACKAN' },
    [200, 403, 403],
    'fullName phone address identityNumber submitter receiver',
  ],
  ['somebody of ops', ops, [200, 403, 403], ''],
  ['a clerk of another office', { role: 'clerk', unit: 'PO-NGANSON' }, [404, 404, 404], ''],
  ['a courier of another office', { role: 'courier', unit: 'PO-NGANSON' }, [404, 404, 404], ''],
  ['a supervisor of another office', { role: 'supervisor', unit: 'PO-NGANSON' }, [404, 404, 403], ''],
  ['an officer of another agency', { role: 'officer', unit: 'AG-UBND-01933' }, [404, 404, 404], ''],
];

type Asks = Readonly<Record<string, { readonly query?: string; readonly body?: unknown }>>;

let turn = 0;
/** What each operation is asked about a dossier: always something new that its parties may say. */
function asking({ dossier, now }: Traveller, { role, unit = 'itself' }: Speaker, status: number): Asks {
  turn += 1;
  const [id, occurredAt] = [`asked-${turn}-${role}-${unit}`, new Date(now()).toISOString()];
  const told = { type: 'CitizenTold', occurredAt, details: { told: 'supplement', channel: 'phone' } };
  const scan = (n: string) => ({
    kind: 'papers',
    contentType: 'application/pdf',
    size: 1000,
    sha256: `${n}${turn}`.padStart(64, '0'),
  });
  return {
    'register-dossier': { body: { ...registrationAt('counter'), ...(role === 'clerk' ? { postOfficeId: unit } : {}) } },
    'list-dossiers': { query: `trackingCode=${dossier.trackingCode}` },
    'list-dossiers-csv': role === 'portal' ? { query: `lodged=${localDay(now())}` } : {},
    'record-event': { body: { eventId: id, ...told } },
    'record-events': { body: { items: [{ dossierId: dossier.dossierId, eventId: `${id}-batch`, ...told }] } },
    'record-bag': {
      body: {
        bagCode: `TUI-${turn}`.padEnd(8, '0'),
        eventId: `${id}-bag`,
        type: 'Scanned',
        occurredAt,
        details: { postOfficeId: 'PO-NARI' },
        items: [{ dossierId: dossier.dossierId }],
      },
    },
    'report-status': { body: { messageId: `${id}-status`, status, at: occurredAt } },
    'replay-subscription': { body: { from: occurredAt } },
    'redeliver-event': { body: { lane: 0, sequence: 1 } },
    'change-subscription': { body: { filter: {} } },
    'request-scan-upload': { body: scan('1') },
    'request-scan-uploads': { body: { items: [scan('2')] } },
  };
}

// Holds ADR 0008 and ADR 0026.
describe('who may do what with a dossier, and what of people he sees', () => {
  let town: Town;
  let traveller: Traveller;
  /** Another dossier, of a clerk in Bắc Kạn, whose result goes to Na Rì instead of Chợ Rã by now. */
  let redirected: Traveller;
  let scanId: string;
  aTown((booted) => {
    town = booted;
  });
  beforeAll(async () => {
    // Each relation is another unit: in at Na Rì, the agency in Bắc Kạn, home to Chợ Rã.
    traveller = await setOut(town, portal, {
      frontDoor: 'counter',
      procedureCode: '2.000488',
      agencyId: 'AG-PASC-BACKAN',
      postOfficeId: 'PO-NARI',
      communeId: 'CM-01933',
      applicant: people,
      submitter,
      receiver,
    });
    expect(traveller.dossier).toMatchObject({ postOfficeId: 'PO-NARI', deliveryPostOfficeId: 'PO-CHORA' });
    ({ scanId } = await town.as(portal).bringScan(traveller.dossier.dossierId, photo()));
    redirected = await setOut(town, clerk, {
      ...registrationAt('counter'),
      postOfficeId: 'PO-BACKAN',
      communeId: 'CM-01933',
    });
    expect(redirected.dossier).toMatchObject({ postOfficeId: 'PO-BACKAN', deliveryPostOfficeId: 'PO-CHORA' });
    await walkTo(town, redirected, 'ResultInTransit');
    await redirected.report(clerk, 'Redirected', { postOfficeId: 'PO-NARI' });
  });

  /** Nobody else’s: the same photo is the same scan. */
  const photoOf = ({ role, unit = '' }: Speaker) => {
    const { bytes, ...rest } = photo();
    return { ...rest, bytes: new Uint8Array([...bytes, ...Buffer.from(`${role} ${unit}`)]) };
  };
  const statusOf = async (asked: Promise<unknown>, success: number): Promise<number> => {
    try {
      await asked;
      return success;
    } catch (error) {
      if (error instanceof ApiRefusal) return error.status;
      throw error;
    }
  };

  it.each(byHand)(
    '%s may do what was said by hand, and sees of people what he needs',
    async (_who, speaker, expected, fields) => {
      const client = town.as(speaker);
      const { dossierId } = traveller.dossier;
      const reads = [
        client.read(dossierId),
        client.timeline(dossierId),
        client.custody(dossierId),
        client.clock(dossierId),
        client.listScans(dossierId),
      ];
      const answers = await Promise.all(reads.map(async (read) => statusOf(read, 200)));
      expect(answers).toEqual(answers.map(() => expected[0]));
      const told = client.record(dossierId, {
        eventId: `told-by-${speaker.role}-${speaker.unit ?? 'itself'}`,
        type: 'CitizenTold',
        occurredAt: new Date(town.clock.now()).toISOString(),
        details: { told: 'supplement', channel: 'phone' },
      });
      expect(await statusOf(told, 201)).toBe(expected[1]);
      expect(await statusOf(client.requestUpload(dossierId, photoOf(speaker)), 201)).toBe(expected[2]);
      if (expected[0] !== 200) return;
      const { applicant } = await client.read(dossierId);
      expect(Object.keys(applicant ?? {}).join(' ')).toBe(fields);
      const known = { ...people, submitter, receiver };
      for (const [field, value] of Object.entries(applicant ?? {}))
        expect([field, value]).toEqual([field, Object.entries(known).find(([name]) => name === field)?.[1]]);
    },
  );

  const locked: readonly Operation[] = operations.filter(({ doors }) => doors !== 'open');
  const Answered = z.looseObject({ items: z.array(z.looseObject({ status: z.number().optional() })).optional() });

  /** Asks an operation of a dossier, as this speaker, and tells what is answered in the words of `answered`. */
  const ask = async (operation: Operation, { dossier }: Traveller, speaker: Speaker, asks: Asks): Promise<string> => {
    const { query, body } = asks[operation.name] ?? {};
    const parts: Readonly<Record<string, string>> = {
      dossierId: dossier.dossierId,
      scanId,
      bagCode: 'TUI-NOBODY',
      subscriptionId: 'sub-00000000',
      day: localDay(town.clock.now()),
    };
    const path = operation.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => parts[name] ?? name);
    const answer = await fetch(new URL(`${path}${query === undefined ? '' : `?${query}`}`, town.apiUrl), {
      method: operation.method,
      headers: {
        'authorization': `Bearer ${await town.bearer(speaker)}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      ...(operation.method === 'POST' || operation.method === 'PATCH' ? { body: JSON.stringify(body ?? {}) } : {}),
    });
    if (answer.status !== 200) return String(answer.status);
    const text = await answer.text();
    if (operation.name === 'list-dossiers') return text.includes(dossier.dossierId) ? 'found' : 'none';
    if (operation.answersWith !== undefined) return '200';
    return String(Answered.parse(JSON.parse(text)).items?.[0]?.status ?? 200);
  };

  const walk = async (about: Traveller, speaker: Speaker, line: 0 | 1): Promise<void> => {
    const status = (await town.as(ops).read(about.dossier.dossierId)).nationalStatus;
    const asks = asking(about, speaker, status);
    const told: [string, string][] = [];
    for (const operation of locked) told.push([operation.name, await ask(operation, about, speaker, asks)]);
    const column = roles.indexOf(speaker.role);
    expect(told).toEqual(locked.map(({ name }) => [name, answered[name]?.[line].split(' ')[column]]));
  };

  it('who may do what is said by hand for every operation behind a door: a new one is given its lines in `answered`', () => {
    expect(Object.keys(answered).toSorted()).toEqual(locked.map(({ name }) => name).toSorted());
  });

  it.each(byHand.map(([who, speaker, [read]]) => [who, speaker, read === 200 ? 0 : 1] as const))(
    '%s is answered by every operation what was said by hand',
    async (_who, speaker, line) => walk(traveller, speaker, line),
  );

  it.each<[string, Speaker]>([
    ['a clerk of the office that delivered before it was sent elsewhere', { role: 'clerk', unit: 'PO-CHORA' }],
    ['a courier of that office', { role: 'courier', unit: 'PO-CHORA' }],
    ['a supervisor of that office', { role: 'supervisor', unit: 'PO-CHORA' }],
    ['the portal that did not register it', portal],
  ])('%s is answered by every operation as a stranger', async (_who, speaker) => walk(redirected, speaker, 1));

  it('who may do what is said by hand for every line of the table, and for strangers of each role', () => {
    expect(byHand.filter(([, , [read]]) => read === 200)).toHaveLength(rights.length);
  });

  it('what is known of the people who stand in for the applicant is in no event, no log line and no tracking page', async () => {
    const { dossierId, trackingCode } = traveller.dossier;
    const shown = JSON.stringify([
      await town.as(portal).timeline(dossierId),
      await town.as(portal).custody(dossierId),
      await town.as(portal).track(trackingCode),
      await town.execution(dossierId),
    ]);
    expect(shown).not.toMatch(/Thay Mặt|Nhận Hộ|090000000[78]/);
  });
});
