import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as z from 'zod';
import metadata from '../../contract/phone-metadata.json' with { type: 'json' };
import { procedures } from '../../domain/catalogue/procedures.ts';
import { tariffs } from '../../domain/catalogue/tariff.ts';
import { faultWords } from '../../contract/fault.ts';
import { recordEvent } from '../../contract/record-event.ts';
import { registerDossier } from '../../contract/register-dossier.ts';
import { largestScan, requestScanUpload } from '../../contract/request-scan-upload.ts';
import { trackDossier } from '../../contract/track-dossier.ts';

const applicant = {
  fullName: 'Nguyễn Thị Ví Dụ',
  phone: '0900000001',
  address: 'Tổ Mẫu, phường Đức Xuân',
  identityNumber: '999999999999',
};
const registration = {
  idempotencyKey: 'test-key-0001',
  body: {
    frontDoor: 'counter',
    procedureCode: '2.000488',
    agencyId: 'AG-PASC-BACKAN',
    communeId: 'CM-01843',
    applicant,
  },
};
const event = {
  path: { dossierId: 'd-00000000' },
  body: {
    eventId: 'event-0001',
    type: 'Scanned',
    occurredAt: '2026-11-24T08:00:00+07:00',
    details: { postOfficeId: 'PO-BACKAN' },
  },
};
const scan = {
  path: { dossierId: 'd-00000000' },
  body: { kind: 'papers', contentType: 'application/pdf', size: 1, sha256: '0'.repeat(64) },
};

/** Whether the field is accepted with this value, and as what. */
function taken(
  parse: (value: unknown) => {
    success: boolean;
    error?: { issues: readonly { path: readonly PropertyKey[] }[] } | undefined;
  },
  value: unknown,
): string {
  const parsed = parse(value);
  return parsed.success ? 'taken' : `refused at /${parsed.error?.issues[0]?.path.join('/') ?? ''}`;
}
function asApplicant(change: Record<string, unknown>): string {
  return taken((value) => registerDossier.request.safeParse(value), {
    ...registration,
    body: { ...registration.body, applicant: { ...applicant, ...change } },
  });
}
function asBody(change: Record<string, unknown>): string {
  return taken((value) => registerDossier.request.safeParse(value), {
    ...registration,
    body: { ...registration.body, ...change },
  });
}
function asEvent(change: Record<string, unknown>): string {
  return taken((value) => recordEvent.request.safeParse(value), { ...event, body: { ...event.body, ...change } });
}
function asDetail(change: Record<string, unknown>): string {
  return asEvent({ details: change });
}
function asScan(change: Record<string, unknown>): string {
  return taken((value) => requestScanUpload.request.safeParse(value), { ...scan, body: { ...scan.body, ...change } });
}
function applicantAs(change: Record<string, unknown>) {
  return registerDossier.request.parse({
    ...registration,
    body: { ...registration.body, applicant: { ...applicant, ...change } },
  }).body.applicant;
}

