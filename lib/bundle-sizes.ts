import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Metafile } from 'esbuild';

/** The page that says what each function may weigh. */
export const sizesPage = 'docs/bundles.md';

/** A line of that page: kB, gzip. */
interface Entry {
  readonly size: number;
  /** What it weighs since, and why: what is not said does not count. */
  readonly grownTo: number | undefined;
  readonly why: string;
}

/** What each bundle in a folder weighs: kB, gzip, as whoever loads it counts. */
export function sizesIn(folder: string): ReadonlyMap<string, number> {
  return new Map(
    readdirSync(folder)
      .toSorted()
      .map((operation) => {
        const bytes = gzipSync(readFileSync(join(folder, operation, 'index.mjs')), { level: 9 }).length;
        return [operation, Math.ceil(bytes / 1000)];
      }),
  );
}

/** Bytes by package, or by folder of ours, the most first. */
export function contentsOf(metafile: Metafile, operation: string): readonly (readonly [string, number])[] {
  const [, output] = Object.entries(metafile.outputs).find(([file]) => file.endsWith(`/${operation}/index.mjs`)) ?? [];
  const bytes = new Map<string, number>();
  for (const [file, { bytesInOutput }] of Object.entries(output?.inputs ?? {})) {
    const what = ownerOf(file);
    bytes.set(what, (bytes.get(what) ?? 0) + bytesInOutput);
  }
  return [...bytes].toSorted(([, a], [, b]) => b - a);
}

function ownerOf(file: string): string {
  const [, installed] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file) ?? [];
  return installed ?? file.split('/').slice(0, 2).join('/');
}

const row = /^\| ([a-z-]+) \| (\d+) \| (\d*) \| (.*?) \|$/;

/** The lines of the page, by function. */
export function entriesIn(page: string): ReadonlyMap<string, Entry> {
  return new Map(
    page.split('\n').flatMap((line) => {
      const [, operation, size, grownTo, why] = row.exec(line) ?? [];
      if (operation === undefined) return [];
      return [[operation, { size: Number(size), grownTo: grownTo ? Number(grownTo) : undefined, why: why ?? '' }]];
    }),
  );
}

/** The page with a line for each function, those that are there as they are. */
export function pageWith(page: string, sizes: ReadonlyMap<string, number>): string {
  const known = entriesIn(page);
  const lines = page.split('\n');
  const first = lines.findIndex((line) => line.startsWith('|---')) + 1;
  const rows = [...sizes].map(([operation, measured]) => {
    const { size, grownTo = '', why } = known.get(operation) ?? { size: measured, why: '' };
    return `| ${operation} | ${size} | ${grownTo} | ${why} |`;
  });
  return [...lines.slice(0, first), ...rows, ...lines.slice(first + known.size)].join('\n');
}
