import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import type { Traveller } from '../../local/demo/traveller.ts';
import { open, registrationAt } from './roads.ts';
import { aTown } from './a-town.ts';
import { clerk, type Town } from './town.ts';

const problem = z.looseObject({
  code: z.string(),
  title: z.string(),
  titleVi: z.string(),
  detail: z.string(),
  detailVi: z.string(),
  errors: z.array(z.looseObject({ pointer: z.string() })).optional(),
});

describe('a hostile client', () => {
  let town: Town;
  let traveller: Traveller;
  let token: string;
  aTown(async (booted) => {
    town = booted;
    traveller = await open(town, 'counter');
    token = await town.bearer(clerk);
  });

  type Body = NonNullable<RequestInit['body']>;
  const send = async (path: string, body: Body, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    fetch(new URL(path, town.apiUrl), {
      method: 'POST',
      body,
      headers: {
        'authorization': `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': 'hostile-0001',
        ...headers,
      },
    });
  const sendEvent = async (body: Body, headers?: Readonly<Record<string, string>>): Promise<Response> =>
    send(`/v1/dossiers/${traveller.dossier.dossierId}/events`, body, headers);
  const refusalOf = async (response: Response): Promise<[number, string, ...string[]]> => {
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    const { code, errors } = problem.parse(await response.json());
    return [response.status, code, ...(errors ?? []).map(({ pointer }) => pointer)];
  };

  const registration = registrationAt('counter');
  const withApplicant = (change: Readonly<Record<string, unknown>>): string =>
    JSON.stringify({ ...registration, applicant: { ...registration.applicant, ...change } });
  const event = {
    eventId: 'hostile-event-1',
    type: 'Scanned',
    occurredAt: '2026-11-24T08:00:00+07:00',
    details: { postOfficeId: 'PO-BACKAN' },
  };

  it.each<[string, Body]>([
    ['cut off in the middle', '{"frontDoor": "counter", '],
    ['nothing at all', ''],
    ['a comment and single quotes', "{'frontDoor': 'counter'} // hello"],
    ['a number too many', '{"a":1}{"b":2}'],
    ['a thousand open brackets', '['.repeat(1000)],
  ])('a hostile client sends JSON that is malformed: %s', async (_name, body) => {
    expect(await refusalOf(await send('/v1/dossiers', body))).toEqual([400, 'MalformedJson']);
    expect(await refusalOf(await sendEvent(body))).toEqual([400, 'MalformedJson']);
  });

  it.each<[string, string]>([
    ['null', 'null'],
    ['a list', '[1, 2]'],
    ['a text', '"counter"'],
    ['deep nesting', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
  ])('a hostile client sends JSON that is no object: %s', async (_name, body) => {
    expect(await refusalOf(await send('/v1/dossiers', body))).toEqual([400, 'InvalidRequest', '/body']);
  });

  it('a hostile client sends fields that nobody knows, and is told which', async () => {
    expect(
      await refusalOf(await send('/v1/dossiers', JSON.stringify({ ...registration, status: 'Delivered' }))),
    ).toEqual([400, 'InvalidRequest', '/body/status']);
    expect(await refusalOf(await send('/v1/dossiers', withApplicant({ isAdmin: true })))).toEqual([
      400,
      'InvalidRequest',
      '/body/applicant/isAdmin',
    ]);
    expect(await refusalOf(await sendEvent(JSON.stringify({ ...event, to: 'Delivered' })))).toEqual([
      400,
      'InvalidRequest',
      '/body/to',
    ]);
    expect(
      await refusalOf(await sendEvent(`{"__proto__":{"type":"Delivered"},${JSON.stringify(event).slice(1)}`)),
    ).toEqual([400, 'InvalidRequest', '/body/__proto__']);
  });

  it.each<[string, string, unknown]>([
    ['/body/eventId', 'eventId', 7],
    ['/body/eventId', 'eventId', '../../etc'],
    ['/body/type', 'type', 'Teleported'],
    ['/body/occurredAt', 'occurredAt', 'yesterday'],
    ['/body/occurredAt', 'occurredAt', '2026-11-24T08:00:00'],
    ['/body/occurredAt', 'occurredAt', '2026-02-30T08:00:00+07:00'],
    ['/body/details', 'details', 'none'],
  ])('a hostile client sends %s of the wrong type and is told the field', async (pointer, field, value) => {
    expect(await refusalOf(await sendEvent(JSON.stringify({ ...event, [field]: value })))).toEqual([
      400,
      'InvalidRequest',
      pointer,
    ]);
  });

  it.each<[string, string, unknown]>([
    ['an endless name', 'fullName', 'a'.repeat(5000)],
    ['a name of nothing but spaces', 'fullName', '   '],
    ['a name with a control character', 'fullName', 'Nguyễn\u0000Ví Dụ'],
    ['half a character', 'fullName', 'Nguyễn \ud83d Ví Dụ'],
    ['a phone number of letters', 'phone', 'gọi sau'],
    ['an identity number that is none', 'identityNumber', '1; DROP TABLE'],
  ])('a hostile client sends an applicant with %s and is told the field', async (_name, field, value) => {
    expect(await refusalOf(await send('/v1/dossiers', withApplicant({ [field]: value })))).toEqual([
      400,
      'InvalidRequest',
      `/body/applicant/${field}`,
    ]);
  });

  it('a hostile client sends bytes that are not UTF-8', async () => {
    const [before, after] = withApplicant({ fullName: '@' }).split('@');
    for (const bytes of [[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xf0, 0x9f]]) {
      const body = Buffer.concat([Buffer.from(before ?? ''), Buffer.from(bytes), Buffer.from(after ?? '')]);
      expect(await refusalOf(await send('/v1/dossiers', body))).toEqual([400, 'BrokenUtf8']);
    }
  });

  it('a hostile client sends a body that is larger than any form, and one that is larger than the gateway takes', async () => {
    expect(await refusalOf(await sendEvent(JSON.stringify({ ...event, padding: 'x'.repeat(70_000) })))).toEqual([
      413,
      'BodyTooLarge',
    ]);
    const gateway = await sendEvent(JSON.stringify({ ...event, padding: 'x'.repeat(11 * 1024 * 1024) }));
    expect(gateway.status).toBe(413);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/xml',
    'multipart/form-data; boundary=x',
    'application/jsonx',
  ])('a hostile client sends %s', async (contentType) => {
    expect(
      await refusalOf(await send('/v1/dossiers', JSON.stringify(registration), { 'content-type': contentType })),
    ).toEqual([415, 'UnsupportedMediaType']);
  });

  it('a hostile client sends no Idempotency-Key, one that is too short, or two', async () => {
    for (const key of ['short', 'hostile-0001, hostile-0002'])
      expect(
        await refusalOf(await send('/v1/dossiers', JSON.stringify(registration), { 'idempotency-key': key })),
      ).toEqual([400, 'InvalidRequest', '/header/idempotency-key']);
    const without = await fetch(new URL('/v1/dossiers', town.apiUrl), {
      method: 'POST',
      body: JSON.stringify(registration),
      headers: { 'authorization': `Bearer ${token}`, 'content-type': 'application/json' },
    });
    expect(await refusalOf(without)).toEqual([400, 'InvalidRequest', '/header/idempotency-key']);
  });

  it.each<[string, number]>([
    ['/v1/dossiers/d-00000000000000000000000000', 404],
    ['/v1/dossiers/HEAD%23', 400],
    ['/v1/dossiers/..%2f..%2fetc', 400],
    ['/v1/dossiers/%F0%9F%9A%80', 400],
    [`/v1/dossiers/${'a'.repeat(3000)}`, 400],
    ['/t/%00%00%00%00%00%00%00%00%00%00%00%00', 404],
    ['/t/short', 404],
    [`/t/${'1'.repeat(65)}`, 400],
    ['/v1/nowhere', 404],
  ])('a hostile client asks for %s', async (path, status) => {
    const response = await fetch(`${town.apiUrl}${path}`, { headers: { authorization: `Bearer ${token}` } });
    expect(response.status).toBe(status);
  });

  it('a hostile client names what the catalogue does not know, field by field', async () => {
    const asked = async (change: Readonly<Record<string, unknown>>): Promise<unknown> =>
      refusalOf(await send('/v1/dossiers', JSON.stringify({ ...registration, ...change })));
    expect(await asked({ procedureCode: '9.999999' })).toEqual([422, 'UnknownProcedure', '/body/procedureCode']);
    expect(await asked({ agencyId: 'AG-MARS' })).toEqual([422, 'UnknownAgency', '/body/agencyId']);
    expect(await asked({ communeId: 'CM-00000' })).toEqual([422, 'UnknownCommune', '/body/communeId']);
    expect(await asked({ postOfficeId: 'PO-MARS' })).toEqual([422, 'UnknownPostOffice', '/body/postOfficeId']);
    expect(await asked({ exemption: 'cousin-of-the-mayor' })).toEqual([422, 'UnknownExemption', '/body/exemption']);
    expect(await asked({ procedureCode: '2.000884' })).toEqual([422, 'NotCarriedByPost', '/body/procedureCode']);
  });

  it('a hostile client is told in two languages where the dossier is and what may happen next', async () => {
    const response = await sendEvent(JSON.stringify({ ...event, type: 'Withdrawn', details: {} }));
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({
      code: 'NoSuchStep',
      titleVi: 'Không có bước này',
      place: { name: 'Registered', vi: 'Đã đăng ký' },
      version: 1,
      allowedActions: expect.arrayContaining([
        expect.objectContaining({ event: 'Collected' }),
        expect.objectContaining({ event: 'Cancelled' }),
      ]),
    });
  });

  it('a hostile client has left the dossier as it was', async () => {
    expect(await town.as(clerk).read(traveller.dossier.dossierId)).toMatchObject({
      version: 1,
      place: { name: 'Registered' },
    });
  });
});
