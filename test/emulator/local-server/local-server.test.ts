import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLocalServer, type LocalServer } from '../../../emulator/local-server/local-server.ts';

// Holds ADR 0019.
describe('a port of this machine', () => {
  let server: LocalServer;
  const bodies: string[] = [];
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    bodies.push(await text(request));
    if (request.url === '/half') await sleep(20);
    response.end(`served ${request.url}`);
  };
  beforeAll(async () => {
    server = await startLocalServer({
      port: 0,
      hasNamesBelow: (request) => request.url !== '/_local/',
      admits: (request, origin) => origin === 'https://portal.example' || request.url === '/signed',
      serve: (request, response) => void serve(request, response),
    });
  });
  afterAll(() => server.close());

  /** Sends the lines of a request as they stand, and hands back the answer's status and body. */
  const send = async (line: string, headers: readonly string[], body = ''): Promise<[number, string]> => {
    const socket = connect(server.port, '127.0.0.1');
    const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
    socket.write([line, ...headers, ...length, 'Connection: close', '', body].join('\r\n'));
    const answer = await text(socket);
    return [Number(answer.slice(9, 12)), answer.slice(answer.indexOf('\r\n\r\n') + 4)];
  };
  const get = (...headers: readonly string[]) => send('GET /x HTTP/1.1', headers);
  const served = [200, expect.stringContaining('served')];

  it.each([
    '127.0.0.1',
    '127.0.0.1:4566',
    'localhost',
    'localhost:4566',
    'LocalHost:4566',
    'localhost.:4566',
    '[::1]:4566',
    'scans.localhost:4566',
    'a.b.s3.localhost',
    'scans.127.0.0.1:4566',
  ])('a port of this machine answers to the name %s', async (host) => {
    expect(await get(`Host: ${host}`)).toEqual(served);
  });

  it.each([
    'evil.example',
    'evil.example:4566',
    'EVIL.EXAMPLE',
    'evil.example.',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    'localhost@evil.example',
    'evil.example#localhost',
    'evil-localhost',
    'evillocalhost:4566',
    '.localhost',
    'localhost:4566:80',
    'localhost:evil',
    '0.0.0.0:4566',
    '[::ffff:127.0.0.1]',
    '[::]',
    '169.254.0.1',
    '192.168.1.7:4566',
    '2130706433',
  ])(
    'a port of this machine does not answer to the name %s, which a page may have given this machine',
    async (host) => {
      expect(await get(`Host: ${host}`)).toEqual([421, expect.stringContaining('127.0.0.1 and localhost only')]);
    },
  );

  it('a port of this machine answers to names below its own only where something has such names', async () => {
    expect((await send('GET /_local/ HTTP/1.1', ['Host: evil.localhost']))[0]).toBe(421);
  });

  it.each([
    ['no Host', 'GET /x HTTP/1.1', []],
    ['no Host, as HTTP/1.0 allows', 'GET /x HTTP/1.0', []],
    ['an empty Host', 'GET /x HTTP/1.1', ['Host:']],
    ['two Hosts', 'GET /x HTTP/1.1', ['Host: localhost', 'Host: evil.example']],
    ['two Hosts, the stranger first', 'GET /x HTTP/1.1', ['Host: evil.example', 'Host: localhost']],
    ['the same Host twice', 'GET /x HTTP/1.1', ['Host: localhost', 'Host: localhost']],
  ])('a port of this machine refuses a request with %s', async (_what, line, headers) => {
    expect([400, 421]).toContain((await send(line, headers))[0]);
  });

  it('a port of this machine takes a target in absolute form as the path that it is, when both names are its own', async () => {
    const headers = ['Host: localhost:4566'];
    expect(await send('GET http://127.0.0.1:4566/a/b?c=d HTTP/1.1', headers)).toEqual([200, 'served /a/b?c=d']);
    expect(await send('GET HTTP://LOCALHOST HTTP/1.1', headers)).toEqual([200, 'served /']);
    expect(await send('GET http://localhost?c=d HTTP/1.1', headers)).toEqual([200, 'served /?c=d']);
    expect((await send('GET http://evil.example/a HTTP/1.1', headers))[0]).toBe(421);
    expect((await send('GET http://localhost@evil.example/a HTTP/1.1', headers))[0]).toBe(421);
    expect((await send('GET http://localhost/a HTTP/1.1', ['Host: evil.example']))[0]).toBe(421);
  });

  const elsewhere = [403, expect.stringContaining('Pages of other sites')];
  const host = 'Host: localhost:4566';

  it.each([
    ['a fetch', ['Origin: https://evil.example', 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: cors']],
    ['a fetch of an old browser', ['Origin: https://evil.example']],
    ['a page in a sandbox', ['Origin: null', 'Sec-Fetch-Site: cross-site']],
    ['a page of another port', ['Origin: http://localhost:5173', 'Sec-Fetch-Site: same-site']],
    ['a page of another name of this machine', ['Origin: http://127.0.0.1:4566', 'Sec-Fetch-Site: cross-site']],
    ['a page with TLS', ['Origin: https://localhost:4566']],
    ['an extension', ['Origin: chrome-extension://abc']],
    ['an Origin that only begins like ours', ['Origin: http://localhost:4566.evil.example']],
    ['an image', ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: no-cors', 'Sec-Fetch-Dest: image']],
    ['a script', ['Sec-Fetch-Site: same-site', 'Sec-Fetch-Mode: no-cors', 'Sec-Fetch-Dest: script']],
    ['a frame', ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: iframe']],
    ['an object', ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: object']],
    ['a site that no standard knows', ['Sec-Fetch-Site: near-site']],
    ['our own Origin from another site', ['Origin: http://localhost:4566', 'Sec-Fetch-Site: cross-site']],
    [
      'a websocket',
      ['Origin: https://evil.example', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'],
    ],
  ])('a port of this machine gives nothing to %s from elsewhere', async (_what, headers) => {
    expect(await get(host, ...headers)).toEqual(elsewhere);
  });

  it('a port of this machine takes no form and no question from elsewhere, and reads none of it', async () => {
    bodies.length = 0;
    const from = [host, 'Origin: https://evil.example', 'Sec-Fetch-Site: cross-site'];
    const form = [...from, 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document'];
    expect(await send('POST /x HTTP/1.1', [...form, 'Content-Type: text/plain'], 'a=b')).toEqual(elsewhere);
    // A browser that strips the Origin still says that the form is another site's.
    expect(
      await send(
        'POST /x HTTP/1.1',
        [host, 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document'],
        'a=b',
      ),
    ).toEqual(elsewhere);
    expect(await send('OPTIONS /x HTTP/1.1', [...from, 'Access-Control-Request-Method: POST'])).toEqual(elsewhere);
    expect(bodies).toEqual([]);
  });

  it.each([
    ['programs', []],
    ['its own pages', ['Origin: http://localhost:4566', 'Sec-Fetch-Site: same-origin']],
    ['its own pages under a name in upper case', ['Origin: http://LOCALHOST:4566']],
    ['an address that somebody typed', ['Sec-Fetch-Site: none', 'Sec-Fetch-Mode: navigate']],
    [
      'a link that somebody followed',
      ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document'],
    ],
    ['a page that the service admits', ['Origin: https://portal.example', 'Sec-Fetch-Site: cross-site']],
  ])('a port of this machine lets in %s', async (_who, headers) => {
    expect(await get(host, ...headers)).toEqual(served);
  });

  it('a port of this machine lets in what the service itself judges', async () => {
    expect(await send('GET /signed HTTP/1.1', [host, 'Sec-Fetch-Site: cross-site'])).toEqual(served);
  });

  it('a port of this machine answers whoever has said all and closed that half of the connection', async () => {
    const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
    socket.end(`POST /half HTTP/1.1\r\n${host}\r\nContent-Length: 2\r\n\r\n{}`);
    expect(await text(socket)).toContain('served /half');
    const refused = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
    refused.end('GET /half HTTP/1.1\r\nHost: evil.example\r\n\r\n');
    expect(await text(refused)).toContain('421');
  });
});
