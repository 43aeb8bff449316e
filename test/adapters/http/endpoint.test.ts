import * as z from 'zod';
import { describe, expect, it } from '@jest/globals';
import { endpoint, keyedEndpoint, openEndpoint, type HttpAnswer } from '../../../adapters/http/endpoint.ts';
import type { OncePorts } from '../../../adapters/http/once.ts';
import { readDossier } from '../../../contract/read-dossier.ts';
import { readTimeline } from '../../../contract/read-timeline.ts';
import { recordEvent } from '../../../contract/record-event.ts';
import type { Operation, Request } from '../../../contract/operation.ts';
import { registerDossier } from '../../../contract/register-dossier.ts';
import { trackDossier } from '../../../contract/track-dossier.ts';
import { limiter } from '../../../domain/limiter.ts';
import { allowances } from '../../../domain/limits.ts';
import { clerk, dossierAt } from '../../domain/journey/town.ts';
import { listenToLog } from './log-lines.ts';
import { call, clerkClaims, httpEventOf, refusalOf, type Sent } from './requests.ts';

const log = listenToLog();

const registration = {
  frontDoor: 'counter',
  procedureCode: '2.000488',
  agencyId: 'AG-PASC-BACKAN',
  communeId: 'CM-01843',
  applicant: { fullName: 'Nguyễn Thị Ví Dụ', phone: '0900000001', address: 'Tổ Mẫu, phường Đức Xuân' },
};
const event = {
  eventId: 'event-0001',
  type: 'Scanned',
  occurredAt: '2026-11-24T08:00:00+07:00',
  details: { postOfficeId: 'PO-BACKAN' },
};

/** An operation of the contract that answers anything. */
function answeringAnything<O extends Operation>(operation: O): Omit<O, 'answer'> & { answer: z.ZodUnknown } {
  const { answer: _theirs, ...rest } = operation;
  return { ...rest, answer: z.unknown() };
}

/** Of an answer that is no page. */
const securityHeaders = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

let requests = 0;
/** Every request has a key of its own here. */
const ports: OncePorts = {
  answers: { claim: async () => 'claimed', keep: async () => {}, release: async () => {} },
  now: () => 0,
  pause: async () => {},
  drawHolder: () => `holder-${(requests += 1)}`,
};
const taken: Request<typeof registerDossier>[] = [];
const register = keyedEndpoint(
  answeringAnything(registerDossier),
  async (request) => {
    taken.push(request);
    return { status: 201, body: { ok: true }, headers: { location: '/v1/dossiers/d-1' } };
  },
  ports,
);
const record = endpoint(answeringAnything(recordEvent), async () => ({ status: 201, body: { ok: true } }));

async function registered(sent: Sent) {
  return refusalOf(await call(register, httpEventOf({ body: JSON.stringify(registration), ...sent })));
}
async function recorded(body: string) {
  return refusalOf(await call(record, httpEventOf({ path: { dossierId: 'd-00000000' }, body })));
}
function withName(name: string): string {
  return JSON.stringify({ ...registration, applicant: { ...registration.applicant, fullName: name } });
}

// Holds ADR 0008.
describe('a request that is in order', () => {
  it('a request that is in order is answered in JSON that nobody keeps on the way', async () => {
    const answer = await call(register, httpEventOf({ body: JSON.stringify(registration) }));
    expect(answer).toEqual({
      statusCode: 201,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'no-store',
        'location': '/v1/dossiers/d-1',
        ...securityHeaders,
      },
      body: '{"ok":true}',
    });
  });

  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON',
    'application/json ;charset=UTF-8',
  ])('a request that is in order may be sent as %s', async (contentType) => {
    expect(await registered({ headers: { 'content-type': contentType } })).toEqual([201]);
  });

  it('a request that is in order may be base64, as API Gateway sends what it takes for binary', async () => {
    expect(await registered({ body: Buffer.from(withName('Đặng Thị Ếch')).toString('base64'), base64: true })).toEqual([
      201,
    ]);
    expect(taken.at(-1)?.body.applicant.fullName).toBe('Đặng Thị Ếch');
  });

  it('a request that is in order may begin with the mark that some editors put there', async () => {
    expect(await registered({ body: `\uFEFF${JSON.stringify(registration)}` })).toEqual([201]);
  });

  it('a request that is in order leaves one line in the log, without a word of its content', async () => {
    await registered({});
    expect(log.lines()).toEqual([
      { level: 'INFO', message: 'answered', request: 'request-1', route: 'POST /v1/dossiers', status: 201 },
    ]);
  });
});

