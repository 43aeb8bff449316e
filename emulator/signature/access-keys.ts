import { createHmac, randomBytes, randomInt } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { digest } from '../template/identity.ts';

/** A pair of keys that AWS calls are signed with. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of a role's keys, which are lent: it comes along with every call. */
  readonly sessionToken?: string;
}

/** The key of that id, or undefined when there is none. */
export type FindKey = (accessKeyId: string) => AccessKey | undefined;

export interface AccessKeys {
  /** Of whoever owns this machine, and may do all. */
  readonly owner: AccessKey;
  /** Of a function, by which a service can tell who calls it. */
  readonly ofFunction: (functionName: string) => AccessKey;
  /** Any of them. */
  readonly find: FindKey;
}

const Kept = z.object({ accessKeyId: z.string().min(16), secretAccessKey: z.string().min(16) });

/**
 * The keys of a data directory, from `<directory>/access-key.json`, for the owner's eyes only. Those of the functions
 * follow from it, so that a link that one of them signed is good over a restart.
 */
export function loadAccessKeys(directory: string, functionNames: readonly string[]): AccessKeys {
  const file = join(directory, 'access-key.json');
  if (!existsSync(file)) {
    // Complete under another name first, so that a start that is killed leaves no half a key.
    writeFileSync(`${file}.new`, JSON.stringify(newKey()), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  const owner = Kept.parse(JSON.parse(readFileSync(file, 'utf8')));
  const derived = (text: string) => createHmac('sha256', owner.secretAccessKey).update(text).digest('base64');
  const ofFunction = (functionName: string): AccessKey => ({
    accessKeyId: accessKeyIdOf(functionName),
    secretAccessKey: derived(`secret of ${functionName}`).slice(0, 40),
    sessionToken: derived(`session of ${functionName}`),
  });
  const all = new Map([owner, ...functionNames.map(ofFunction)].map((key) => [key.accessKeyId, key]));
  return { owner, ofFunction, find: (accessKeyId) => all.get(accessKeyId) };
}

/** 20 characters, as IAM gives a role's keys. */
export function accessKeyIdOf(functionName: string): string {
  return `ASIA${digest(functionName, 16).toUpperCase()}`;
}

/** 20 and 40 characters, as IAM gives them to a user. */
function newKey(): AccessKey {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const random = Array.from({ length: 11 }, () => letters[randomInt(letters.length)]).join('');
  return { accessKeyId: `AKIALOCAL${random}`, secretAccessKey: randomBytes(30).toString('base64') };
}
