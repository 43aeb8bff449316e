import type { SlipKeys } from '../contract/check-slips.ts';
import { parseSlip, type SlipFault, type SlipStatement } from '../domain/codes/slip-statement.ts';

/** What becomes of a slip that is checked. */
export type Checked =
  | { readonly verdict: 'genuine' | 'ended' | 'forged'; readonly statement: SlipStatement }
  | { readonly verdict: 'unknown-key'; readonly keyId: string }
  | { readonly verdict: SlipFault };

/**
 * Holds a slip against the published keys, by the browser's own cryptography and without asking anybody.
 * @param text as it was scanned or pasted
 */
export async function checkSlip(text: string, { keys, ended }: Pick<SlipKeys, 'keys' | 'ended'>): Promise<Checked> {
  const read = parseSlip(text);
  if (!read.ok) return { verdict: read.fault };
  const { statement, signed, signature } = read.value;
  const key = keys.find(({ id }) => id === statement.keyId);
  if (key === undefined) return { verdict: 'unknown-key', keyId: statement.keyId };
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const spki = Uint8Array.from(atob(key.publicKey), (letter) => letter.charCodeAt(0));
  const publicKey = await crypto.subtle.importKey('spki', spki, algorithm, false, ['verify']);
  const isSigned = await crypto.subtle.verify(algorithm, publicKey, signature, new TextEncoder().encode(signed));
  if (!isSigned) return { verdict: 'forged', statement };
  return { verdict: ended.includes(await endedMark(statement.trackingCode)) ? 'ended' : 'genuine', statement };
}

/** How a code that ended is published: whoever has the slip knows it again, nobody else reads it out. */
export async function endedMark(trackingCode: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(trackingCode)));
  return Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