describe('a body that cannot be read', () => {
  it.each<[string, Sent]>([
    ['nothing at all', { body: undefined }],
    ['empty', { body: '' }],
    ['cut off', { body: '{"frontDoor": "coun' }],
    ['two documents', { body: '{}{}' }],
    ['single quotes', { body: "{'a': 1}" }],
    ['not a number', { body: '{"a": NaN}' }],
    ['a thousand open brackets', { body: '['.repeat(1000) }],
    ['a control character in a text', { body: '{"a": "\u0001"}' }],
    ['a trailing comma', { body: '{"a": 1,}' }],
  ])('a body that cannot be read is malformed JSON: %s', async (_what, sent) => {
    expect(await registered(sent)).toEqual([400, 'MalformedJson']);
  });

  it.each<[string, Sent]>([
    ['a replacement character, which API Gateway puts in the place of broken bytes', { body: withName('Nguy\uFFFDn') }],
    [
      'a byte that is no UTF-8',
      {
        body: Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff]), Buffer.from('"}')]).toString('base64'),
        base64: true,
      },
    ],
    [
      'half a sequence',
      {
        body: Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xe1, 0xbb]), Buffer.from('"}')]).toString('base64'),
        base64: true,
      },
    ],
    ['a surrogate in UTF-8', { body: Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]).toString('base64'), base64: true }],
    ['an overlong slash', { body: Buffer.from([0x22, 0xc0, 0xaf, 0x22]).toString('base64'), base64: true }],
    [
      'UTF-16',
      {
        body: Buffer.from(JSON.stringify(registration), 'utf16le').subarray(0, 21).toString('base64') + 'gA==',
        base64: true,
      },
    ],
  ])('a body that cannot be read is broken UTF-8: %s', async (_what, sent) => {
    expect((await registered(sent)).slice(0, 2)).toEqual([400, expect.stringMatching(/BrokenUtf8|MalformedJson/)]);
  });

  it('a body that cannot be read is broken UTF-8 and nothing else where bytes were lost', async () => {
    expect(await registered({ body: withName('Nguy\uFFFDn') })).toEqual([400, 'BrokenUtf8']);
    expect(await registered({ body: Buffer.from([0x7b, 0xff, 0x7d]).toString('base64'), base64: true })).toEqual([
      400,
      'BrokenUtf8',
    ]);
  });

  it.each([
    'text/plain',
    '',
    'application/jsonx',
    'application/json-patch+json',
    'multipart/form-data; boundary=x',
    'text/html; a=application/json',
  ])('a body that cannot be read is of another type: %p', async (contentType) => {
    expect(await registered({ headers: { 'content-type': contentType } })).toEqual([415, 'UnsupportedMediaType']);
  });

  it('a body that cannot be read is too large by one byte, counted as bytes and not as letters', async () => {
    const padded = (bytes: number): string => {
      const empty = JSON.stringify({ ...registration, padding: '' });
      return JSON.stringify({ ...registration, padding: 'x'.repeat(bytes - Buffer.byteLength(empty)) });
    };
    expect(await registered({ body: padded(65_536) })).toEqual([400, 'InvalidRequest', '/body/padding']);
    expect(await registered({ body: padded(65_537) })).toEqual([413, 'BodyTooLarge']);
    expect(await registered({ body: JSON.stringify({ padding: 'ệ'.repeat(30_000) }) })).toEqual([413, 'BodyTooLarge']);
    expect(await registered({ body: Buffer.alloc(70_000, 32).toString('base64'), base64: true })).toEqual([
      413,
      'BodyTooLarge',
    ]);
  });
});

