import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openLogFile } from '../../../emulator/data-directory/log-file.ts';
import { temporaryDirectory } from '../../local/start/system.ts';

describe('a log', () => {
  let directory = temporaryDirectory();
  let lines: string[] = [];
  const file = (name = 'api.log') => join(directory.path, 'logs', name);
  const open = (name?: string) => openLogFile(file(name), (line) => lines.push(line));
  beforeEach(() => {
    directory = temporaryDirectory();
    lines = [];
  });
  afterEach(() => directory.remove());

  it('a log is written line by line, into a folder that is made for it', () => {
    const log = open();
    log.write('one\n');
    log.write('two\n');
    expect([readFileSync(file(), 'utf8'), lines]).toEqual(['one\ntwo\n', []]);
  });

  it('a log whose folder is gone gets a new one', () => {
    const log = open();
    rmSync(join(directory.path, 'logs'), { recursive: true });
    log.write('one\n');
    expect([readFileSync(file(), 'utf8'), lines]).toEqual(['one\n', []]);
  });

  it.each<[string, string, () => void]>([
    ['the disk is full', 'the disk is full', () => symlinkSync('/dev/full', file())],
    ['a directory has its name', 'something else has its name', () => mkdirSync(file())],
    [
      'its folder is a file',
      'something else has its name',
      () => {
        rmSync(join(directory.path, 'logs'), { recursive: true });
        writeFileSync(join(directory.path, 'logs'), '');
      },
    ],
  ])(
    'a log that cannot be written because %s stops nothing, is told once, and again after it could',
    (_why, reason, spoil) => {
      const told = `The log ${file()} cannot be written: ${reason}. All else goes on.`;
      const log = open();
      spoil();
      log.write('one\n');
      log.write('two\n');
      expect(lines).toEqual([told]);
      rmSync(
        reason === 'something else has its name' && statSync(file(), { throwIfNoEntry: false }) === undefined
          ? join(directory.path, 'logs')
          : file(),
        { recursive: true },
      );
      log.write('three\n');
      expect([readFileSync(file(), 'utf8'), lines]).toEqual(['three\n', [told]]);
      rmSync(join(directory.path, 'logs'), { recursive: true });
      writeFileSync(join(directory.path, 'logs'), '');
      log.write('four\n');
      expect(lines).toHaveLength(2);
    },
  );

  it('a log that could not even be opened is written when it can', () => {
    writeFileSync(join(directory.path, 'logs'), '');
    const log = open();
    log.write('one\n');
    renameSync(join(directory.path, 'logs'), join(directory.path, 'else'));
    log.write('two\n');
    expect([readFileSync(file(), 'utf8'), lines.length]).toEqual(['two\n', 1]);
  });

  it('a log that is longer than ten megabytes is set aside at the next start', () => {
    open().write('old\n');
    truncateSync(file(), 10 * 1024 * 1024 + 1);
    open().write('new\n');
    expect([readFileSync(file(), 'utf8'), statSync(file('api.log.1')).size]).toEqual(['new\n', 10 * 1024 * 1024 + 1]);
  });
});
