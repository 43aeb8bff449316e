import { randomBytes } from 'node:crypto';
import { Webhook as Signer } from 'standardwebhooks';
import type { SignCall } from '../domain/ports/webhooks.ts';

/** Draws a secret: 32 bytes, in the form that every library of Standard Webhooks takes. */
export function drawSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

/**
 * Signs calls after Standard Webhooks (https://www.standardwebhooks.com): an HMAC over id, time and body, with the secret
 * and, for a day after a rotation, with the one before.
 */
export const signCall: SignCall = ({ secret, former }, { id, at, body }) => {
  const secrets = [secret, ...(former !== undefined && at < former.until ? [former.secret] : [])];
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at / 1000)),
    'webhook-signature': secrets.map((one) => new Signer(one).sign(id, new Date(at), body)).join(' '),
  };
};
