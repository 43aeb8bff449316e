import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

/** A word that must not stand in these files, and why. */
const banned: readonly { readonly word: RegExp; readonly where: string; readonly because: string }[] = [
  {
    // Local days and hours are the post office's, and welcome.
    word: /is_?local|local(ly)? (cloud|run|machine|development|mode|environment)|localhost|localstack|laptop|emulat|127\.0\.0\.1|NODE_ENV/i,
    where: '{domain,contract,adapters,lambdas,lib,bin,statemachines}/**/*.{ts,json}',
    because: 'production does not know that a machine of its own exists',
  },
  {
    // The stand-in for the SDK's clients reads where a service is as they do.
    word: /AWS_ENDPOINT_URL/,
    where: '{domain,contract,adapters/!(aws),lambdas,lib,bin,statemachines}/**/*.{ts,json}',
    because: 'whoever asks a service is not told which one answers',
  },
  {
    word: /(oxlint|eslint)-disable|@ts-(ignore|expect-error|nocheck)|jest\.mock|\b(it|test|describe)\.only\b/,
    where: '{domain,contract,adapters,lambdas,lib,bin,emulator,local,docs,test}/**/*.ts',
    because: 'a rule is kept or changed, never dodged',
  },
  {
    word: /\bprocess\.env\b/,
    where: '{domain,contract,lib,bin}/**/*.ts',
    because: 'what is handed in can be seen and tested',
  },
  {
    word: /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\brandomUUID\b/,
    where: '{domain,contract}/**/*.ts',
    because: 'the law is handed its time and its chance',
  },
];

describe('words', () => {
  it.each(banned)('$word stands nowhere in $where: $because', ({ word, where }) => {
    const files = globSync(where).filter((file) => !file.endsWith('words.test.ts'));
    expect(files.length).toBeGreaterThan(0);
    const found = files.flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line, index) => (word.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
    );
    expect(found).toEqual([]);
  });

  it.each(['utils', 'helpers', 'common', 'manager', 'misc'])('no file or folder is called %s', (name) => {
    expect(globSync(`{domain,contract,adapters,lambdas,lib,bin,emulator,local,docs,test}/**/*${name}*`)).toEqual([]);
  });
});