describe('a name', () => {
  it('a name typed on any keyboard becomes the same letters', () => {
    const composed = 'Nguyễn Thị Ví Dụ'.normalize('NFC');
    expect(applicantAs({ fullName: composed.normalize('NFD') }).fullName).toBe(composed);
    expect(applicantAs({ fullName: `  ${composed}\t` }).fullName).toBe(composed);
  });

  it.each([
    ['old fonts’ Đ', '\u00D0ỗ Văn \u00D0ạt', 'Đỗ Văn Đạt'],
    ['the African Đ', '\u0189inh B\u00ED', 'Đinh Bí'],
    ['old fonts’ đ', 'Nguyễn V\u00F0', 'Nguyễn Vđ'],
    ['a mark that does not show, and two spaces', 'Nguyễn\u200B  Văn Ví', 'Nguyễn Văn Ví'],
    ['spaces of every kind', 'Nguyễn\u00A0\u2003Văn\u3000Ví\u202FDụ', 'Nguyễn Văn Ví Dụ'],
    ['a byte-order mark before it', '\uFEFFNguyễn Ví', 'Nguyễn Ví'],
    ['a soft hyphen in it', 'Nguy\u00ADễn', 'Nguyễn'],
    ['a phone book’s marks around it', '\u202ANguyễn Ví\u202C\u200F', 'Nguyễn Ví'],
    ['joiners and fillers in it', 'Lò\u200D Văn\u2060 Bí\u3164\uFE0F\u115F', 'Lò Văn Bí'],
    ['a D struck through', 'D\u0335ỗ Văn D\u200B\u0336ạt, d\u0335', 'Đỗ Văn Đạt, đ'],
    ['a D with a stroke of another sort', '\uA7C7ỗ V\uA7C8', 'Đỗ Vđ'],
    ['wide letters of an Asian keyboard', 'ＮＧＵＹỄＮ Ví ２', 'NGUYỄN Ví 2'],
    ['mathematical letters', '\u{1D40D}guyễn V\u{1D456}', 'Nguyễn Vi'],
    ['the tone typed before the letter’s own mark', 'Nguye\u0303\u0302n Va\u0301\u0306n', 'Nguyễn Vắn'],
    ['tags that nobody sees', 'Nguyễn\u{E0041}\u{E007F}', 'Nguyễn'],
    ['letters in two pieces around a mark', 'Nguye\u200B\u0302\u0303n', 'Nguyễn'],
  ])('a name with %s is kept as people read it', (_what, typed, kept) => {
    expect(applicantAs({ fullName: typed }).fullName).toBe(kept.normalize('NFC'));
    expect(applicantAs({ fullName: kept }).fullName).toBe(kept.normalize('NFC'));
  });

  it('a name never holds what does not show, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (noise) => {
        const { data } = registerDossier.request.safeParse({
          ...registration,
          body: { ...registration.body, applicant: { ...applicant, fullName: `Ví${noise}Dụ` } },
        });
        const kept = data?.body.applicant.fullName ?? '';
        expect(kept).not.toMatch(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Default_Ignorable_Code_Point}]|\s\s|^\s|\s$/u);
        expect(kept).toBe(kept.normalize('NFC'));
      }),
    );
  });

  it.each<[string, unknown]>([
    ['nothing', ''],
    ['spaces', '   '],
    ['a control character', 'Nguyễn\u0000Ví Dụ'],
    ['a line break', 'Nguyễn\nVí Dụ'],
    ['an escape sequence', '\u001B[31mVí Dụ'],
    ['a replacement character', 'Nguy\uFFFDn'],
    ['half a character', 'Nguyễn \uD83D'],
    ['a line separator', 'Nguyễn\u2028Ví Dụ'],
    ['writing turned around', 'Nguyễn\u202EVí Dụ'],
    ['only what does not show', '\u200B\u200B'],
    ['private letters', 'Nguyễn \uE000'],
    ['letters that are not assigned', 'Nguyễn \u0378'],
    ['Cyrillic among Latin letters', 'Nguyễn Vаn'],
    ['Greek among Latin letters', 'Νguyễn'],
    ['Cherokee among Latin letters', 'Ꭰỗ Văn Đạt'],
    ['Armenian among Latin letters', 'Nguyễn Vօ'],
    ['Lisu among Latin letters', 'ꓠguyễn'],
    ['marks heaped on one letter', `Vi${'\u0301'.repeat(9)}`],
    ['only marks', '--- ...'],
    ['too many letters', 'a'.repeat(121)],
    ['a number', 7],
    ['null', null],
    ['a list', ['Nguyễn']],
  ])('a name of %s is refused', (_what, fullName) => {
    expect(asApplicant({ fullName })).toBe('refused at /body/applicant/fullName');
  });

  it.each(['Y', 'Đặng Thị Ếch', "H'Hen Niê", 'Công ty 三星 Việt Nam', '½ Ấp ①', 'a'.repeat(120), 'Lò Văn Bí (Sáu)'])(
    'a name like %s is taken',
    (fullName) => {
      expect(asApplicant({ fullName })).toBe('taken');
    },
  );
});

