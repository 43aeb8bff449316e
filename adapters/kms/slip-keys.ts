import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import * as z from 'zod';
import type { SlipKeys as Published } from '../../contract/check-slips.ts';
import { slipText, signedSlip, type SlipStatement } from '../../domain/codes/slip-statement.ts';

/** `A 2026-11-29 arn:…, B 2027-11-29 arn:…`: the keys of slips in the order in which they took over from each other. */
export const SlipKeys = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim().split(' ')))
  .pipe(z.array(z.tuple([z.string().regex(/^[A-Z0-9]{1,4}$/), z.iso.date(), z.string().nonempty()])).min(1))
  .transform((keys) => keys.map(([id, from, arn], index) => ({ id, from, arn, until: keys[index + 1]?.[1] })));
export type SlipKeys = z.output<typeof SlipKeys>;

/** Signs what a slip says, with the newest key. */
export type SignSlip = (statement: Omit<SlipStatement, 'keyId'>) => Promise<string>;

/** Signs with a key that never leaves KMS. */
export function kmsSlipSigner(keys: SlipKeys, client = new KMSClient()): SignSlip {
  return async (statement) => {
    const newest = keys.at(-1);
    if (newest === undefined) throw new Error('there is no key for slips');
    const text = slipText({ ...statement, keyId: newest.id });
    const { Signature } = await client.send(
      new SignCommand({
        KeyId: newest.arn,
        Message: new TextEncoder().encode(text),
        MessageType: 'RAW',
        SigningAlgorithm: 'ECDSA_SHA_256',
      }),
    );
    if (Signature === undefined) throw new Error('KMS signed nothing');
    return signedSlip(text, plainSignature(Signature));
  };
}

/** The published halves, each asked for once in a function's life. */
export function kmsSlipKeys(keys: SlipKeys, client = new KMSClient()) {
  let asked: Promise<Published['keys']> | undefined;
  return async () => {
    asked ??= Promise.all(
      keys.map(async ({ id, from, until, arn }) => {
        const { PublicKey } = await client.send(new GetPublicKeyCommand({ KeyId: arn }));
        if (PublicKey === undefined) throw new Error('KMS has no such key');
        return {
          id,
          from,
          ...(until === undefined ? {} : { until }),
          publicKey: Buffer.from(PublicKey).toString('base64'),
        };
      }),
    );
    asked.catch(() => (asked = undefined));
    return asked;
  };
}

/**
 * KMS answers in DER, a sequence of two integers with a sign (RFC 3279, section 2.2.3); browsers take r and s as 32
 * bytes each.
 */
export function plainSignature(der: Uint8Array): Uint8Array {
  const plain = new Uint8Array(64);
  let at = 2;
  for (const end of [32, 64]) {
    const length = der[at + 1] ?? 0;
    const number = der.subarray(at + 2, at + 2 + length);
    const significant = number.subarray(Math.max(0, number.length - 32));
    plain.set(significant, end - significant.length);
    at += 2 + length;
  }
  return plain;
}
