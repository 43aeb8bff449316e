import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { synthesize } from '../../../local/synthesize.ts';
import { temporaryDirectory } from './system.ts';

let directory = temporaryDirectory();
function write(file: string, text: string) {
  const path = join(directory.path, file);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
}

/** A project whose `cdk` notes each run, and copies the stack into its output. */
beforeEach(() => {
  directory = temporaryDirectory();
  write('package.json', '{}');
  write('lib/stack.ts', 'one');
  write(
    'node_modules/aws-cdk/bin/cdk',
    `
    const fs = require('node:fs');
    const out = process.argv[process.argv.indexOf("--output") + 1];
    fs.appendFileSync('runs', 'x');
    const stack = fs.readFileSync('lib/stack.ts', 'utf8');
    if (stack === 'broken') { console.error('lib/stack.ts is broken'); process.exit(1); }
    fs.mkdirSync(out);
    fs.writeFileSync(out + '/manifest.json', stack);
  `,
  );
});
afterEach(() => directory.remove());

async function manifest() {
  return readFileSync(join(await synthesize(directory.path), 'manifest.json'), 'utf8');
}
function runs() {
  return readFileSync(join(directory.path, 'runs'), 'utf8').length;
}

describe('the template', () => {
  it('the template is synthesized once for the same project, and again when something changed', async () => {
    expect([await manifest(), await manifest(), runs()]).toEqual(['one', 'one', 1]);
    write('lib/stack.ts', 'two');
    expect([await manifest(), await manifest(), runs()]).toEqual(['two', 'two', 2]);
    write('domain/journey/rules.ts', 'a law');
    expect([await manifest(), runs()]).toEqual(['two', 3]);
  });

  it('the template is taken from before when a change was undone', async () => {
    await manifest();
    write('lib/stack.ts', 'two');
    await manifest();
    write('lib/stack.ts', 'one');
    expect([await manifest(), runs()]).toEqual(['one', 2]);
  });

  it('the template is synthesized once by two who start together', async () => {
    expect(await Promise.all([manifest(), manifest()])).toEqual(['one', 'one']);
    expect(runs()).toBe(1);
  });

  it('a template that cannot be synthesized is told in the tool’s words, and tried again', async () => {
    write('lib/stack.ts', 'broken');
    await expect(manifest()).rejects.toThrow('The template could not be synthesized:\nlib/stack.ts is broken');
    write('lib/stack.ts', 'one');
    expect(await manifest()).toBe('one');
  });

  it('the template leaves no more than three assemblies behind', async () => {
    for (const stack of ['1', '2', '3', '4']) {
      write('lib/stack.ts', stack);
      await manifest();
    }
    expect(
      readdirSync(join(directory.path, '.local', 'assembly')).filter((name) => !name.startsWith('lock')),
    ).toHaveLength(3);
  });
});
