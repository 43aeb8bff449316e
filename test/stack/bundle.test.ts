import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { entriesIn, pageWith, sizesIn, sizesPage } from '../../lib/bundle-sizes.ts';
import { bundleAll } from '../../lib/bundle.ts';
import { functionsOf } from './functions.ts';
import { Synthesized } from './synthesized.ts';

const folder = mkdtempSync(join(tmpdir(), 'dossier-post-bundles-'));
await bundleAll(folder);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sizes = sizesIn(folder);
const page = readFileSync(sizesPage, 'utf8');
const functions = functionsOf(new Synthesized());
const sourceMap = z.object({ sources: z.array(z.string()), sourcesContent: z.never().optional() });

function reachesTables(environment: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(environment).some((name) => name.endsWith('_TABLE'));
}

// Holds ADR 0014 and ADR 0029.
describe('the bundles', () => {
  it('the bundles are one for each function', () => {
    expect(readdirSync(folder).toSorted()).toEqual(functions.map(({ operation }) => operation).toSorted());
  });

  it.each([
    ['confirm-scan', ['index.mjs', 'index.mjs.map', 'pdfium.wasm', 'scan-check.mjs', 'scan-check.mjs.map']],
    ['show-docs', ['docs.html', 'index.mjs', 'index.mjs.map']],
    ['show-openapi', ['index.mjs', 'index.mjs.map', 'openapi.json']],
    ['show-problem', ['index.mjs', 'index.mjs.map', 'problems.json']],
    ['read-timeline', ['index.mjs', 'index.mjs.map']],
    ['report-status', ['index.mjs', 'index.mjs.map']],
    ['publish-events', ['index.mjs', 'index.mjs.map']],
    ['send-webhooks', ['index.mjs', 'index.mjs.map']],
    ['record-bag', ['index.mjs', 'index.mjs.map']],
    ['read-custody', ['index.mjs', 'index.mjs.map']],
    ['list-messages', ['index.mjs', 'index.mjs.map']],
    ['read-clock', ['index.mjs', 'index.mjs.map']],
    ['print-paper', ['index.mjs', 'index.mjs.map']],
    ['record-event', ['index.mjs', 'index.mjs.map']],
    ['record-events', ['index.mjs', 'index.mjs.map']],
  ])('the bundle of %s has beside it what it reads, and no more', (operation, files) => {
    expect(readdirSync(join(folder, operation)).toSorted()).toEqual(files);
  });

  it('the bundles hold nothing of an earlier build', async () => {
    writeFileSync(join(folder, 'left-behind'), '');
    await bundleAll(folder);
    expect(readdirSync(folder)).not.toContain('left-behind');
  });

  it('the bundles and no others have a line each in docs/bundles.md (npm run bundle -- --write)', () => {
    expect(pageWith(page, sizes)).toBe(page);
  });

  describe.each(functions.map((one) => [one.operation, one] as const))('%s', (operation, { environment }) => {
    const file = join(folder, operation, 'index.mjs');
    const { sources } = sourceMap.parse(JSON.parse(readFileSync(`${file}.map`, 'utf8')));

    it('a bundle loads with its environment and nothing of the project beside it, and has a handler', () => {
      const load = `const { handler } = await import(${JSON.stringify(pathToFileURL(file).href)}); process.stdout.write(typeof handler);`;
      const run = spawnSync(process.execPath, ['--input-type=module', '--eval', load], {
        cwd: folder,
        env: { ...environment, AWS_REGION: 'ap-southeast-1' },
        encoding: 'utf8',
      });
      expect([run.stderr, run.stdout]).toEqual(['', 'function']);
    });

    it('a bundle is small enough to start at once', () => {
      const speaksS3 = sources.some((source) => source.includes('@aws-sdk/client-s3/'));
      expect(sizes.get(operation)).toBeLessThanOrEqual(speaksS3 ? 160 : 120);
    });

    it('a bundle grows by more than a tenth only with a reason (docs/bundles.md; npm run bundle)', () => {
      const { size, grownTo, why } = entriesIn(page).get(operation) ?? { size: 0, why: '' };
      expect(sizes.get(operation)).toBeLessThanOrEqual(1.1 * (grownTo ?? size));
      expect(grownTo === undefined).toBe(why === '');
    });

    it('a bundle carries no client of the SDK but that of S3', () => {
      expect(sources.filter((source) => /@aws-sdk\/client-(?!s3\/)/.test(source))).toEqual([]);
    });

    it(`a bundle ${reachesTables(environment) ? 'that is told of a table' : 'that is told of no table'} has the client of DynamoDB only then`, () => {
      expect(sources.some((source) => source.endsWith('adapters/aws/dynamodb.ts'))).toBe(reachesTables(environment));
    });

    it('a bundle speaks one language of zod, not all of them', () => {
      expect(sources.filter((source) => /zod\/.*\/locales\/(?!en\.js$)/.test(source))).toEqual([]);
    });

    it('a bundle carries nothing of the stack or the tests', () => {
      expect(
        sources.filter((source) =>
          /aws-cdk|\/(lib|bin|test|local)\/[^/]*\.ts$/.test(source.replace(/.*node_modules/, 'node_modules')),
        ),
      ).toEqual([]);
    });
  });
});
