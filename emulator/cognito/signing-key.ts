import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, importJWK, importPKCS8, type CryptoKey, type JWK } from 'jose';

export interface SigningKey {
  readonly keyId: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  /** The public half, as it is published. */
  readonly published: JWK;
}

const algorithm = 'RS256';

/** The issuer's key from `<directory>/signing-key.pem`; the first time it is made, for the owner's eyes only. */
export async function loadSigningKey(directory: string): Promise<SigningKey> {
  const file = join(directory, 'signing-key.pem');
  if (!existsSync(file)) writeNewKey(directory, file);
  const pem = readFileSync(file, 'utf8');
  const half = await exportJWK(createPublicKey(createPrivateKey(pem)));
  const keyId = await calculateJwkThumbprint(half);
  const published = { ...half, kid: keyId, alg: algorithm, use: 'sig' };
  const publicKey = await importJWK(published, algorithm);
  if (publicKey instanceof Uint8Array) throw new Error(`${file} holds no RSA key`);
  return { keyId, privateKey: await importPKCS8(pem, algorithm), publicKey, published };
}

/** Complete under another name first, so that a start that is killed leaves no half a key. */
function writeNewKey(directory: string, file: string): void {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  mkdirSync(directory, { recursive: true });
  writeFileSync(`${file}.new`, privateKey, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
