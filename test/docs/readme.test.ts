import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import type { Place } from '../../domain/journey/places.ts';
import { happyWayFrom } from '../../domain/journey/rules.ts';

const root = new URL('../../', import.meta.url);
function textOf(path: string): string {
  return readFileSync(new URL(path, root), 'utf8');
}
const readme = textOf('README.md');

describe('the README tells the truth of today', () => {
  it('the README tells the happy way as the table has it', () => {
    const way: string[] = [];
    for (let place: Place | undefined = 'Collected'; place !== undefined; place = happyWayFrom(place)) way.push(place);
    expect(readme).toContain(way.join(' → '));
  });

  it('the README fits on a page', () => {
    expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(120);
  });

  it('the README names only npm scripts that exist', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(textOf('package.json')));
    const named = [...readme.matchAll(/npm (?:run )?(start|test|[a-z-]+(?=`| -| {2,}| #|\n))/g)]
      .map(([, script]) => script)
      .filter((script) => script !== 'ci' && script !== 'run');
    expect(named).toContain('start');
    expect(named.filter((script) => script === undefined || !Object.hasOwn(scripts, script))).toEqual([]);
  });

  it('the README names only files and folders that exist', () => {
    const named = [
      ...readme.matchAll(/`((?:domain|contract|lambdas|adapters|statemachines|lib|bin|local|test|docs)\/[\w./-]*)`/g),
    ].map(([, path]) => path);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((path) => path === undefined || !existsSync(new URL(path, root)))).toEqual([]);
  });

  it('the README lists every decision, and every decision is a page', () => {
    const index = textOf('docs/adr/README.md');
    const pages = [...index.matchAll(/\((\d{4}-[\w-]+\.md)\)/g)].map(([, page]) => page ?? '');
    expect(pages).toEqual(
      readdirSync(new URL('docs/adr/', root))
        .filter((file) => /^\d{4}-/.test(file))
        .toSorted(),
    );
    for (const page of pages) expect(textOf(`docs/adr/${page}`).split('\n').length).toBeLessThan(60);
  });
});
