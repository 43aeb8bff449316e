import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const root = new URL('../../', import.meta.url);
const decisions = readdirSync(new URL('docs/adr/', root))
  .filter((name) => /^\d{4}-/.test(name))
  .map((name) => ({ number: name.slice(0, 4), text: readFileSync(new URL(`docs/adr/${name}`, root), 'utf8') }));

describe('every decision', () => {
  it.each(decisions)('$number names the rule or test that holds it, and is named there', ({ number, text }) => {
    const held = /Held by ([^]*?)(?:;|\.\s*$|\.\n)/.exec(text)?.[1] ?? '';
    const files = [...held.matchAll(/`([^`]+)`/g)].map(([, file]) => file ?? '');
    expect(files).not.toEqual([]);
    for (const file of files) {
      expect([file, existsSync(new URL(file, root))]).toEqual([file, true]);
      expect([file, readFileSync(new URL(file, root), 'utf8').includes(`ADR ${number}`)]).toEqual([file, true]);
    }
  });

  it('every decision names only files and folders that exist', () => {
    for (const { number, text } of decisions)
      for (const [, path = ''] of text.matchAll(
        /`((?:adapters|bin|client|contract|docs|domain|emulator|lambdas|lib|local|statemachines|test)\/[\w./-]*)`/g,
      ))
        expect([number, path, existsSync(new URL(path, root))]).toEqual([number, path, true]);
  });
});