describe('the telephone plan', () => {
  it('the telephone plan is the library’s own for Vietnam, word for word', () => {
    const library = createRequire(import.meta.url).resolve('libphonenumber-js/metadata.max.json');
    const { version, countries } = z
      .object({ version: z.number(), countries: z.object({ VN: z.unknown() }) })
      .parse(JSON.parse(readFileSync(library.replace(/\.js$/, ''), 'utf8')));
    expect(metadata).toEqual({
      version,
      country_calling_codes: { 84: ['VN'] },
      countries: { VN: countries.VN },
      nonGeographic: {},
    });
  });
});

describe('a phone number', () => {
  it.each([
    ['0900 000 001', '0900000001'],
    ['0900.000.001', '0900000001'],
    ['0900-000-001', '0900000001'],
    ['+84900000001', '0900000001'],
    ['+84 900 000 001', '0900000001'],
    ['+84 (0)912 345 678', '0912345678'],
    ['0084 912 345 678', '0912345678'],
    ['84912345678', '0912345678'],
    ['912345678', '0912345678'],
    ['tel:+84-912-345-678', '0912345678'],
    ['\u202A0912345678\u202C', '0912345678'],
    ['\u2066+84 912\u00A0345\u202F678\u2069', '0912345678'],
    ['\uFEFF0912\u200B345678', '0912345678'],
    ['0912\u2013345\u2011678', '0912345678'],
    ['0912\u2212345\u2212678', '0912345678'],
    ['0912345678\u{E0041}', '0912345678'],
    ['+840912345678', '0912345678'],
    ['0084 (0)912 345 678', '0912345678'],
    ['840912345678', '0912345678'],
    ['０９１２３４５６７８', '0912345678'],
    ['＋８４９１２３４５６７８', '0912345678'],
    ['+84 (024) 3825 1234', '02438251234'],
    ['(84-24) 3825 1234', '02438251234'],
    ['0296 3852 123', '02963852123'],
    ['(024) 3825 1234', '02438251234'],
    ['(0209) 3.870.123', '02093870123'],
    ['02093870123', '02093870123'],
    ['+84 209 387 0123', '02093870123'],
  ])('a phone number typed as %j is stored as %s', (typed, phone) => {
    expect(applicantAs({ phone: typed }).phone).toBe(phone);
    expect(applicantAs({ phone }).phone).toBe(phone);
  });

  it.each([
    '',
    '12345',
    '113',
    '0000000000',
    '0551234567',
    '09123456',
    '09000000011234',
    '091234567a',
    '0912345678 ext 3',
    '0912345678;ext=3',
    '024 3825 1234 máy lẻ 12',
    '024 3825 1234 - 12',
    '++84912345678',
    '\uE0000912345678',
    '0912345678/0987654321',
    '0912345678, 0987654321',
    '+84+84912345678',
    'gọi sau',
    '٠٩١٢٣٤٥٦٧٨',
    900000001,
    null,
  ])('a phone number typed as %p is refused', (phone) => {
    expect(asApplicant({ phone })).toBe('refused at /body/applicant/phone');
  });

  /** What a phone's refusal says, in both languages. */
  function wordsOf(phone: string) {
    const { error } = registerDossier.request.safeParse({
      ...registration,
      body: { ...registration.body, applicant: { ...applicant, phone } },
    });
    const [issue] = error?.issues ?? [];
    return issue === undefined ? undefined : faultWords(issue);
  }

  it.each([
    ['01662345678', '0362345678'],
    ['+84 166 234 5678', '0362345678'],
    ['0120 234 5678', '0702345678'],
    ['0121 234 5678', '0792345678'],
    ['0122 234 5678', '0772345678'],
    ['0126 234 5678', '0762345678'],
    ['0128 234 5678', '0782345678'],
    ['0123 234 5678', '0832345678'],
    ['0124 234 5678', '0842345678'],
    ['0125 234 5678', '0852345678'],
    ['0127 234 5678', '0812345678'],
    ['0129 234 5678', '0822345678'],
    ['0186 234 5678', '0562345678'],
    ['0188 234 5678', '0582345678'],
    ['0199 234 5678', '0592345678'],
    ['0281 387 0123', '02093870123'],
    ['04 3825 1234', '02438251234'],
    ['0240 385 1234', '02043851234'],
  ])('a phone number of the old plan, %s, is refused and told that it became %s', (old, now) => {
    const words = wordsOf(old);
    expect(words?.en).toContain(now);
    expect(words?.vi).toContain(now);
    expect(asApplicant({ phone: now })).toBe('taken');
  });

  it.each([
    ['of another country', '+1 202 555 0123', 'foreign'],
    ['of another country, dialled with 00', '00 856 21 123456', 'foreign'],
    ['that no plan ever knew, though it begins as an old one', '0800 123 456', 'not a Vietnamese'],
    ['of a service', '1900 1234', 'service'],
    ['of a service, with the country before it', '+84 1900 1234', 'service'],
    ['that calls free of charge', '1800 599 920', 'service'],
  ])('a phone number %s is refused by its own words', (_what, phone, word) => {
    expect(wordsOf(phone)?.en).toContain(word);
  });
});