describe('a body that can be read and says something else', () => {
  it.each(['null', '7', '"counter"', '[]', '[1, 2]', 'true', `${'['.repeat(5000)}${']'.repeat(5000)}`])(
    'a body is no object: %#',
    async (body) => {
      expect(await registered({ body })).toEqual([400, 'InvalidRequest', '/body']);
      expect(await recorded(body)).toEqual([400, 'InvalidRequest', '/body']);
    },
  );

  it('a body nests an object deeper than anybody reads, and is told the field', async () => {
    const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
    expect(await recorded(JSON.stringify(event).replace('{"postOfficeId":"PO-BACKAN"}', deep))).toEqual([
      400,
      'InvalidRequest',
      '/body/details/a',
    ]);
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    'a body brings a key of the language’s own, %s, and changes nothing',
    async (key) => {
      const body = `{"${key}":{"isAdmin":true},${JSON.stringify(event).slice(1)}`;
      expect(await recorded(body)).toEqual([400, 'InvalidRequest', `/body/${key}`]);
      expect(Object.hasOwn(Object.prototype, 'isAdmin')).toBe(false);
    },
  );

  it.each(['1e999', '-1e999', '0.1', '-1', '1000000001'])(
    'a body counts money as %s, and is told the field',
    async (number) => {
      expect(
        await recorded(
          `{"eventId":"event-0001","type":"Collected","occurredAt":"2026-11-24T08:00:00Z","details":{"amountCollected":${number}}}`,
        ),
      ).toEqual([400, 'InvalidRequest', '/body/details/amountCollected']);
    },
  );

  it('a body counts money beyond all counting, and is told the field', async () => {
    const [status, code, ...pointers] = await recorded(
      '{"eventId":"event-0001","type":"Collected","occurredAt":"2026-11-24T08:00:00Z","details":{"amountCollected":1e20}}',
    );
    expect([status, code, ...new Set(pointers)]).toEqual([400, 'InvalidRequest', '/body/details/amountCollected']);
  });

  it.each([
    ['at the beginning', `{"type":"Teleported",${JSON.stringify(event).slice(1)}`, '/body/type'],
    ['at the end', `${JSON.stringify(event).slice(0, -1)},"type":"Scanned"}`, '/body/type'],
    ['with the same word', `{"type":"${event.type}",${JSON.stringify(event).slice(1)}`, '/body/type'],
    ['written with an escape', `{"\\u0074ype":"Scanned",${JSON.stringify(event).slice(1)}`, '/body/type'],
    [
      'deep inside',
      '{"details":{"papers":{"originals":1,"copies":2,"originals":9}}}',
      '/body/details/papers/originals',
    ],
    [
      'inside a list',
      '{"details":{"evidence":[{},{"kind":"photo","kind":"signature"}]}}',
      '/body/details/evidence/1/kind',
    ],
    ['composed in two ways', '{"\u1ec7":1,"e\u0323\u0302":2}', '/body/\u1ec7'],
    ['with colons and braces in a text before it', '{"a":"{\\"b\\":[,","b":1,"b":2}', '/body/b'],
  ])('a body that says a thing twice, %s, is told which', async (_where, body, pointer) => {
    expect((await recorded(body)).slice(0, 2)).toEqual([400, 'DuplicateKey']);
    expect((await recorded(body))[2]?.toString().normalize('NFC')).toBe(pointer);
  });

  it('a body that says the same key in two objects says nothing twice', async () => {
    const twins = '{"a":{"x":1},"b":{"x":1},"c":[{"x":1},{"x":1}],"x":[1,"x","x"]}';
    expect((await recorded(twins)).slice(0, 2)).toEqual([400, 'InvalidRequest']);
  });

  it('a body writes a pointer as RFC 6901 does', async () => {
    expect(await recorded(`{"a/b~c":1,${JSON.stringify(event).slice(1)}`)).toEqual([
      400,
      'InvalidRequest',
      '/body/a~1b~0c',
    ]);
  });

  it('a body has nothing but faults, and is told the first twenty', async () => {
    const body = JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_none, index) => [`f${index}`, 1])));
    const answer = await call(record, httpEventOf({ path: { dossierId: 'd-00000000' }, body }));
    expect(refusalOf(answer)).toHaveLength(2 + 20);
    expect(answer.body.length).toBeLessThan(5000);
  });

  it('the sender of a body is told what is wrong, and never what it said: that may be personal', async () => {
    const answer = await call(
      register,
      httpEventOf({
        body: JSON.stringify({
          ...registration,
          applicant: { fullName: 'Nguyễn\u0000Bí Mật', phone: '0987-bí mật', address: 7 },
        }),
      }),
    );
    expect(refusalOf(answer)).toEqual([
      400,
      'InvalidRequest',
      '/body/applicant/fullName',
      '/body/applicant/phone',
      '/body/applicant/address',
    ]);
    for (const secret of ['Bí Mật', '0987', 'bí mật']) expect(answer.body + log.text()).not.toContain(secret);
  });

  it('a body leaves out what is needed, and is told that it is missing', async () => {
    const answer = await call(register, httpEventOf({ body: '{}' }));
    expect(refusalOf(answer)).toEqual([
      400,
      'InvalidRequest',
      '/body/frontDoor',
      '/body/procedureCode',
      '/body/agencyId',
      '/body/communeId',
      '/body/applicant',
    ]);
    expect(answer.body).toContain('is missing');
    expect(answer.body).toContain('bị thiếu');
  });

  it('a request that comes without its Idempotency-Key, or with a useless one, is told so', async () => {
    expect(await registered({ headers: { 'idempotency-key': undefined } })).toEqual([
      400,
      'InvalidRequest',
      '/header/idempotency-key',
    ]);
    expect(await registered({ headers: { 'idempotency-key': 'short' } })).toEqual([
      400,
      'InvalidRequest',
      '/header/idempotency-key',
    ]);
  });
});

