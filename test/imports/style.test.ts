import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const sources = globSync(
  '{adapters,bin,client,contract,docs,domain,emulator,lambdas,lib,local,statemachines,test}/**/*.ts',
);

/** What the linter has no rule for: how a function is written at the top of a file, and how wide a comment may be. */
const refused = [
  ['an arrow function that a declaration could be', /^(export )?const \w+ = (async )?(<[^=]*>)?\([^\n]*=>/],
  ['a constant in capitals', /^(export )?const [A-Z][A-Z0-9_]+\b/],
  ['a comment beyond column 120', /^(?=.{121})\s*(\/\*\*|\*|\/\/) (?!.*https?:)/],
] as const;

describe('the style of the sources', () => {
  it.each(refused)('the style of the sources knows no %s', (_what, pattern) => {
    const faults = sources.flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}`] : [])),
    );
    expect(faults).toEqual([]);
  });

  it('the judge of style reads the sources it judges', () => {
    expect(sources.length).toBeGreaterThan(300);
  });
});
