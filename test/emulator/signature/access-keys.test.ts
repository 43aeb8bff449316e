import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { loadAccessKeys } from '../../../emulator/signature/access-keys.ts';
import { temporaryDirectory } from '../../local/start/system.ts';

let directory = temporaryDirectory();
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => directory.remove());

// Holds ADR 0019.
describe('the access keys of a data directory', () => {
  const functions = ['register-dossier', 'record-event'];

  it('the access keys of a data directory are made once, and kept for their owner alone', () => {
    const { owner } = loadAccessKeys(directory.path, 'store', functions);
    expect(owner).toEqual({
      accessKeyId: expect.stringMatching(/^AKIALOCAL[A-Z2-7]{11}$/),
      secretAccessKey: expect.stringMatching(/^[A-Za-z0-9+/]{40}$/),
    });
    expect(loadAccessKeys(directory.path, 'store', functions).owner).toEqual(owner);
    expect(statSync(join(directory.path, 'access-key.json')).mode & 0o777).toBe(0o600);
  });

  it('the access keys of a data directory are others in another directory', () => {
    const other = temporaryDirectory();
    const secrets = [directory.path, other.path].flatMap((path) => {
      const keys = loadAccessKeys(path, 'store', functions);
      return [keys.owner, ...functions.map(keys.ofFunction)].flatMap(({ secretAccessKey, sessionToken }) => [
        secretAccessKey,
        ...(sessionToken === undefined ? [] : [sessionToken]),
      ]);
    });
    other.remove();
    expect(new Set(secrets).size).toBe(10);
    expect(secrets.every((secret) => secret.length >= 40)).toBe(true);
  });

  it('the access keys of a data directory are a function’s own, the same over a restart, and found by their ids', () => {
    const keys = loadAccessKeys(directory.path, 'store', functions);
    const key = keys.ofFunction('register-dossier');
    expect(keys.find(key.accessKeyId)).toEqual(key);
    expect(loadAccessKeys(directory.path, 'store', functions).find(key.accessKeyId)).toEqual(key);
    expect(keys.find(keys.owner.accessKeyId)).toEqual(keys.owner);
  });

  it.each(['local', 'ASIASTATEMACHINE0000', '', 'constructor', '__proto__'])(
    'the access keys of a data directory are not %s',
    (accessKeyId) => {
      expect(loadAccessKeys(directory.path, 'store', functions).find(accessKeyId)).toBeUndefined();
    },
  );
});