describe('a field that is refused', () => {
  const Faults = z.object({
    errors: z.array(z.object({ pointer: z.string(), expected: z.string().optional(), example: z.unknown() })),
  });
  const faultsOf = (answer: HttpAnswer) => Faults.parse(JSON.parse(answer.body)).errors;

  it('a field that is refused is told with the form that is expected and an example, as its schema has them', async () => {
    const { applicant: _left, ...rest } = registration;
    const answer = await call(
      register,
      httpEventOf({ body: JSON.stringify({ ...rest, agencyId: '?' }), headers: { 'idempotency-key': 'a,b' } }),
    );
    expect(faultsOf(answer)).toEqual([
      {
        pointer: '/header/idempotency-key',
        expected: expect.stringContaining('without a comma'),
        example: 'order-2026-000017',
      },
      expect.objectContaining({ pointer: '/body/agencyId', example: 'AG-PASC-BACKAN' }),
      expect.objectContaining({
        pointer: '/body/applicant',
        example: expect.objectContaining({ fullName: 'Nguyễn Thị Ví Dụ', phone: '0900000001' }),
      }),
    ]);
  });

  it('a field that the law misses is told with an example, too', async () => {
    const refusing = endpoint(answeringAnything(recordEvent), async () => ({
      refusal: { name: 'ProofMissing', on: 'Collected', missing: ['papers'] },
    }));
    const answer = await call(
      refusing,
      httpEventOf({ path: { dossierId: 'd-00000000' }, body: JSON.stringify(event) }),
    );
    expect(faultsOf(answer)).toMatchObject([{ pointer: '/body/details/papers', example: { originals: 1, copies: 1 } }]);
  });

  it('a field of the query that is there twice is refused, whatever its values', async () => {
    const read = endpoint(answeringAnything(readTimeline), async () => ({ status: 200, body: {} }));
    const asked = async (query: string) =>
      refusalOf(await call(read, httpEventOf({ path: { dossierId: 'd-00000000' }, query })));
    expect(await asked('limit=5&limit=5')).toEqual([400, 'InvalidRequest', '/query/limit']);
    expect(await asked('limit=5&cur%73or=1&cursor=2')).toEqual([400, 'InvalidRequest', '/query/cursor']);
    expect(await asked('limit=5&cursor=1')).toEqual([200]);
  });
});