describe('an identity number', () => {
  it.each([
    ['012 345 678 901', '012345678901'],
    ['123456789', '123456789'],
    ['b1234567', 'B1234567'],
    ['C12345678', 'C12345678'],
    ['c 1234 5678', 'C12345678'],
    ['C\u2013123\u221245678', 'C12345678'],
    ['\u202AE00000001\u202C', 'E00000001'],
    ['０１２３４５６７８９０１', '012345678901'],
  ])('an identity number typed as %s is %s', (typed, identityNumber) => {
    expect(applicantAs({ identityNumber: typed }).identityNumber).toBe(identityNumber);
  });

  it.each(['1234567890', 'ı1234567', 'С12345678', 'C١٢٣٤٥٦٧', 'B123456789', 'BC1234567', 'B123456', '', 12, '1; DROP'])(
    'an identity number typed as %p is refused',
    (identityNumber) => {
      expect(asApplicant({ identityNumber })).toBe('refused at /body/applicant/identityNumber');
    },
  );

  it('an identity number need not be given', () => {
    const { identityNumber: _left, ...without } = applicant;
    expect(asBody({ applicant: without })).toBe('taken');
  });
});

const groups = [
  ...new Set([
    ...tariffs.flatMap(({ exemptions }) => exemptions.map(({ id }) => id)),
    ...procedures.flatMap(({ reducedFees }) => reducedFees.map(({ group }) => group)),
  ]),
];

