import { beforeAll, describe, expect, it } from '@jest/globals';
import { rights } from '../../domain/people/rights.ts';
import { ApiRefusal } from '../../client/call.ts';
import { photo } from '../../local/demo/scans.ts';
import { setOut, type Speaker, type Traveller } from '../../local/demo/traveller.ts';
import { aTown } from './a-town.ts';
import { ops, portal, type Town } from './town.ts';

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

// Holds ADR 0008 and ADR 0026.
describe('who may do what with a dossier, and what of people he sees', () => {
  let town: Town;
  let traveller: Traveller;
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
