import { existsSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import * as z from 'zod';
import { desk, journeyDefinition, journeyInput, small, type Desk } from './desk.ts';

/** Debian's Chromium, or the one that CHROMIUM names. Playwright's own would have to be downloaded. */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const isHere = existsSync(executablePath);
const inBrowser = isHere ? it : it.skip;
const why = isHere
  ? ''
  : ` (skipped: there is no Chromium at ${executablePath}; install Debian’s package chromium or set CHROMIUM)`;

const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let browser: Browser | undefined;
let at: Desk;
/**
 * What went wrong in any page: errors, refusals of the content policy, boxes that a script opened, requests to others.
 */
let trouble: string[] = [];
beforeAll(async () => {
  // Playwright gives each start a new, empty user data directory.
  if (isHere) browser = await chromium.launch({ executablePath, args });
});
afterAll(() => browser?.close());
beforeEach(async () => {
  trouble = [];
  at = await desk();
});
afterEach(async () => {
  await Promise.all((browser?.contexts() ?? []).map((context) => context.close()));
  await at.close();
});

async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  if (browser === undefined) throw new Error('there is no browser');
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })).newPage();
  page.on('pageerror', ({ message }) => trouble.push(message));
  page.on('console', (message) => {
    // A page that says 404 says so here too.
    if (message.type() === 'error' && !message.text().includes('404')) trouble.push(message.text());
  });
  page.on('dialog', (dialog) => {
    trouble.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(at.url) && !request.url().startsWith('data:')) trouble.push(`asked ${request.url()}`);
  });
  await page.goto(`${at.url}${path}`);
  return page;
}

async function startJourney(name: string): Promise<void> {
  await at.bench.start(await at.bench.machine('journey', journeyDefinition), journeyInput(name, 'AtAgency'), name);
  await at.bench.sfn.idle();
}
async function startSmall(name: string, input: unknown = {}): Promise<string> {
  const arn = await at.bench.start(await at.bench.machine('small', small), input, name);
  await at.bench.sfn.idle();
  return arn;
}
async function succeed(): Promise<void> {
  await at.bench.call('SendTaskSuccess', { taskToken: at.bench.token(), output: '{}' });
  await at.bench.sfn.idle();
}
/** The token that the journey's last place wrote into its WAIT item. */
function token(): string {
  const { ExpressionAttributeValues: values } = Waiting.parse(at.bench.dynamodbCalls.at(-1)?.body);
  return values[':token'].S;
}
function look(state: string) {
  return `.graph [data-state="${state}"]`;
}
function stroke(page: Page, state: string) {
  return page.evaluate(`getComputedStyle(document.querySelector('${look(state)} .box')).stroke`);
}