describe('a registration', () => {
  it('a registration is for a result by post unless it says otherwise', () => {
    expect(registerDossier.request.parse(registration).body.returnByPost).toBe(true);
  });

  it.each<[string, unknown]>([
    ['frontDoor', 'window'],
    ['frontDoor', undefined],
    ['procedureCode', '2.00048'],
    ['procedureCode', 2.000488],
    ['agencyId', ''],
    ['agencyId', 'A'.repeat(41)],
    ['postOfficeId', 'PO BACKAN'],
    ['communeId', '../'],
    ['returnByPost', 'yes'],
    ['exemption', 'Poor Household'],
    ['exemption', ''],
    ['applicant', null],
    ['applicant', []],
    ['status', 'Delivered'],
  ])('a registration whose %s is %p is refused there', (field, value) => {
    expect(asBody({ [field]: value })).toMatch(field === 'status' ? 'refused at /body' : `refused at /body/${field}`);
  });

  it.each(groups)('a registration may name the group %s, which the lists know', (exemption) => {
    expect(asBody({ exemption })).toBe('taken');
  });

  it.each<[string, unknown]>([
    ['too short', '1234567'],
    ['too long', 'k'.repeat(129)],
    ['with a space', 'key key key'],
    ['that are two, joined as gateways join headers', 'test-key-0001,test-key-0002'],
    ['of other letters', 'khoá-0000001'],
    ['absent', undefined],
  ])('a registration with a key %s is refused', (_what, idempotencyKey) => {
    expect(taken((value) => registerDossier.request.safeParse(value), { ...registration, idempotencyKey })).toBe(
      'refused at /idempotencyKey',
    );
  });

  it('a registration keeps no field of a person that nobody asked for', () => {
    expect(asApplicant({ religion: 'none of our business' })).toBe('refused at /body/applicant');
  });
});