describe('a tag of what was read', () => {
  const answering = (body: unknown) => endpoint(answeringAnything(readDossier), async () => ({ status: 200, body }));
  const read = async (body: unknown, ifNoneMatch?: string) =>
    call(
      answering(body),
      httpEventOf({ path: { dossierId: 'd-00000000' }, headers: { 'if-none-match': ifNoneMatch } }),
    );

  it('a tag differs wherever the body does, and begins with the version where the body has one', async () => {
    const [one, same, other, plain] = await Promise.all([
      read({ version: 5, seen: 'all' }),
      read({ version: 5, seen: 'all' }),
      read({ version: 5, seen: 'less' }),
      read({ seen: 'all' }),
    ]);
    expect(one.headers['etag']).toMatch(/^"5-[\w-]{22}"$/);
    expect(same.headers['etag']).toBe(one.headers['etag']);
    expect(other.headers['etag']).toMatch(/^"5-[\w-]{22}"$/);
    expect(other.headers['etag']).not.toBe(one.headers['etag']);
    expect(plain.headers['etag']).toMatch(/^"[\w-]{22}"$/);
  });

  it('a tag that the caller has already is answered with 304, itself and nothing else', async () => {
    const { headers } = await read({ version: 5 });
    const etag = headers['etag'] ?? '';
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*'])
      expect(await read({ version: 5 }, known)).toMatchObject({ statusCode: 304, headers: { etag }, body: '' });
    for (const known of ['"5"', etag.replaceAll('"', ''), '', ','])
      expect((await read({ version: 5 }, known)).statusCode).toBe(200);
    expect((await read({ version: 6 }, etag)).statusCode).toBe(200);
  });

  it('a tag is not made of what is written', async () => {
    const answer = await call(register, httpEventOf({ body: JSON.stringify(registration) }));
    expect(answer.headers).not.toHaveProperty('etag');
  });
});

describe('a version that a change is meant for', () => {
  const versions: unknown[] = [];
  const meant = endpoint(answeringAnything(recordEvent), async ({ ifMatch }) => {
    versions.push(ifMatch);
    return { status: 201, body: {} };
  });
  const said = async (ifMatch: string) =>
    refusalOf(
      await call(
        meant,
        httpEventOf({
          path: { dossierId: 'd-00000000' },
          body: JSON.stringify(event),
          headers: { 'if-match': ifMatch },
        }),
      ),
    );

  it('a version is read off the tag of any reader, and `*` is any version', async () => {
    for (const tag of ['"5-abcdefghijklmnopqrstuv"', 'W/"5-abcdefghijklmnopqrstuv"', '"5"', '*'])
      expect([tag, await said(tag)]).toEqual([tag, [201]]);
    expect(versions).toEqual([5, 5, 5, undefined]);
  });

  it.each(['5', '""', '"0"', '"5", "6"', '"5","5"', '"abc"', '*,*', "'5'", ''])(
    'a version written as %p is refused by the header’s name',
    async (tag) => {
      expect(await said(tag)).toEqual([400, 'InvalidRequest', '/header/if-match']);
    },
  );

  it('a version is not ignored where an operation does not compare it', async () => {
    const headers = { 'if-match': '"5"' };
    expect(await registered({ headers })).toEqual([400, 'InvalidRequest', '/header/if-match']);
    const read = endpoint(answeringAnything(readDossier), async () => ({ status: 200, body: {} }));
    expect(refusalOf(await call(read, httpEventOf({ path: { dossierId: 'd-00000000' }, headers })))).toEqual([
      400,
      'InvalidRequest',
      '/header/if-match',
    ]);
  });
});

