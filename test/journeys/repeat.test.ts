import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { aTown } from './a-town.ts';
import { registrationAt } from './roads.ts';
import { clerk, type Town } from './town.ts';

const hour = 3_600_000;
const Item = z.looseObject({ pk: z.string(), holder: z.string(), answer: z.string().optional() });

describe('a registration that is sent again', () => {
  let town: Town;
  let people: { items(): Promise<readonly z.output<typeof Item>[]>; put(item: Record<string, unknown>): Promise<void> };
  aTown((booted) => {
    town = booted;
    const client = DynamoDBDocumentClient.from(
      new DynamoDBClient({ endpoint: town.awsUrl, region: 'ap-southeast-1', credentials: town.accessKey }),
    );
    people = {
      items: async () => {
        const { Items } = await client.send(new ScanCommand({ TableName: town.people, ConsistentRead: true }));
        return (Items ?? []).flatMap((item) => Item.safeParse(item).data ?? []);
      },
      put: async (item) => void (await client.send(new PutCommand({ TableName: town.people, Item: item }))),
    };
  });

  const send = async (key: string, change: Readonly<Record<string, unknown>> = {}) => {
    const response = await fetch(new URL('/v1/dossiers', town.apiUrl), {
      method: 'POST',
      body: JSON.stringify({ ...registrationAt('counter'), ...change }),
      headers: {
        'authorization': `Bearer ${await town.bearer(clerk)}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
    });
    return {
      status: response.status,
      replayed: response.headers.get('idempotency-replayed'),
      location: response.headers.get('location'),
      retryAfter: response.headers.get('retry-after'),
      body: await response.text(),
    };
  };
  const idIn = (body: string): string => z.object({ dossierId: z.string() }).parse(JSON.parse(body)).dossierId;

  it('a registration that is sent again is answered as the first time, whatever has become of its dossier', async () => {
    const first = await send('repeat-0001');
    expect(first).toMatchObject({ status: 201, replayed: null, location: `/v1/dossiers/${idIn(first.body)}` });
    await town.as(clerk).record(idIn(first.body), {
      eventId: 'repeat-cancelled',
      type: 'Cancelled',
      occurredAt: new Date(town.clock.now()).toISOString(),
      details: { reason: 'citizen-asked' },
    });
    expect(await send('repeat-0001')).toEqual({ ...first, replayed: 'true' });
    const kept = (await people.items()).filter(({ pk }) => pk.startsWith('ANSWER#'));
    expect(JSON.stringify(kept)).toContain(idIn(first.body));
    expect(JSON.stringify(kept)).not.toContain('repeat-0001');
  });

  it('a registration that is sent again with another body is refused, and the header is named', async () => {
    await send('repeat-0002');
    const other = await send('repeat-0002', { communeId: 'CM-01840' });
    expect(JSON.parse(other.body)).toMatchObject({
      status: 422,
      code: 'IdempotencyKeyReused',
      errors: [{ pointer: '/header/idempotency-key', example: 'order-2026-000017' }],
    });
  });

  it('a registration that was refused leaves its key to a better one', async () => {
    expect((await send('repeat-0003', { procedureCode: '9.999999' })).status).toBe(422);
    expect((await send('repeat-0003')).status).toBe(201);
  });

  it('a registration that is sent again while the first is on its way is told to come again, and is done when that has died', async () => {
    await send('repeat-0004', { procedureCode: '9.999999' });
    const [given] = (await people.items()).filter(
      ({ pk, expiresAt }) => pk.startsWith('ANSWER#') && Number(expiresAt) <= town.clock.now() / 1000,
    );
    const first = await send('repeat-0004');
    const [row] = (await people.items()).filter(({ pk }) => pk === given?.pk);
    const { answer: _answer, ...claimed } = Item.parse(row);
    await people.put({ ...claimed, leaseUntil: town.clock.now() + 30_000 });
    const copy = await send('repeat-0004');
    expect(copy).toMatchObject({ status: 409, retryAfter: '2' });
    expect(JSON.parse(copy.body)).toMatchObject({ code: 'StillInFlight', retryable: true, retryAfter: 2 });
    await town.clock.jumpTo(town.clock.now() + 31_000);
    const again = await send('repeat-0004');
    expect([again.status, idIn(again.body)]).toEqual([200, idIn(first.body)]);
    expect(await send('repeat-0004')).toEqual({ ...again, replayed: 'true' });
  });

  it('a registration that is sent again after its answer has expired finds its dossier as it is, and opens no second', async () => {
    const first = await send('repeat-0005');
    await town.clock.jumpTo(town.clock.now() + 7 * 24 * hour);
    const late = await send('repeat-0005');
    expect([late.status, late.replayed, idIn(late.body)]).toEqual([200, null, idIn(first.body)]);
  });

  it('five copies of a registration at once are told the same, and one of them was first', async () => {
    const all = await Promise.all(Array.from({ length: 5 }, async () => send('repeat-0006')));
    expect(new Set(all.map(({ status, body }) => `${status} ${body}`)).size).toBe(1);
    expect(all.filter(({ replayed }) => replayed === null)).toHaveLength(1);
  });
});