describe('an event', () => {
  it('an event says nothing more than that it happened, unless it says more', () => {
    const { details: _none, ...body } = event.body;
    expect(recordEvent.request.parse({ ...event, body }).body.details).toEqual({});
  });

  it('an event has its time with an offset, and becomes an instant', () => {
    expect(recordEvent.request.parse(event).body.occurredAt).toBe(Date.parse('2026-11-24T01:00:00Z'));
    expect(asEvent({ occurredAt: '2026-11-24T08:00:00.123+07:00' })).toBe('taken');
  });

  it.each<[string, unknown]>([
    ['occurredAt', '2026-11-24T08:00:00'],
    ['occurredAt', '2026-02-30T08:00:00Z'],
    ['occurredAt', 'yesterday'],
    ['occurredAt', 1_795_000_000_000],
    ['occurredAt', '0000-01-01T00:00:00+07:00'],
    ['occurredAt', '9999-12-31T23:59:59-07:00'],
    ['occurredAt', '+020000-01-01T00:00:00Z'],
    ['type', 'Teleported'],
    ['type', 'toString'],
    ['type', '__proto__'],
    ['eventId', 'short'],
    ['eventId', 'x'.repeat(65)],
    ['eventId', 'clock.5.1795000000000'],
    ['eventId', 'a/b/c/d/e'],
    ['details', []],
    ['details', 'none'],
    ['details', null],
  ])('an event whose %s is %p is refused there', (field, value) => {
    expect(asEvent({ [field]: value })).toBe(`refused at /body/${field}`);
  });

  it.each<[string, unknown, unknown]>([
    ['papers', { originals: 0, copies: 0 }, { originals: -1, copies: 0 }],
    ['papers', { originals: 999, copies: 999 }, { originals: 1000, copies: 0 }],
    ['papers', { originals: 1, copies: 1 }, { originals: 1 }],
    ['papers', { originals: 1, copies: 1 }, { originals: 1, copies: 1, stamps: 1 }],
    ['papers', { originals: 1, copies: 1 }, { originals: 1.5, copies: 1 }],
    ['sealNumber', 'BK-0001', 'bk_0001'],
    ['sealNumber', 'ABC', 'AB'],
    ['sealIntact', false, 'false'],
    ['amountCollected', 0, -1],
    ['amountCollected', 1_000_000_000, 1_000_000_001],
    ['amountCollected', 26_000, 26_000.5],
    ['feeHandedOver', 0, Number.POSITIVE_INFINITY],
    ['feeHandedOver', 200_000, Number.NaN],
    ['feeHandedOver', 200_000, '200000'],
    ['itemCode', 'ra123456785vn', 'RA 123456785 VN?'],
    ['itemCode', ' RA123456785VN ', 'ſA123456785VN'],
    ['appointment', { from: '2026-11-24T08:00:00Z', until: '2026-11-24T09:00:00Z' }, { from: '2026-11-24T08:00:00Z' }],
    [
      'appointment',
      { from: '2026-11-24T08:00:00Z', until: '2026-11-24T09:00:00Z' },
      { from: '0000-01-01T00:00:00+07:00', until: '2026-11-24T09:00:00Z' },
    ],
    ['resultDueAt', '2026-12-01T17:00:00+07:00', '2026-12-01'],
    ['nextAttemptAt', '2026-12-01T17:00:00+07:00', 'tomorrow'],
    ['officialCode', 'H15.50.05.13-261008-0975', 'H15/50'],
    ['reason', 'citizen-absent', 'because'],
    ['solution', 'hold', 'throw-away'],
    ['outcome', 'returned', 'burnt'],
    [
      'receiver',
      { name: 'Trần Văn Thí Dụ', relationship: 'self' },
      { name: 'Trần Văn Thí Dụ', relationship: 'friend' },
    ],
    ['receiver', { name: 'Trần Văn Thí Dụ', relationship: 'guard' }, { relationship: 'guard' }],
    ['evidence', [{ kind: 'photo', sha256: 'a'.repeat(64) }], []],
    [
      'evidence',
      [{ kind: 'signature', sha256: 'a'.repeat(64) }],
      Array.from({ length: 6 }, () => ({ kind: 'photo', sha256: 'a'.repeat(64) })),
    ],
    ['evidence', [{ kind: 'photo', sha256: '0'.repeat(64) }], [{ kind: 'photo', sha256: 'A'.repeat(64) }]],
    ['postOfficeId', 'PO-NARI', 'PO_NARI'],
  ])('an event may say as %s %p, and not %p', (field, good, bad) => {
    expect(asDetail({ [field]: good })).toBe('taken');
    expect(asDetail({ [field]: bad })).toContain(`refused at /body/details/${field}`);
  });

  it('an event says nothing that no step knows', () => {
    expect(asDetail({ note: 'the citizen was angry' })).toBe('refused at /body/details');
    const poisoned: unknown = JSON.parse(
      `{"__proto__":{"type":"Delivered"},"constructor":1,${JSON.stringify(event.body).slice(1)}`,
    );
    expect(taken((value) => recordEvent.request.safeParse(value), { ...event, body: poisoned })).toBe(
      'refused at /body',
    );
  });

  it('an event names its dossier as machines do', () => {
    for (const dossierId of ['../../etc', 'D-UPPER-CASE', 'short', 'x'.repeat(41), 'd-0000 0000']) {
      expect(taken((value) => recordEvent.request.safeParse(value), { ...event, path: { dossierId } })).toBe(
        'refused at /path/dossierId',
      );
    }
  });
});

describe('a scan', () => {
  it.each<[string, unknown]>([
    ['kind', 'selfie'],
    ['contentType', 'image/heic'],
    ['contentType', 'application/pdf; charset=binary'],
    ['size', 0],
    ['size', largestScan + 1],
    ['size', 1.5],
    ['size', '1000'],
    ['sha256', 'A'.repeat(64)],
    ['sha256', '0'.repeat(63)],
  ])('a scan announced with %s %p is refused there', (field, value) => {
    expect(asScan({ [field]: value })).toBe(`refused at /body/${field}`);
  });

  it('a scan may be as large as ten mebibytes, to the byte', () => {
    expect(largestScan).toBe(10_485_760);
    expect(asScan({ size: largestScan })).toBe('taken');
  });
});

describe('a tracking code', () => {
  it.each([
    ['123456789012345671', 'taken'],
    ['123-456-789-012-345-671', 'taken'],
    ['123', 'taken'],
    ['1'.repeat(64), 'taken'],
    ['1'.repeat(65), 'refused at /path/trackingCode'],
  ])('a tracking code %s is %s at the door', (trackingCode, answer) => {
    expect(taken((value) => trackDossier.request.safeParse(value), { path: { trackingCode } })).toBe(answer);
  });
});
