import { afterAll, describe, expect, it } from '@jest/globals';
import type { lookup } from 'node:dns';
import { createServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import * as z from 'zod';
import { receiverCalls } from '../../../adapters/http/call-receiver.ts';
import { isPublic, mayBeCalled, publicLookup } from '../../../adapters/http/public-address.ts';

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});
async function portOf(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return z.custom<AddressInfo>((address) => typeof address === 'object').parse(server.address()).port;
}

/** Somebody's name server: what each name leads to, time after time. */
function resolving(names: Readonly<Record<string, readonly (readonly string[])[]>>): {
  readonly resolve: typeof lookup;
  readonly asked: string[];
} {
  const asked: string[] = [];
  const answer = (hostname: string, _options: unknown, done: (...said: readonly unknown[]) => void): void => {
    const times = names[hostname] ?? [];
    const turn = asked.filter((one) => one === hostname).length;
    asked.push(hostname);
    const found = times[Math.min(turn, times.length - 1)];
    if (found === undefined) done(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));
    else
      done(
        null,
        found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
  };
  return { resolve: z.custom<typeof lookup>((fn) => typeof fn === 'function').parse(answer), asked };
}

const headers = { 'content-type': 'application/json' };

// Holds ADR 0040.
describe('whoever calls receivers', () => {
  it.each([
    '10.0.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.16.5.4',
    '192.168.1.1',
    '100.64.0.1',
    '0.0.0.0',
    '192.0.0.8',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    'fd00:ec2::254',
    '::ffff:127.0.0.1',
    '::ffff:169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    '2002:7f00:1::',
    '2001::1',
    'ff02::1',
    '::7f00:1',
    '64:ff9b:1::7f00:1',
    '3fff::1',
    '4000::1',
    'fe80::1%eth0',
    'no address',
  ])('whoever calls receivers takes %s for no public address', (address) => {
    expect(isPublic(address)).toBe(false);
  });

  it.each(['203.162.4.191', '1.1.1.1', '2606:4700:4700::1111', '2400:cb00::1'])(
    'whoever calls receivers takes %s for a public address',
    (address) => {
      expect(isPublic(address)).toBe(true);
    },
  );

  it('whoever calls receivers connects to no name that leads into a private network, on none of its addresses', async () => {
    const { resolve, asked } = resolving({
      'inside.example': [['10.0.0.1']],
      'both.example': [['203.162.4.191', '169.254.169.254']],
    });
    const call = receiverCalls({ toLoopback: false, mostMilliseconds: 2000, lookup: publicLookup(resolve) });
    for (const name of ['inside.example', 'both.example'])
      expect(await call(`https://${name}/hook`, headers, '{}')).toMatchObject({ fault: 'address-refused' });
    expect(asked).toEqual(['inside.example', 'both.example']);
  });

  it('whoever calls receivers looks at the address with every call: a name that leads elsewhere later is refused then', async () => {
    const { resolve } = resolving({ 'rebound.example': [['203.162.4.191'], ['127.0.0.1']] });
    const look = publicLookup(resolve);
    const told = async () =>
      new Promise((done) => {
        look('rebound.example', { all: true }, (error, addresses) => done(error?.name ?? addresses));
      });
    // The connection goes to what the look-up said, and asks nobody again.
    expect(await told()).toEqual([{ address: '203.162.4.191', family: 4 }]);
    expect(await told()).toBe('AddressRefused');
  });

  it('whoever calls receivers says of a name that is none that it was not found', async () => {
    const { resolve } = resolving({});
    const call = receiverCalls({ toLoopback: false, mostMilliseconds: 2000, lookup: publicLookup(resolve) });
    expect(await call('https://nowhere.example/hook', headers, '{}')).toMatchObject({ fault: 'not-found' });
  });

  it('whoever calls receivers does so without encryption on this machine alone, and only where a stage says so', () => {
    expect(mayBeCalled(true)('http://127.0.0.1:9/hook')).toBe(true);
    expect(mayBeCalled(false)('http://127.0.0.1:9/hook')).toBe(false);
    expect(mayBeCalled(true)('http://10.0.0.1/hook')).toBe(false);
    expect(mayBeCalled(true)('http://127.0.0.1.example/hook')).toBe(false);
    expect(mayBeCalled(true)('http://127.0.0.1@portal.example/hook')).toBe(false);
    expect(mayBeCalled(true)('https://127.0.0.1/hook')).toBe(false);
    expect(mayBeCalled(true)('https://0x7f.1/hook')).toBe(false);
  });

  it('whoever calls receivers waits no longer than he may, however slowly the answer drips', async () => {
    const port = await portOf(
      createTcpServer((socket) => {
        const drip = setInterval(() => socket.write('H'), 20);
        socket.on('close', () => clearInterval(drip)).on('error', () => {});
      }),
    );
    const call = receiverCalls({ toLoopback: true, mostMilliseconds: 200 });
    expect((await call(`http://127.0.0.1:${port}/hook`, headers, '{}')).fault).toBeDefined();
  });

  it.each([
    [200, undefined],
    [204, undefined],
    [299, undefined],
    [300, 'redirected'],
    [399, 'redirected'],
    [400, 'refused'],
    [503, 'refused'],
  ])('whoever calls receivers takes the answer %i for what it is: %s', async (status, fault) => {
    const server = createServer((_request, response) => void response.writeHead(status).end());
    const call = receiverCalls({ toLoopback: true, mostMilliseconds: 5_000 });
    const { tookMs, ...said } = await call(`http://127.0.0.1:${await portOf(server)}/`, headers, '{}');
    expect(said).toEqual({ status, ...(fault === undefined ? {} : { fault }) });
    expect(tookMs).toBeGreaterThanOrEqual(0);
  });

  it('whoever calls receivers hands over the headers, and the body as it was signed', async () => {
    const heard: unknown[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        heard.push(request.method, request.headers['content-type'], Buffer.concat(chunks).toString());
        response.end();
      });
    });
    const call = receiverCalls({ toLoopback: true, mostMilliseconds: 5_000 });
    await call(`http://127.0.0.1:${await portOf(server)}/`, headers, '{"vi":"Đã tiếp nhận"}');
    expect(heard).toEqual(['POST', 'application/json', '{"vi":"Đã tiếp nhận"}']);
  });

  it('whoever calls receivers follows no redirect', async () => {
    let followed = 0;
    const inside = await portOf(createServer((_request, answer) => void ((followed += 1), answer.end())));
    const port = await portOf(
      createServer((_request, answer) => answer.writeHead(302, { location: `http://127.0.0.1:${inside}/` }).end()),
    );
    const call = receiverCalls({ toLoopback: true, mostMilliseconds: 2000 });
    expect(await call(`http://127.0.0.1:${port}/hook`, headers, '{}')).toMatchObject({
      status: 302,
      fault: 'redirected',
    });
    expect(followed).toBe(0);
  });
});
