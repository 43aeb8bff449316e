import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, importJWK, importPKCS8, type CryptoKey, type JWK } from 'jose';
import { withFile } from '../data-directory/file-problem.ts';
import { storeLine } from '../data-directory/store-id.ts';
import { writeWhole } from '../data-directory/write-whole.ts';

export interface SigningKey {
  readonly keyId: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  /** The public half, as it is published. */
  readonly published: JWK;
  /** 64 secret bytes for one purpose, the same over restarts. */
  readonly secretFor: (purpose: string) => Buffer;
}

const algorithm = 'RS256';

/**
 * The issuer's key from `<directory>/signing-key.pem`; the first time it is made, for the owner's eyes only.
 * @param storeId of the data directory
 * @throws FileProblem
 */
export async function loadSigningKey(directory: string, storeId: string): Promise<SigningKey> {
  const file = join(directory, 'signing-key.pem');
  const pem = withFile(file, () => {
    mkdirSync(directory, { recursive: true });
    const kept = existsSync(file) ? readFileSync(file, 'utf8') : newKey();
    if (!kept.includes(storeId)) writeWhole(file, `${storeLine(storeId)}${kept}`);
    return createPrivateKey(kept).export({ type: 'pkcs8', format: 'pem' }).toString();
  });
  const half = await exportJWK(createPublicKey(pem));
  const keyId = await calculateJwkThumbprint(half);
  const published = { ...half, kid: keyId, alg: algorithm, use: 'sig' };
  const publicKey = await importJWK(published, algorithm);
  if (publicKey instanceof Uint8Array) throw new Error(`${file} holds no RSA key`);
  return {
    keyId,
    privateKey: await importPKCS8(pem, algorithm),
    publicKey,
    published,
    secretFor: (purpose) => createHmac('sha512', pem).update(purpose).digest(),
  };
}

function newKey(): string {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey;
}