describe('a path', () => {
  const read = endpoint(answeringAnything(readDossier), async () => ({ status: 200, body: {} }));
  const track = openEndpoint(answeringAnything(trackDossier), async () => ({ status: 200, body: {} }));

  it.each(['..', '../../etc/passwd', 'D-1', '', 'd'.repeat(41), 'd-đ0000000', "d-0000'--"])(
    'a path with an id like %p is refused at the door',
    async (dossierId) => {
      expect(refusalOf(await call(read, httpEventOf({ path: { dossierId } })))).toEqual([
        400,
        'InvalidRequest',
        '/path/dossierId',
      ]);
    },
  );

  it('a path without its parameter is refused at the door', async () => {
    expect(refusalOf(await call(read, httpEventOf({})))).toEqual([400, 'InvalidRequest', '/path/dossierId']);
    expect(refusalOf(await call(track, httpEventOf({ claims: undefined })))).toEqual([
      400,
      'InvalidRequest',
      '/path/trackingCode',
    ]);
  });

  it('a path needs no body and no content type to be read', async () => {
    expect(
      refusalOf(
        await call(
          read,
          httpEventOf({ path: { dossierId: 'd-00000000' }, headers: { 'content-type': 'text/plain' }, body: '}{' }),
        ),
      ),
    ).toEqual([200]);
  });

  it('a path to an open door needs no token', async () => {
    expect(
      refusalOf(await call(track, httpEventOf({ claims: undefined, path: { trackingCode: '123456789012345671' } }))),
    ).toEqual([200]);
  });
});

describe('a refusal', () => {
  it('a refusal shows the dossier and the next steps to its party', async () => {
    const refusing = endpoint(answeringAnything(readDossier), async () => ({
      refusal: { name: 'Overtaken' },
      dossier: dossierAt('Collected'),
    }));
    const answer = await call(refusing, httpEventOf({ path: { dossierId: 'd-00000000' } }));
    expect(answer).toMatchObject({
      statusCode: 409,
      headers: { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' },
    });
    expect(JSON.parse(answer.body)).toMatchObject({
      code: 'Overtaken',
      requestId: 'request-1',
      place: { name: 'Collected' },
      since: expect.stringMatching(/^2026-/),
      version: 5,
      allowedActions: expect.arrayContaining([expect.objectContaining({ event: 'Dispatched' })]),
    });
  });
});

// Holds ADR 0028.
describe('a caller who asks without end', () => {
  const limits = () => ({
    person: limiter({ allowance: 'person', now: () => 0 }),
    system: limiter({ allowance: 'system', now: () => 0 }),
  });
  const of = (sub: string) => ({ ...clerkClaims, sub });
  const ask = async (handler: typeof register, sub: string) =>
    call(handler, httpEventOf({ body: JSON.stringify(registration), claims: of(sub) }));

  it('a caller who asks without end is told to wait, and leaves a colleague all of hers', async () => {
    const greedy = keyedEndpoint(
      answeringAnything(registerDossier),
      async () => ({ status: 201, body: {} }),
      ports,
      limits(),
    );
    const { units, windowSeconds } = allowances.person;
    for (let asked = 0; asked <= units; asked += 1) expect((await ask(greedy, 'one')).statusCode).toBe(201);
    const refused = await ask(greedy, 'one');
    expect(refusalOf(refused)).toEqual([429, 'TooManyRequests']);
    expect(refused.headers['retry-after']).toBe(String(windowSeconds));
    expect((await ask(greedy, 'another')).statusCode).toBe(201);
  });

  it('a caller who asks for what is dear has less of it, whether or not it can be read', async () => {
    const dear = keyedEndpoint(
      { ...answeringAnything(registerDossier), units: 50 },
      async () => ({ status: 201, body: {} }),
      ports,
      limits(),
    );
    const asked = Array.from({ length: 12 }, async (_none, n) =>
      call(dear, httpEventOf({ body: n % 2 === 0 ? '}{' : JSON.stringify(registration), claims: of('one') })),
    );
    const statuses = (await Promise.all(asked)).map(({ statusCode }) => statusCode);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  });

  it('a caller without a token is known by its network address, at whatever is open', async () => {
    const track = openEndpoint(
      answeringAnything(trackDossier),
      async (_request, address) => ({ status: 200, body: { address } }),
      { limit: limiter({ allowance: 'page', now: () => 0 }) },
    );
    const from = async (sourceIp: string) =>
      call(track, httpEventOf({ claims: undefined, from: sourceIp, path: { trackingCode: '123456789012345671' } }));
    for (let asked = 0; asked <= allowances.page.units; asked += 1) await from('2405:4802:1:2::1');
    expect((await from('2405:4802:1:2::99')).headers).toMatchObject({ 'retry-after': '60' });
    expect(JSON.parse((await from('2405:4802:1:3::1')).body)).toEqual({ address: '2405:4802:1:3::/64' });
  });
});

describe('any answer', () => {
  it('any answer tells browsers to trust it with nothing: done, refused at the border or by the law, or failed', async () => {
    const failing = endpoint(answeringAnything(readDossier), async () => {
      throw new Error('astonishing');
    });
    const answers = [
      await call(register, httpEventOf({ body: JSON.stringify(registration) })),
      await call(register, httpEventOf({ body: '}{' })),
      await call(register, httpEventOf({ claims: undefined })),
      await call(failing, httpEventOf({ path: { dossierId: 'd-00000000' } })),
      await call(register, null),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 400, 403, 500, 500]);
    for (const { headers } of answers) expect(headers).toMatchObject(securityHeaders);
  });

  it('any answer that asks for patience says for how long, in its header and in its body', async () => {
    const refusing = endpoint(answeringAnything(readDossier), async () => ({
      refusal: { name: 'TooManyNotes', retryAfter: 3600 },
    }));
    const answer = await call(refusing, httpEventOf({ path: { dossierId: 'd-00000000' } }));
    expect(answer).toMatchObject({ statusCode: 429, headers: { 'retry-after': '3600' } });
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'TooManyNotes', retryAfter: 3600 });
  });
});

