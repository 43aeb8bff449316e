import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import type { Speaker } from '../../local/demo/traveller.ts';
import { aTown } from './a-town.ts';
import { open, registrationAt } from './roads.ts';
import { clerk, courier, officer, type Town } from './town.ts';

const Problem = z.looseObject({
  code: z.string(),
  version: z.int().optional(),
  requestId: z.string(),
  errors: z.array(z.looseObject({ pointer: z.string() })).default([]),
});

describe('a precondition', () => {
  let town: Town;
  let dossierId: string;
  aTown(async (booted) => {
    town = booted;
    dossierId = (await open(town, 'counter')).dossier.dossierId;
  });

  const read = async (speaker: Speaker, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    fetch(new URL(`/v1/dossiers/${dossierId}`, town.apiUrl), {
      headers: { authorization: `Bearer ${await town.bearer(speaker)}`, ...headers },
    });
  /** Sends each header as a line of its own, as `fetch` would not. */
  const post = async (path: string, body: unknown, headers: readonly string[]) =>
    new Promise<{ status: number | undefined; requestId: string; said: string }>((resolve, reject) => {
      const call = request(
        new URL(path, town.apiUrl),
        {
          method: 'POST',
          headers: ['host', new URL(town.apiUrl).host, 'content-type', 'application/json', ...headers],
        },
        (answer) => {
          text(answer).then(
            (said) =>
              resolve({ status: answer.statusCode, requestId: String(answer.headers['apigw-requestid']), said }),
            reject,
          );
        },
      );
      call.on('error', reject);
      call.end(JSON.stringify(body));
    });
  let events = 0;
  const scan = async (...tags: readonly string[]) => {
    events += 1;
    const body = {
      eventId: `precondition-${events}`,
      type: 'ReportedMissing',
      occurredAt: new Date(town.clock.now()).toISOString(),
      details: { reason: 'not-found-in-bag' },
    };
    const authorization = `Bearer ${await town.bearer(courier)}`;
    const { status, said, requestId } = await post(`/v1/dossiers/${dossierId}/events`, body, [
      'authorization',
      authorization,
      ...tags.flatMap((tag) => ['if-match', tag]),
    ]);
    const { data: problem } = Problem.safeParse(JSON.parse(said));
    if (problem !== undefined) expect(problem.requestId).toBe(requestId);
    return [status, problem?.code, problem?.version, ...(problem?.errors ?? []).map(({ pointer }) => pointer)];
  };

  it('a precondition of a read: who has it already is answered 304, until something happens', async () => {
    const first = await read(clerk);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"1-[\w-]{22}"$/);
    const again = await read(clerk, { 'if-none-match': etag });
    expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, '']);
    expect((await read(clerk, { 'if-none-match': '"1-somethingElse"' })).status).toBe(200);
  });

  it('a precondition of a read holds for who has it: another role sees other fields, and has another tag', async () => {
    const [clerks, officers] = await Promise.all([read(clerk), read(officer)]);
    expect(await clerks.json()).not.toEqual(await officers.json());
    expect(officers.headers.get('etag')).not.toBe(clerks.headers.get('etag'));
    expect((await read(officer, { 'if-none-match': clerks.headers.get('etag') ?? '' })).status).toBe(200);
  });

  it('a precondition of a change is the version of any reader’s tag; who has an older one is told the newer', async () => {
    const traveller = await open(town, 'counter');
    ({ dossierId } = traveller.dossier);
    const etag = (await read(clerk)).headers.get('etag') ?? '';
    expect(await scan('"2"')).toEqual([412, 'VersionMoved', 1]);
    expect(await scan('"5", "1"')).toEqual([400, 'InvalidRequest', undefined, '/header/if-match']);
    expect(await scan(etag, etag)).toEqual([400, 'InvalidRequest', undefined, '/header/if-match']);
    expect(await scan('1')).toEqual([400, 'InvalidRequest', undefined, '/header/if-match']);
    const before = await town.as(clerk).read(dossierId);
    expect(before.version).toBe(1);
    const collected = {
      eventId: 'precondition-collected',
      type: 'Cancelled',
      occurredAt: new Date(town.clock.now()).toISOString(),
      details: { reason: 'citizen-asked' },
    } as const;
    await town.as(clerk).record(dossierId, collected, before.version);
    expect(await scan(etag)).toEqual([412, 'VersionMoved', 2]);
    expect((await scan('*'))[1]).not.toBe('VersionMoved');
  });

  it('a precondition is not ignored where nothing compares it, and no key is there twice', async () => {
    const authorization = `Bearer ${await town.bearer(clerk)}`;
    const keyed = ['authorization', authorization, 'idempotency-key', 'precondition-0001'];
    const matched = await post('/v1/dossiers', registrationAt('counter'), [...keyed, 'if-match', '"1"']);
    expect(JSON.parse(matched.said)).toMatchObject({ status: 400, errors: [{ pointer: '/header/if-match' }] });
    const twice = await post('/v1/dossiers', registrationAt('counter'), [
      ...keyed,
      'idempotency-key',
      'precondition-0001',
    ]);
    expect(JSON.parse(twice.said)).toMatchObject({ status: 400, errors: [{ pointer: '/header/idempotency-key' }] });
    const timeline = await fetch(new URL(`/v1/dossiers/${dossierId}/timeline?limit=5&limit=5`, town.apiUrl), {
      headers: { authorization },
    });
    expect(await timeline.json()).toMatchObject({ status: 400, errors: [{ pointer: '/query/limit', example: '50' }] });
  });
});
