import { PutObjectCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import axe from 'axe-core';
import * as z from 'zod';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { createAwsEndpoint } from '../../../emulator/aws-endpoint/aws-endpoint.ts';
import { plainSignIn } from '../../../emulator/cognito/sign-in.ts';
import { startCognito } from '../../../emulator/cognito/start-cognito.ts';
import { createFaults } from '../../../emulator/faults.ts';
import { createConsole } from '../../../emulator/console/console.ts';
import { besideS3 } from '../../../emulator/control.ts';
import type { LocalServer } from '../../../emulator/local-server/local-server.ts';
import { startLocalServer } from '../../../emulator/local-server/local-server.ts';
import { startS3, type S3 } from '../../../emulator/s3/start-s3.ts';
import { clientOf, poolOf } from '../cognito/local-pool.ts';
import { workbench, type Workbench } from '../stepfunctions/workbench.ts';
import { everyKey } from '../signing.ts';

/** Debian's Chromium, or the one that CHROMIUM names. */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const isHere = existsSync(executablePath);
const inBrowser = isHere ? it : it.skip;
const why = isHere ? '' : ` (skipped: there is no Chromium at ${executablePath})`;

/** What the page of a test does in a browser: asks, and hands back what it could read of the answer. */
interface Asked {
  readonly url: string;
  readonly method?: string;
  readonly mode?: 'cors' | 'no-cors';
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

// Holds ADR 0019.
describe(`a page in a browser on this machine${why}`, () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hostile-page-'));
  let browser: Browser | undefined;
  let bench: Workbench;
  let s3: S3;
  let aws: LocalServer;
  let api: LocalServer;
  let pages: Server;
  let pagesPort = 0;
  let reached: string[] = [];
  let client: S3Client;

  beforeAll(async () => {
    if (!isHere) return;
    // Every name of a test leads to this machine, as that of a hostile page may.
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--host-resolver-rules=MAP *.example 127.0.0.1'],
    });
    pages = createServer((_request, response) => void response.setHeader('content-type', 'text/html').end('<p>page'));
    pages.listen(0, '127.0.0.1');
    await once(pages, 'listening');
    const address = pages.address();
    pagesPort = typeof address === 'object' && address !== null ? address.port : 0;
    bench = await workbench();
    s3 = startS3({ dataDir, clock: bench.clock, findKey: everyKey });
    const portal = `http://portal.example:${pagesPort}`;
    s3.ensureBucket(
      { CorsConfiguration: { CorsRules: [{ AllowedMethods: ['POST', 'GET'], AllowedOrigins: [portal] }] } },
      'scans',
    );
    const { issuer, hosted, appClients } = await startCognito({
      pool: poolOf(clientOf('phone', { callbackUrls: [`${portal}/signed-in`] })),
      directory: join(dataDir, 'issuer'),
      storeId: 'store',
      clock: bench.clock,
      people: [{ username: 'ana', groups: ['clerks'] }],
      url: 'http://127.0.0.1:4566',
    });
    const faults = createFaults([], bench.clock);
    const all = besideS3(s3, {
      clock: bench.clock,
      faults,
      issuer,
      hosted,
      appClients,
      signIn: plainSignIn,
      pages: createConsole({
        stepFunctions: Promise.resolve(bench.sfn),
        clock: bench.clock,
        faults,
        outbox: { list: () => [] },
      }),
    });
    aws = await createAwsEndpoint({
      port: 0,
      dynamodb: { endpoint: 'http://127.0.0.1:1', noteWrite: () => {}, streamRefusal: () => undefined },
      stepFunctions: bench.sfn,
      gate: (_caller, target) => {
        reached.push(target);
        return undefined;
      },
      s3: {
        ...all,
        handle: async (request, response) => {
          // A browser asks for the icon of a refusal, too; a question before a request gives nothing.
          if (request.method !== 'OPTIONS' && request.url !== '/favicon.ico')
            reached.push(`${request.method} ${request.url}`);
          await all.handle(request, response);
        },
      },
      findKey: everyKey,
    });
    api = await startLocalServer({
      port: 0,
      serve: (request, response) => {
        if (request.url !== '/favicon.ico') reached.push(`${request.method} ${request.url}`);
        response.end('a secret of the API');
      },
    });
    client = new S3Client({
      endpoint: aws.url,
      region: 'ap-southeast-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      forcePathStyle: true,
    });
    const hostile = '<title>object</title><script>document.title = "ran"</script>';
    await client.send(new PutObjectCommand({ Bucket: 'scans', Key: 'page', Body: hostile, ContentType: 'text/html' }));
  });
  afterAll(async () => {
    await browser?.close();
    if (isHere) {
      await Promise.all([aws.close(), api.close(), new Promise((resolve) => pages.close(resolve))]);
      s3.close();
      await bench.sfn.close();
    }
    rmSync(dataDir, { recursive: true });
  });
  beforeEach(() => {
    reached = [];
  });

  const open = async (url: string): Promise<Page> => {
    if (browser === undefined) throw new Error('there is no browser');
    const page = await browser.newPage();
    await page.goto(url);
    return page;
  };
  const pageOf = (name: string) => open(`http://${name}.example:${pagesPort}/`);
  /** What the page can read of each answer: its status and text, or that it could read nothing. */
  const ask = (page: Page, all: readonly Asked[]) =>
    page.evaluate(
      (asked) =>
        Promise.all(
          asked.map(async ({ url, ...init }) => {
            try {
              const answer = await fetch(url, init);
              return answer.type === 'opaque' ? 'nothing' : `${answer.status} ${await answer.text()}`;
            } catch {
              return 'nothing';
            }
          }),
        ),
      all,
    );
  const form = () =>
    createPresignedPost(client, { Bucket: 'scans', Key: 'uploaded', Expires: 600 }).then(({ url, fields }) => ({
      url,
      fields,
    }));
  /** Uploads as a portal does. @returns the status; 0 when the page could not read it */
  const upload = async (page: Page): Promise<number> =>
    page.evaluate(
      async ({ url, fields }) => {
        const body = new FormData();
        for (const [name, value] of Object.entries(fields)) body.append(name, value);
        body.append('file', new Blob(['scan']), 'scan.pdf');
        try {
          return (await fetch(url, { method: 'POST', body })).status;
        } catch {
          return 0;
        }
      },
      await form(),
    );
  const kept = () => readdirSync(join(dataDir, 's3', 'bodies')).length;

  inBrowser('a page in a browser of another site reads nothing and writes nothing, whatever it tries', async () => {
    const page = await pageOf('evil');
    const target = { 'x-amz-target': 'AWSStepFunctions.ListStateMachines' };
    const text = { 'content-type': 'text/plain' };
    expect(
      await ask(page, [
        { url: `${aws.url}/`, method: 'POST', headers: target, body: '{}' },
        { url: `${aws.url}/`, method: 'POST', mode: 'no-cors', headers: text, body: 'Action=GetCallerIdentity' },
        { url: `${aws.url}/scans/page` },
        { url: `${aws.url}/scans/page`, mode: 'no-cors' },
        { url: `${aws.url}/_local/` },
        { url: `${aws.url}/_local/clock`, mode: 'no-cors' },
        { url: `${aws.url}/_local/clock`, method: 'POST', mode: 'no-cors', headers: text, body: '{"move":"+1d"}' },
        { url: `${aws.url}/_local/token`, method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' },
        { url: `${api.url}/t/1` },
        { url: `${api.url}/t/1`, mode: 'no-cors' },
        { url: `${api.url}/v1/dossiers`, method: 'POST', mode: 'no-cors', headers: text, body: '{}' },
      ]),
    ).toEqual(Array.from({ length: 11 }, () => 'nothing'));
    const noteLoaded = `onload="document.title = 'loaded'"`;
    await page.setContent(
      `<title></title><img src="${aws.url}/scans/page" ${noteLoaded}><script src="${aws.url}/_local/assets/live.js" ${noteLoaded}></script><script src="${api.url}/t/1" ${noteLoaded}></script>`,
      { waitUntil: 'networkidle' },
    );
    expect(await page.title()).toBe('');
    const connects = await page.evaluate(
      (urls) =>
        Promise.all(
          urls.map(
            (url) =>
              new Promise((resolve) => {
                const socket = new WebSocket(url);
                socket.addEventListener('open', () => resolve(true));
                socket.addEventListener('error', () => resolve(false));
              }),
          ),
        ),
      [`ws://127.0.0.1:${aws.port}/`, `ws://127.0.0.1:${api.port}/`],
    );
    expect(connects).toEqual([false, false]);
    expect(reached).toEqual([]);
  });

  inBrowser(
    'a page in a browser of another site plants nothing by a form, not even with a form that somebody signed',
    async () => {
      const page = await pageOf('evil');
      const before = kept();
      expect(await upload(page)).toBe(0);
      const { url, fields } = await form();
      const answered = page.waitForResponse(url);
      const inputs = Object.entries({ ...fields, file: 'planted' }).map(
        ([name, value]) => `<input name="${name}" value="${value}">`,
      );
      await page.setContent(
        `<form action="${url}" method="post" enctype="multipart/form-data">${inputs.join('')}<button>Win</button></form>`,
      );
      await page.click('button');
      expect((await answered).status()).toBe(403);
      expect([kept(), reached]).toEqual([before, []]);
    },
  );

  inBrowser('a page in a browser is told nothing under a name of its own that was made to lead here', async () => {
    for (const { port } of [aws, api]) {
      const page = await open(`http://rebound.example:${port}/_local/`);
      expect(await page.textContent('body')).toContain('127.0.0.1 and localhost only');
      expect(
        await ask(page, [
          { url: '/', method: 'POST', headers: { 'x-amz-target': 'AWSStepFunctions.ListStateMachines' }, body: '{}' },
        ]),
      ).toEqual([expect.stringMatching(/^421 /)]);
    }
    expect(reached).toEqual([]);
  });

  inBrowser('a page in a browser of the portal uploads by a signed form, and reads by a signed link', async () => {
    const page = await pageOf('portal');
    expect(await upload(page)).toBe(204);
    const url = await getSignedUrl(client, new GetObjectCommand({ Bucket: 'scans', Key: 'uploaded' }));
    expect(await ask(page, [{ url }])).toEqual(['200 scan']);
  });

  inBrowser('a page in a browser that is an object runs nothing under our address', async () => {
    const page = await open(await getSignedUrl(client, new GetObjectCommand({ Bucket: 'scans', Key: 'page' })));
    expect(await page.title()).toBe('object');
  });

  const query = (redirectUri: string) =>
    new URLSearchParams({ response_type: 'code', client_id: 'phone', redirect_uri: redirectUri }).toString();
  const callback = () => `http://portal.example:${pagesPort}/signed-in`;

  inBrowser('a page in a browser of another site signs nobody in, neither by a form nor in a frame', async () => {
    const page = await pageOf('evil');
    const login = `${aws.url}/login?${query(callback())}`;
    const answered = page.waitForResponse(login);
    await page.setContent(
      `<form action="${login.replaceAll('&', '&amp;')}" method="post"><input name="person" value="ana"><button>Win</button></form>`,
    );
    await page.click('button');
    expect((await answered).status()).toBe(403);
    const other = await pageOf('evil');
    const framed = other.waitForResponse(login);
    await other.setContent(`<iframe src="${login.replaceAll('&', '&amp;')}"></iframe>`);
    expect((await framed).status()).toBe(403);
  });

  inBrowser(
    'a page in a browser of the portal leads a person to sign in, and gets the tokens for the code',
    async () => {
      const page = await pageOf('portal');
      const link = `${aws.url}/oauth2/authorize?${query(callback())}`.replaceAll('&', '&amp;');
      await page.setContent(`<a href="${link}">Sign in</a>`);
      await page.click('a');
      await page.click('button[value=ana]');
      await page.waitForURL(/signed-in\?code=/);
      const code = new URL(page.url()).searchParams.get('code') ?? '';
      const exchange = { grant_type: 'authorization_code', client_id: 'phone', redirect_uri: callback(), code };
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const body = new URLSearchParams(exchange).toString();
      expect(await ask(page, [{ url: `${aws.url}/oauth2/token`, method: 'POST', headers, body }])).toEqual([
        expect.stringMatching(/^200 .*"access_token"/),
      ]);
    },
  );

  inBrowser(
    'a page in a browser that signs people in works without script, and axe finds no fault with it',
    async () => {
      if (browser === undefined) throw new Error('there is no browser');
      const login = `${aws.url}/login?${query(callback())}`;
      const judged = await open(login);
      await judged.evaluate(axe.source);
      const { violations } = z.object({ violations: z.array(z.unknown()) }).parse(await judged.evaluate('axe.run()'));
      expect(violations).toEqual([]);
      const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
      await page.goto(login);
      await page.getByLabel('Name').fill('Bình');
      await page.getByLabel('Groups').fill('clerks');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL(/signed-in\?code=/);
    },
  );

  inBrowser('a page in a browser may lead to the pages for operators, which see to themselves', async () => {
    const page = await pageOf('portal');
    await page.setContent(`<a href="${aws.url}/_local/">operators</a>`);
    await page.click('a');
    await page.waitForURL(`${aws.url}/_local/`);
    expect(await page.title()).toContain('xecution');
  });
});