describe('an unexpected error', () => {
  const person = 'Nguyễn Thị Ví Dụ 0900000001';
  class Unexpected extends Error {
    override readonly name = 'Astonishing';
  }
  const throwing = (error: unknown) =>
    endpoint(answeringAnything(readDossier), async () => {
      throw error;
    });

  it('an unexpected error becomes a bare 500 with the request’s id, and says nothing else', async () => {
    const answer = await call(throwing(new Unexpected(person)), httpEventOf({ path: { dossierId: 'd-00000000' } }));
    expect(refusalOf(answer)).toEqual([500, 'Unexpected']);
    expect(JSON.parse(answer.body)).toMatchObject({ requestId: 'request-1' });
    expect(answer.body).not.toContain('Astonishing');
    expect(answer.body).not.toContain('Ví Dụ');
  });

  it('an unexpected error is logged by name and place, and without the person’s data, over however many lines its message runs', async () => {
    await call(
      throwing(new Unexpected(`could not keep\n${person}\n    at ${person}:1:2\nand more`)),
      httpEventOf({ path: { dossierId: 'd-00000000' } }),
    );
    expect(log.text()).toContain('"error":"Astonishing"');
    expect(log.text()).toContain('endpoint.test.ts');
    expect(log.text()).toContain('"request":"request-1"');
    expect(log.text()).not.toContain('Ví Dụ');
  });

  it.each([
    ['a text', person],
    ['nothing', undefined],
    ['a number', 7],
    ['null', null],
  ])('a thrown thing that is no error but %s is a bare 500 too', async (_what, thrown) => {
    expect(refusalOf(await call(throwing(thrown), httpEventOf({ path: { dossierId: 'd-00000000' } })))).toEqual([
      500,
      'Unexpected',
    ]);
    expect(log.text()).not.toContain('Ví Dụ');
  });

  it('an unexpected error at an event that is none of API Gateway’s is a bare 500', async () => {
    for (const stray of [null, {}, 'event', { Records: [] }])
      expect(refusalOf(await call(register, stray))).toEqual([500, 'Unexpected']);
  });
});

