import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';

/**
 * A file that stands where it should not import what it imports, and the rule that must say so. Those that go round the
 * door hold ADR 0026.
 */
const refused = [
  ['domain/law.ts', `import * as z from 'zod'`, 'domain-knows-nothing'],
  ['domain/law.ts', `import type { App } from 'aws-cdk-lib'`, 'domain-knows-nothing'],
  ['domain/law.ts', `import { readFileSync } from 'node:fs'`, 'domain-knows-nothing'],
  ['domain/law.ts', `import type { It } from '../contract/it.ts'`, 'domain-knows-nothing'],
  ['domain/law.ts', `export type { It } from '../contract/it.ts'`, 'domain-knows-nothing'],
  ['domain/law.ts', `export const it = await import('../contract/it.ts')`, 'domain-knows-nothing'],
  ['contract/operation.ts', `import { randomUUID } from 'node:crypto'`, 'contract'],
  ['contract/operation.ts', `import type { It } from '../adapters/it.ts'`, 'contract'],
  ['contract/operation.ts', `import { S3Client } from '@aws-sdk/client-s3'`, 'contract'],
  ['statemachines/journey.ts', `import { it } from '../contract/it.ts'`, 'statemachines'],
  ['examples/portal.ts', `import { it } from '../contract/it.ts'`, 'examples'],
  ['client/call.ts', `import { it } from '../adapters/it.ts'`, 'client'],
  ['client/call.ts', `import { readFileSync } from 'node:fs'`, 'client'],
  ['client/call.ts', `import { S3Client } from '@aws-sdk/client-s3'`, 'client'],
  ['adapters/s3/store.ts', `import { it } from '../../client/it.ts'`, 'adapters'],
  ['adapters/s3/store.ts', `import { it } from '../../lambdas/read-it/it.ts'`, 'adapters'],
  ['adapters/s3/store.ts', `import { App } from 'aws-cdk-lib'`, 'adapters'],
  ['lambdas/read-it/env.ts', `import { it } from '../../domain/it.ts'`, 'env'],
  ['lambdas/read-it/handler.ts', `import { S3Client } from '@aws-sdk/client-s3'`, 'handler'],
  ['lambdas/read-it/handler.ts', `import { it } from '../write-it/it.ts'`, 'handler'],
  ['lambdas/read-it/read-it.ts', `import { it } from '../../adapters/it.ts'`, 'use-case'],
  ['lambdas/read-it/read-it.ts', `import type { S3Client } from '@aws-sdk/client-s3'`, 'use-case'],
  ['lambdas/read-it/read-it.ts', `import { Env } from './env.ts'`, 'use-case'],
  ['lambdas/read-it/read-it.ts', `import { randomUUID } from 'node:crypto'`, 'use-case'],
  ['lambdas/read-it/read-it.ts', `import * as z from 'zod'`, 'use-case'],
  ['lambdas/read-it/read-it.ts', `import { it } from '../write-it/it.ts'`, 'use-case'],
  ['lambdas/read-it/handler.ts', `import { it } from '../../adapters/dynamodb/it.ts'`, 'through-the-door'],
  ['lambdas/read-it/read-it.ts', `import type { It } from '../../domain/ports/book.ts'`, 'through-the-door'],
  ['lib/part.ts', `import { it } from '../adapters/it.ts'`, 'stack'],
  ['lib/part.ts', `import { it } from '../lambdas/read-it/it.ts'`, 'stack'],
  ['bin/app.ts', `import { it } from '../local/it.ts'`, 'stack'],
  ['lib/part.ts', `import { S3Client } from '@aws-sdk/client-s3'`, 'stack'],
  ['emulator/cloud.ts', `import { it } from '../local/it.ts'`, 'emulator'],
  ['emulator/cloud.ts', `import { it } from '../domain/it.ts'`, 'emulator'],
  ['adapters/s3/store.ts', `import type { It } from '../../emulator/it.ts'`, 'nobody-knows-local'],
  ['local/cloud.ts', `import { it } from '../lib/it.ts'`, 'local'],
  ['local/cloud.ts', `import { it } from '../bin/it.ts'`, 'local'],
  ['adapters/s3/store.ts', `import type { It } from '../../local/it.ts'`, 'nobody-knows-local'],
  ['lambdas/read-it/read-it.ts', `import { it } from '../../local/it.ts'`, 'nobody-knows-local'],
  ['domain/law.ts', `import { it } from '../test/it.ts'`, 'nobody-knows-tests'],
  ['local/cloud.ts', `import { it } from '../test/it.ts'`, 'nobody-knows-tests'],
  ['test/docs/cost.ts', `import { it } from '@jest/globals'`, 'commands-without-jest'],
  ['adapters/s3/store.ts', `import { exportJWK } from 'jose'`, 'shipped'],
  ['domain/law.ts', `import { it } from './nowhere.ts'`, 'found'],
] as const;