describe(`the pages in a browser${why}`, () => {
  inBrowser(
    'the pages in a browser lead from the list to an execution, whose place stands out in the graph by colour, sign, word and pattern',
    async () => {
      await startJourney('d1');
      const page = await open('/');
      await page.getByRole('link', { name: 'd1', exact: true }).click();
      expect(await page.title()).toBe('d1 · Execution · dossier-post');
      expect(await page.locator(look('AtAgency')).getAttribute('data-look')).toBe('waiting');
      expect(await page.locator(`${look('AtAgency')} text`).allTextContents()).toEqual(
        expect.arrayContaining(['AtAgency', 'Tại cơ quan', '◔', expect.stringContaining('Waiting')]),
      );
      expect(await page.locator(`${look('AtAgency')} .band`).getAttribute('fill')).toBe('url(#pattern-waiting)');
      expect(
        new Set(await Promise.all(['AtAgency', 'Resume', 'Delivered'].map((state) => stroke(page, state)))).size,
      ).toBe(3);
      expect(await page.locator('.graph .edge.taken title').allTextContents()).toEqual(['Resume → AtAgency']);
      expect(trouble).toEqual([]);
    },
  );

  inBrowser('the pages in a browser draw no text out of its box', async () => {
    await startJourney('d1');
    const page = await open('/_local/executions/journey/d1');
    const outside = await page.evaluate(`[...document.querySelectorAll('.graph .state')].flatMap((state) => {
      const box = state.querySelector('.box').getBoundingClientRect();
      return [...state.querySelectorAll('a > text')].filter((text) => text.getBoundingClientRect().right > box.right).map((text) => text.textContent);
    })`);
    expect(outside).toEqual([]);
  });

  inBrowser(
    'the pages in a browser can be used with the keyboard alone: past the head, through the graph, to a state’s row',
    async () => {
      await startJourney('d1');
      const page = await open('/_local/executions/journey/d1');
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to content');
      await page.keyboard.press('Enter');
      let state: unknown;
      for (let presses = 0; presses < 60 && state !== 'AtAgency'; presses++) {
        await page.keyboard.press('Tab');
        state = await page.evaluate("document.activeElement.closest('[data-state]')?.dataset.state");
      }
      expect(state).toBe('AtAgency');
      expect(await page.evaluate("getComputedStyle(document.activeElement.querySelector('.box')).strokeWidth")).toBe(
        '4px',
      );
      // Its quiet ways show while the keyboard is on it.
      expect(
        await page.evaluate(`getComputedStyle(document.querySelector('${look('AtAgency')} .pointed-at')).visibility`),
      ).toBe('visible');
      await page.keyboard.press('Enter');
      expect(await page.evaluate("document.querySelector(':target').dataset.state")).toBe('AtAgency');
      expect(trouble).toEqual([]);
    },
  );

  inBrowser('the pages in a browser stop an execution after asking, without JavaScript too', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const name = `stopped-${String(javaScriptEnabled)}`;
      const arn = await startSmall(name);
      const page = await open(`/_local/executions/small/${name}`, { javaScriptEnabled });
      await page.getByRole('link', { name: 'Stop execution' }).click();
      expect((await at.bench.describe(arn)).status).toBe('RUNNING');
      await page.getByLabel('Cause (optional)').fill('gửi nhầm');
      await page.getByRole('button', { name: 'Stop execution' }).click();
      expect(await page.getByRole('status').textContent()).toBe('Execution stopped.');
      expect(await at.bench.describe(arn)).toMatchObject({ status: 'ABORTED', cause: 'gửi nhầm' });
      expect(await page.locator(look('Here')).getAttribute('data-look')).toBe('stopped');
    }
    expect(trouble).toEqual([]);
  });

  inBrowser(
    'the pages in a browser jump the clock to the next timer and show what that brought, and redrive what was stopped',
    async () => {
      const arn = await startSmall('jumped');
      const page = await open('/_local/executions/small/jumped');
      await page.getByRole('link', { name: 'Jump the clock to its next timer' }).click();
      const promised = await page.locator('form time').nth(1).textContent();
      await page.getByRole('button', { name: 'Jump the clock' }).click();
      expect((await page.locator('#clock time').textContent())?.slice(0, 16)).toBe(promised?.slice(0, 16));
      expect([
        await page.locator(look('Here')).getAttribute('data-look'),
        await page.locator(look('There')).getAttribute('data-look'),
      ]).toEqual(['caught', 'waiting']);
      await at.bench.call('StopExecution', { executionArn: arn });
      await page.reload();
      await page.getByRole('link', { name: 'Redrive' }).click();
      await page.getByRole('button', { name: 'Redrive' }).click();
      expect((await at.bench.describe(arn)).status).toBe('RUNNING');
      expect(trouble).toEqual([]);
    },
  );

  inBrowser(
    'the pages in a browser follow what happens by themselves, and leave alone what a person has opened and where the keyboard is',
    async () => {
      await startSmall('followed');
      const page = await open('/_local/executions/small/followed');
      await page.locator('#details-2 summary').click();
      await page.locator(`${look('Done')} a`).focus();
      await succeed();
      await page.locator(`${look('There')}[data-look="waiting"]`).waitFor();
      expect(await page.locator('#details-2').getAttribute('open')).toBe('');
      expect(await page.evaluate("document.activeElement.closest('[data-state]')?.dataset.state")).toBe('Done');
      expect(trouble).toEqual([]);
    },
  );

  inBrowser('the pages in a browser run nothing that an execution holds', async () => {
    await startSmall('evil', { evil: '</pre><script>alert(1)</script><img src=x onerror=alert(1)>' });
    const page = await open('/_local/executions/small/evil');
    await page.locator('#execution-input summary').click();
    expect(await page.locator('#execution-input pre').textContent()).toContain('<script>alert(1)</script>');
    expect([await page.locator('main script').count(), trouble]).toEqual([0, []]);
  });

  inBrowser(
    'the pages in a browser have nothing that axe finds fault with, nor too little contrast in the dark',
    async () => {
      await startJourney('d1');
      await at.bench.call('SendTaskFailure', {
        taskToken: token(),
        error: 'SupplementRequested',
        cause: '{"followed":2}',
      });
      await at.bench.sfn.idle();
      const page = await open('/_local/');
      const faults = async (path: string, rules: string): Promise<unknown> => {
        await page.goto(`${at.url}${path}`);
        await page.evaluate('for (const closed of document.querySelectorAll("details")) closed.open = true');
        await page.evaluate(axe.source);
        const { violations } = Found.parse(await page.evaluate(`axe.run({ runOnly: ${rules} })`));
        return violations.map(({ id, nodes }) => [path, id, nodes.map(({ html }) => html).slice(0, 3)]);
      };
      const all = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']";
      for (const path of [
        '/_local/',
        '/_local/?name=none',
        '/_local/executions/journey/d1',
        '/_local/executions/journey/d1/stop',
        '/_local/executions/journey/d1/jump',
        '/_local/nothing',
      ]) {
        expect(await faults(path, all)).toEqual([]);
      }
      await page.emulateMedia({ colorScheme: 'dark' });
      for (const path of ['/_local/', '/_local/executions/journey/d1', '/_local/executions/journey/d1/stop'])
        expect(await faults(path, "['color-contrast']")).toEqual([]);
      expect(trouble).toEqual([]);
    },
  );

  inBrowser('the pages in a browser need no sideways scrolling of the page on a phone', async () => {
    await startJourney('d1');
    const page = await open('/_local/', { viewport: { width: 320, height: 640 } });
    for (const path of ['/_local/', '/_local/executions/journey/d1', '/_local/executions/journey/d1/stop']) {
      await page.goto(`${at.url}${path}`);
      expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, 320]);
    }
  });
});

const Waiting = z.object({ ExpressionAttributeValues: z.object({ ':token': z.object({ S: z.string() }) }) });
const Found = z.object({
  violations: z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) })),
});
