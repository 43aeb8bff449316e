import { scanFaults } from '../../domain/scans.ts';
import { describe, expect, it } from '@jest/globals';
import { borderProblem, refusalProblem } from '../../contract/problem.ts';
import type { BorderFault } from '../../contract/problem-words.ts';
import type { Refusal, RefusalName } from '../../domain/journey/refusals.ts';
import { clerk, dossierAt } from '../domain/journey/town.ts';

/**
 * One of each, with the status, and the places in the request that it points at. The type demands that none is left
 * out.
 */
const refusals: {
  readonly [Name in RefusalName]: readonly [
    status: number,
    refusal: Refusal & { readonly name: Name },
    ...pointers: string[],
  ];
} = {
  NoSuchStep: [409, { name: 'NoSuchStep', place: 'Delivered', on: 'Collected' }, '/body/type'],
  NotYourStep: [403, { name: 'NotYourStep', place: 'AtAgency', on: 'ResultAnnounced', by: ['officer'] }, '/body/type'],
  ProofMissing: [
    422,
    { name: 'ProofMissing', on: 'Collected', missing: ['papers', 'sealNumber'] },
    '/body/details/papers',
    '/body/details/sealNumber',
  ],
  ProofMismatch: [
    422,
    { name: 'ProofMismatch', field: 'amountCollected', expected: '26000', said: '0' },
    '/body/details/amountCollected',
  ],
  UnneededDetails: [422, { name: 'UnneededDetails', on: 'Collected', unneeded: ['outcome'] }, '/body/details/outcome'],
  ItemCodeRefused: [422, { name: 'ItemCodeRefused', why: 'check-digit' }, '/body/details/itemCode'],
  DateRefused: [422, { name: 'DateRefused', field: 'resultDueAt', why: 'too-far' }, '/body/details/resultDueAt'],
  TooLate: [422, { name: 'TooLate', on: 'DeliveryCancelled', until: 0 }, '/body/occurredAt'],
  WrongDigits: [403, { name: 'WrongDigits' }],
  UnknownBag: [404, { name: 'UnknownBag' }],
  NoSuchPaper: [409, { name: 'NoSuchPaper' }],
  UnknownMatter: [422, { name: 'UnknownMatter', eventId: 'e-1' }, '/body/details/concerns'],
  SamePerson: [403, { name: 'SamePerson' }],
  TooManyNotes: [429, { name: 'TooManyNotes', retryAfter: 3600 }],
  TooManyRequests: [429, { name: 'TooManyRequests', retryAfter: 40 }],
  Overtaken: [409, { name: 'Overtaken' }],
  VersionMoved: [412, { name: 'VersionMoved' }],
  EventIdReused: [409, { name: 'EventIdReused' }],
  IdempotencyKeyReused: [422, { name: 'IdempotencyKeyReused' }, '/header/idempotency-key'],
  UnknownDossier: [404, { name: 'UnknownDossier' }],
  UnknownProcedure: [422, { name: 'UnknownProcedure', code: '9.999999' }, '/body/procedureCode'],
  UnknownAgency: [422, { name: 'UnknownAgency', agencyId: 'AG-X' }, '/body/agencyId'],
  UnknownPostOffice: [422, { name: 'UnknownPostOffice', postOfficeId: 'PO-X' }, '/body/postOfficeId'],
  UnknownCommune: [422, { name: 'UnknownCommune', communeId: 'CM-X' }, '/body/communeId'],
  UnknownExemption: [422, { name: 'UnknownExemption', group: 'friends' }, '/body/exemption'],
  NotCarriedByPost: [422, { name: 'NotCarriedByPost', code: '2.000884', service: 'send' }, '/body/procedureCode'],
  NotYourFrontDoor: [403, { name: 'NotYourFrontDoor', frontDoor: 'counter' }],
  NotYourUnit: [403, { name: 'NotYourUnit' }],
  UnknownScan: [404, { name: 'UnknownScan' }],
  TooManyScans: [409, { name: 'TooManyScans' }],
  ScanRefused: [422, { name: 'ScanRefused', why: 'checksum-differs' }, '/path/scanId'],
  ScanNotReady: [409, { name: 'ScanNotReady', retryAfter: 5 }],
  ScanNotReadable: [409, { name: 'ScanNotReadable', status: 'awaited' }],
  NotYourList: [403, { name: 'NotYourList', lists: ['waiting'] }, '/query'],
  CursorRefused: [400, { name: 'CursorRefused' }, '/query/cursor'],
  UnknownSubscription: [404, { name: 'UnknownSubscription' }],
  TooManySubscriptions: [409, { name: 'TooManySubscriptions' }],
  FeedFellBehind: [410, { name: 'FeedFellBehind' }],
  AddressRefused: [422, { name: 'AddressRefused' }, '/body/url'],
  NoWebhook: [409, { name: 'NoWebhook' }],
  UnknownDelivery: [404, { name: 'UnknownDelivery' }],
};