/** What each folder is for, which no rule may refuse. */
const allowed = [
  ['domain/law.ts', `import { it } from './it.ts'`],
  ['contract/operation.ts', `import * as z from 'zod'; import { it } from '../domain/it.ts'`],
  [
    'client/call.ts',
    `import * as z from 'zod'; import { it } from '../contract/it.ts'; import { it as word } from '../domain/it.ts'`,
  ],
  [
    'adapters/s3/store.ts',
    `import { S3Client } from '@aws-sdk/client-s3'; import middy from '@middy/core'; import { createHash } from 'node:crypto'; import { it } from '../../contract/it.ts'`,
  ],
  ['lambdas/read-it/env.ts', `import * as z from 'zod'`],
  ['lambdas/read-it/handler.ts', `import { it } from '../../adapters/dynamodb/doors/it.ts'`],
  ['lambdas/sweep-due/handler.ts', `import { it } from '../../adapters/dynamodb/it.ts'`],
  ['lambdas/sweep-due/sweep-due.ts', `import type { It } from '../../domain/ports/book.ts'`],
  [
    'lambdas/read-it/handler.ts',
    `import { it } from './it.ts'; import { it as adapter } from '../../adapters/it.ts'; import { it as operation } from '../../contract/it.ts'`,
  ],
  [
    'lambdas/read-it/read-it.ts',
    `import { it } from '../../domain/it.ts'; import type { It } from '../../contract/it.ts'; import { it as step } from './it.ts'`,
  ],
  [
    'lib/part.ts',
    `import { Stack } from 'aws-cdk-lib'; import { Queue } from 'aws-cdk-lib/aws-sqs'; import { Construct } from 'constructs'; import type { It } from '../lambdas/write-it/env.ts'; import { it } from '../contract/it.ts'`,
  ],
  [
    'local/cloud.ts',
    `import { exportJWK } from 'jose'; import { it } from '../emulator/it.ts'; import { it as client } from '../client/it.ts'`,
  ],
  ['test/cloud.ts', `import { it } from '../local/it.ts'; import { it as part } from '../lib/it.ts'`],
] as const;

const folders = [
  'domain',
  'contract',
  'client',
  'examples',
  'statemachines',
  'adapters',
  'adapters/dynamodb',
  'adapters/dynamodb/doors',
  'lambdas/read-it',
  'lambdas/write-it',
  'lib',
  'bin',
  'emulator',
  'local',
  'test',
];
const report = z.object({
  summary: z.object({ violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })) }),
});

/** Each example has a file of its own, an operation of its own under `lambdas/`, so that one run judges them all. */
function placeOf(file: string, index: number): string {
  return file.startsWith('lambdas/')
    ? file.replace('/read-it/', `/read-it-${index}/`)
    : file.replace('.ts', `-${index}.ts`);
}

/** Cruises a made-up tree of `files` and tells which rules each file breaks. */
function cruise(files: ReadonlyMap<string, string>): ReadonlyMap<string, ReadonlySet<string>> {
  const root = mkdtempSync(join(tmpdir(), 'dossier-post-imports-'));
  try {
    for (const [path, source] of files) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), `${source}\n`);
    }
    cpSync('package.json', join(root, 'package.json'));
    symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
    const depcruise = resolve('node_modules/.bin/depcruise');
    const top = [
      'statemachines',
      'domain',
      'contract',
      'client',
      'adapters',
      'lambdas',
      'lib',
      'bin',
      'emulator',
      'local',
      'examples',
      'test',
    ];
    const run = spawnSync(
      process.execPath,
      [depcruise, '--config', resolve('.dependency-cruiser.mjs'), '--no-progress', '--output-type', 'json', ...top],
      { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    );
    if (run.stderr !== '') throw new Error(run.stderr);
    const broken = new Map<string, Set<string>>();
    for (const { from, rule } of report.parse(JSON.parse(run.stdout)).summary.violations)
      broken.set(from, (broken.get(from) ?? new Set()).add(rule.name));
    return broken;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const examples = [...refused, ...allowed].map(([file, source], index) => ({ path: placeOf(file, index), source }));
const targets = [
  'domain/ports/book.ts',
  ...folders.map((folder) => join(folder, 'it.ts')),
  ...folders.map((folder) => join(folder, 'env.ts')),
  ...examples.filter(({ path }) => path.startsWith('lambdas/')).map(({ path }) => join(dirname(path), 'it.ts')),
];
const environments = examples
  .filter(({ path }) => /lambdas\/.*\/read-it\.ts$/.test(path))
  .map(({ path }) => join(dirname(path), 'env.ts'));
const target = 'export interface It {}\nexport const it = 1;\nexport const env = 1;';
const broken = cruise(
  new Map([
    ...[...targets, ...environments].map((path) => [path, target] as const),
    ...examples.map(({ path, source }) => [path, source] as const),
  ]),
);

describe('who may import whom', () => {
  it.each(refused.map((example, index) => [...example, index] as const))(
    '%s may not hold: %s (%s)',
    (file, _source, rule, index) => {
      expect(broken.get(placeOf(file, index)) ?? new Set()).toContain(rule);
    },
  );

  it.each(allowed.map((example, index) => [...example, index] as const))('%s may hold: %s', (file, _source, index) => {
    expect(broken.get(placeOf(file, refused.length + index))).toBeUndefined();
  });
});
