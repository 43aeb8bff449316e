import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { documents } from '../../contract/documents.ts';
import { operations } from '../../contract/operations.ts';

const root = new URL('../../', import.meta.url);
const folder = new URL('docs/api/', root);
const pages = readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), 'utf8')] as const);
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(new URL('package.json', root), 'utf8')));

/** Every path of the API that a text names. */
function pathsIn(text: string): readonly string[] {
  return [...text.matchAll(/(?<![\w/])\/v1\/[\w/{}.-]*/g)].map(([path]) => path.replace(/[./]$/, ''));
}
/** What stands in braces may be anything. */
const known = [...operations, ...documents].map(
  ({ path }) => new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
);

describe('the guide to the API', () => {
  it.each(pages)('%s names only operations that exist', (_name, text) => {
    expect(pathsIn(text).filter((path) => !known.some((pattern) => pattern.test(path)))).toEqual([]);
  });

  it.each(pages)('%s names only files that exist', (_name, text) => {
    const named = [...text.matchAll(/`((?:docs|client|examples|domain|contract|lib|test)\/[\w./-]*)`/g)].map(
      ([, path]) => path ?? '',
    );
    expect(named.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  });

  it.each(pages)('%s names only npm scripts that exist', (_name, text) => {
    const named = [...text.matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g)].map(([, script]) => script ?? '');
    expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });

  it('the guide leads to every page of its folder', () => {
    const guide = pages.find(([name]) => name === 'README.md')?.[1] ?? '';
    for (const [name] of pages) if (name !== 'README.md') expect(guide).toContain(`docs/api/${name}`);
  });
});
