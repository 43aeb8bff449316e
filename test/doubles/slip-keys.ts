import { generateKeyPairSync, sign } from 'node:crypto';
import type { SlipKeys } from '../../contract/check-slips.ts';
import type { SignSlip } from '../../adapters/kms/slip-keys.ts';
import { signedSlip, slipText } from '../../domain/codes/slip-statement.ts';

/** A key that signs slips, and its public half. */
export function slipKey(id: string, from = '2026-01-01'): { sign: SignSlip; published: SlipKeys['keys'][number] } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    sign: async (statement) => {
      const text = slipText({ ...statement, keyId: id });
      return signedSlip(text, sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }));
    },
    published: { id, from, publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64') },
  };
}