describe('a token', () => {
  const seen = endpoint(answeringAnything(readDossier), async (_request, caller) => ({ status: 200, body: caller }));
  const callerBy = async (claims: Readonly<Record<string, unknown>> | undefined): Promise<unknown> => {
    const said = claims && { token_use: 'access', ...claims };
    const answer = await call(seen, httpEventOf({ path: { dossierId: 'd-00000000' }, claims: said }));
    return answer.statusCode === 200 ? JSON.parse(answer.body) : refusalOf(answer);
  };
  const nobody = [403, 'NoUnit'];

  it.each([
    ['clerk', { 'scope': 'dossier-post/clerk', 'cognito:groups': '[clerk:PO-BACKAN]' }, clerk],
    [
      'courier among other scopes',
      { 'scope': 'openid dossier-post/courier email', 'cognito:groups': '[staff courier:PO-BACKAN]' },
      { role: 'courier', unit: 'PO-BACKAN' },
    ],
    [
      'officer with groups as a list with commas',
      { 'scope': 'dossier-post/officer', 'cognito:groups': '[staff, officer:AG-PASC-BACKAN]' },
      { role: 'officer', unit: 'AG-PASC-BACKAN' },
    ],
    [
      'courier who is a clerk elsewhere',
      { 'scope': 'dossier-post/courier', 'cognito:groups': '[clerk:PO-NARI courier:PO-BACKAN]' },
      { role: 'courier', unit: 'PO-BACKAN' },
    ],
    ['portal', { scope: 'dossier-post/portal', client_id: 'one-stop' }, { role: 'portal', unit: 'one-stop' }],
    ['ops', { 'scope': 'dossier-post/ops', 'cognito:groups': '[ops]' }, { role: 'ops', unit: 'dossier-post' }],
  ])('a token of a %s says who calls', async (_who, claims, party) => {
    expect(await callerBy(claims)).toEqual(party);
  });

  it.each<[string, Readonly<Record<string, unknown>> | undefined]>([
    ['that is not there', undefined],
    [
      'that is an id token',
      { 'token_use': 'id', 'scope': 'dossier-post/clerk', 'cognito:groups': '[clerk:PO-BACKAN]' },
    ],
    ['without claims', {}],
    [
      'with two of our roles',
      {
        'scope': 'dossier-post/clerk dossier-post/officer',
        'cognito:groups': '[clerk:PO-BACKAN officer:AG-PASC-BACKAN]',
      },
    ],
    ['with a scope and no group', { scope: 'dossier-post/clerk' }],
    [
      'with a scope and another role’s group',
      { 'scope': 'dossier-post/officer', 'cognito:groups': '[clerk:PO-BACKAN]' },
    ],
    ['with a group and no scope', { 'scope': 'openid', 'cognito:groups': '[clerk:PO-BACKAN]' }],
    ['with two units', { 'scope': 'dossier-post/clerk', 'cognito:groups': '[clerk:PO-BACKAN clerk:PO-NARI]' }],
    ['with an empty unit', { 'scope': 'dossier-post/clerk', 'cognito:groups': '[clerk:]' }],
    [
      'with a scope like ours',
      { 'scope': 'dossier-post/clerks xdossier-post/clerk', 'cognito:groups': '[clerk:PO-BACKAN]' },
    ],
    ['of a portal without a client', { scope: 'dossier-post/portal' }],
    ['of a portal whose client has no name', { scope: 'dossier-post/portal', client_id: '' }],
    ['of ops without their group', { 'scope': 'dossier-post/ops', 'cognito:groups': '[clerk:PO-BACKAN]' }],
    ['with claims of other types', { 'scope': ['dossier-post/clerk'], 'cognito:groups': { clerk: 'PO-BACKAN' } }],
    ['that would be the clock', { 'scope': 'dossier-post/clock', 'cognito:groups': '[clock:journey]' }],
  ])('a token %s is nobody’s', async (_what, claims) => {
    expect(await callerBy(claims)).toEqual(nobody);
  });

  it('a token that is nobody’s is refused with the request’s id, to be named to us', async () => {
    const answer = await call(seen, httpEventOf({ path: { dossierId: 'd-00000000' }, claims: undefined }));
    expect(JSON.parse(answer.body)).toMatchObject({ requestId: 'request-1' });
  });

  it('a token is looked at before the request: nobody is told what was wrong with it', async () => {
    expect(await registered({ claims: undefined, body: '}{' })).toEqual(nobody);
  });
});
