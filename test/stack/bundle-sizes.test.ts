import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { contentsOf, entriesIn, pageWith, sizesIn } from '../../lib/bundle-sizes.ts';

const page = `# What functions weigh

| function | kB | grown to | why |
|---|---|---|---|
| list-scans | 90 | 95 | a page more |
| read-desk | 80 |  |  |

Behind the table.
`;

describe('the page of what functions weigh', () => {
  it('the page has what each function may weigh, and why it has grown', () => {
    expect([...entriesIn(page)]).toEqual([
      ['list-scans', { size: 90, grownTo: 95, why: 'a page more' }],
      ['read-desk', { size: 80, grownTo: undefined, why: '' }],
    ]);
  });

  it('the page gets a line for each new function, loses those that are gone, and keeps the others as they are', () => {
    const sizes = new Map([
      ['a-new-one', 70],
      ['list-scans', 96],
    ]);
    expect(pageWith(page, sizes)).toBe(`# What functions weigh

| function | kB | grown to | why |
|---|---|---|---|
| a-new-one | 70 |  |  |
| list-scans | 90 | 95 | a page more |

Behind the table.
`);
  });
});

describe('what a bundle weighs', () => {
  it('a bundle weighs what its compressed bytes are in kilobytes, the last one counted whole', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bundles-'));
    // Noise cannot be compressed: gzip adds a few bytes to it.
    for (const [operation, bytes] of [
      ['b', 2_500],
      ['a', 10],
    ] as const) {
      mkdirSync(join(folder, operation));
      writeFileSync(join(folder, operation, 'index.mjs'), randomBytes(bytes));
    }
    expect([...sizesIn(folder)]).toEqual([
      ['a', 1],
      ['b', 3],
    ]);
    rmSync(folder, { recursive: true });
  });

  it('a bundle is told by package and by folder of ours, the heaviest first', () => {
    const input = (bytesInOutput: number) => ({ bytesInOutput });
    const output = { bytes: 100, imports: [], exports: [] };
    const inputs = {
      'domain/journey/rules.ts': input(30),
      'domain/codes/item-code.ts': input(5),
      'node_modules/zod/v4/core/a.js': input(40),
      'node_modules/@middy/core/index.js': input(7),
      'node_modules/@middy/core/node_modules/zod/index.js': input(2),
      'domain/journey/clocks.ts': input(20),
    };
    const outputs = {
      '.build/other-operation/index.mjs': { ...output, inputs: { 'adapters/log.ts': input(1) } },
      '.build/operation/index.mjs': { ...output, inputs },
    };
    expect(contentsOf({ inputs: {}, outputs }, 'operation')).toEqual([
      ['domain/journey', 50],
      ['zod', 42],
      ['@middy/core', 7],
      ['domain/codes', 5],
    ]);
    expect(contentsOf({ inputs: {}, outputs }, 'nothing')).toEqual([]);
  });
});