const borderFaults: Record<BorderFault, number> = {
  MalformedJson: 400,
  DuplicateKey: 400,
  BrokenUtf8: 400,
  UnsupportedMediaType: 415,
  BodyTooLarge: 413,
  InvalidRequest: 400,
  NoUnit: 403,
  StillInFlight: 409,
  NoSuchRoute: 404,
  NoSuchMethod: 405,
  NotReached: 503,
  DossierUnreadable: 503,
  Unexpected: 500,
};

const inVietnamese = /[à-ỹđ]/iu;

// Holds ADR 0007.
describe('every refusal', () => {
  it.each(Object.values(refusals))(
    'every refusal is answered with %i and words in both languages: %j',
    (status, refusal, ...pointers) => {
      const problem = refusalProblem(refusal);
      expect(problem).toMatchObject({ status, code: refusal.name, type: `/docs/problems/${refusal.name}` });
      for (const words of [problem.title, problem.detail]) expect(words).toMatch(/^[A-Z]/);
      expect(`${problem.titleVi} ${problem.detailVi}`).toMatch(inVietnamese);
      expect(`${problem.titleVi} ${problem.detailVi}`).toBe(`${problem.titleVi} ${problem.detailVi}`.normalize('NFC'));
      expect((problem.errors ?? []).map(({ pointer }) => pointer)).toEqual(pointers);
      for (const { detail, detailVi } of problem.errors ?? []) expect([detail, detailVi]).not.toContain('');
    },
  );

  it.each<Refusal>([
    ...(['not-s10', 'check-digit', 'used-before'] as const).map((why) => ({ name: 'ItemCodeRefused', why }) as const),
    ...(['in-the-past', 'too-far', 'ends-before-it-begins'] as const).map(
      (why) => ({ name: 'DateRefused', field: 'appointment', why }) as const,
    ),
    ...scanFaults.map((why) => ({ name: 'ScanRefused', why }) as const),
  ])('every refusal says why, in both languages: %j', (refusal) => {
    const [error] = refusalProblem(refusal).errors ?? [];
    expect(error?.detail).toMatch(/[a-z]/);
    expect(error?.detailVi).toMatch(inVietnamese);
  });

  it('a refusal of a post office points to where it was named: in a registration, or in a report', () => {
    const refusal: Refusal = { name: 'UnknownPostOffice', postOfficeId: 'PO-X', field: 'postOfficeId' };
    expect(refusalProblem(refusal).errors?.[0]?.pointer).toBe('/body/details/postOfficeId');
  });

  it('a refusal of a scan points to where it was named: in the path, or in an announcement', () => {
    const named: readonly Refusal[] = [
      { name: 'UnknownScan', field: 'rescanFor' },
      { name: 'ScanRefused', why: 'heic', field: 'sha256' },
    ];
    expect(named.map((refusal) => refusalProblem(refusal).errors?.[0]?.pointer)).toEqual([
      '/body/rescanFor',
      '/body/sha256',
    ]);
  });

  it('a refusal of a step shows where the dossier is and what may be done there instead', () => {
    const problem = refusalProblem(
      { name: 'NoSuchStep', place: 'Collected', on: 'Delivered' },
      { dossier: dossierAt('Collected'), party: clerk },
    );
    expect(problem).toMatchObject({
      place: { name: 'Collected', vi: 'Đã tiếp nhận' },
      version: 5,
      allowedActions: expect.arrayContaining([
        expect.objectContaining({ event: 'Dispatched', requires: ['itemCode'] }),
        expect.objectContaining({ event: 'Withdrawn', requires: ['reason', 'receiptShown'] }),
        expect.objectContaining({ event: 'Scanned' }),
      ]),
    });
  });

  it('a refusal without a dossier shows nothing of any', () => {
    const problem = refusalProblem({ name: 'UnknownDossier' });
    for (const field of ['place', 'version', 'allowedActions']) expect(problem).not.toHaveProperty(field);
  });
});

describe('every fault at the border', () => {
  it.each(Object.entries(borderFaults))('%s is answered with %i', (fault, status) => {
    const known = (name: string): name is BorderFault => Object.hasOwn(borderFaults, name);
    expect(known(fault) && borderProblem(fault)).toMatchObject({ status, code: fault });
  });
});
