import { createHmac, randomBytes, randomInt } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { withFile } from '../data-directory/file-problem.ts';
import { writeWhole } from '../data-directory/write-whole.ts';
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

const Kept = z.object({
  accessKeyId: z.string().min(16),
  secretAccessKey: z.string().min(16),
  storeId: z.string().optional(),
});

/**
 * The keys of a data directory, from `<directory>/access-key.json`, for the owner's eyes only. Those of the functions
 * follow from it, so that a link that one of them signed is good over a restart.
 * @param storeId of the data directory
 * @throws FileProblem
 */
export function loadAccessKeys(directory: string, storeId: string, functionNames: readonly string[]): AccessKeys {
  const file = keyFileIn(directory);
  const owner = withFile(file, () => {
    const kept = existsSync(file) ? Kept.parse(JSON.parse(readFileSync(file, 'utf8'))) : newKey();
    if (kept.storeId !== storeId) writeWhole(file, JSON.stringify({ ...kept, storeId }));
    return { accessKeyId: kept.accessKeyId, secretAccessKey: kept.secretAccessKey };
  });
  const derived = (text: string) => createHmac('sha256', owner.secretAccessKey).update(text).digest('base64');
  const ofFunction = (functionName: string): AccessKey => ({
    accessKeyId: accessKeyIdOf(functionName),
    secretAccessKey: derived(`secret of ${functionName}`).slice(0, 40),
    sessionToken: derived(`session of ${functionName}`),
  });
  const all = new Map([owner, ...functionNames.map(ofFunction)].map((key) => [key.accessKeyId, key]));
  return { owner, ofFunction, find: (accessKeyId) => all.get(accessKeyId) };
}

/**
 * The owner's key of a data directory that somebody else runs on.
 * @throws FileProblem
 */
export function ownerKeyIn(directory: string): AccessKey {
  const file = keyFileIn(directory);
  const { accessKeyId, secretAccessKey } = withFile(file, () => Kept.parse(JSON.parse(readFileSync(file, 'utf8'))));
  return { accessKeyId, secretAccessKey };
}

function keyFileIn(directory: string): string {
  return join(directory, 'access-key.json');
}

/** 20 characters, as IAM gives a role's keys. */
export function accessKeyIdOf(functionName: string): string {
  return `ASIA${digest(functionName, 16).toUpperCase()}`;
}

/** 20 and 40 characters, as IAM gives them to a user. */
function newKey(): z.infer<typeof Kept> {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const random = Array.from({ length: 11 }, () => letters[randomInt(letters.length)]).join('');
  return { accessKeyId: `AKIALOCAL${random}`, secretAccessKey: randomBytes(30).toString('base64') };
}
