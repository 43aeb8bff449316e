import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openClockFile } from '../../../emulator/data-directory/clock-file.ts';
import { openDataDirectory } from '../../../emulator/data-directory/data-directory.ts';
import { temporaryDirectory } from '../../local/start/system.ts';

let directory = temporaryDirectory();
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => directory.remove());

// Holds ADR 0019.
describe('a data directory', () => {
  it('a data directory belongs to one at a time', () => {
    const first = openDataDirectory(directory.path, false);
    expect(() => openDataDirectory(directory.path, false)).toThrow(
      `The data in ${directory.path} belongs to a local cloud that is running (process ${process.pid}).`,
    );
    first.release();
    openDataDirectory(directory.path, false).release();
  });

  it('a data directory is free again when the process that had it was killed, whoever has its number now', async () => {
    const lock = join(import.meta.dirname, '..', '..', '..', 'emulator', 'data-directory', 'lock.ts');
    const holder = spawn(process.execPath, [
      '--input-type=module',
      '--no-warnings',
      '-e',
      `import { lockDataDirectory } from ${JSON.stringify(lock)}; globalThis.held = lockDataDirectory(${JSON.stringify(directory.path)}); console.log('held'); setInterval(() => {}, 1000);`,
    ]);
    await once(holder.stdout, 'data');
    expect(() => openDataDirectory(directory.path, false)).toThrow(`(process ${holder.pid})`);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    writeFileSync(join(directory.path, 'lock.pid'), String(process.pid));
    openDataDirectory(directory.path, false).release();
  });

  it('a data directory belongs to its owner alone, also when it did not before', () => {
    for (const before of [0o755, 0o777]) {
      chmodSync(directory.path, before);
      openDataDirectory(directory.path, false).release();
      expect(statSync(directory.path).mode & 0o777).toBe(0o700);
    }
    const made = join(directory.path, 'made', 'deep');
    openDataDirectory(made, false).release();
    expect(statSync(made).mode & 0o777).toBe(0o700);
  });

  it('a data directory keeps its id, and has another when it is fresh', () => {
    const ids = [false, false, true].map((fresh) => {
      const { storeId, release } = openDataDirectory(directory.path, fresh);
      release();
      return storeId;
    });
    expect([ids[1] === ids[0], ids[2] === ids[0]]).toEqual([true, false]);
  });

  it('a data directory that is a file, or lies below one, is told in a sentence', () => {
    writeFileSync(join(directory.path, 'file'), '');
    for (const path of [join(directory.path, 'file'), join(directory.path, 'file', 'below')])
      expect(() => openDataDirectory(path, false)).toThrow(`${path} is damaged: something else has its name.`);
  });

  it('a data directory that is fresh has nothing of before', () => {
    openDataDirectory(directory.path, false).release();
    writeFileSync(join(directory.path, 'clock.json'), '{}');
    openDataDirectory(directory.path, true).release();
    expect(existsSync(join(directory.path, 'clock.json'))).toBe(false);
  });
});

describe('the clock over restarts', () => {
  it('the clock over restarts starts at the real time', () => {
    expect(openClockFile(directory.path, 'store').offsetMs).toBe(0);
  });

  it('the clock over restarts is as far ahead as it was', () => {
    openClockFile(directory.path, 'store').save(5000, 1);
    expect(openClockFile(directory.path, 'store').offsetMs).toBe(5000);
  });

  it('the clock over restarts never begins before the instant that it had reached, even when the machine’s own clock was turned back', () => {
    openClockFile(directory.path, 'store').save(5000, 1_000_000);
    expect(openClockFile(directory.path, 'store', 400_000).offsetMs).toBe(600_000);
  });
});
