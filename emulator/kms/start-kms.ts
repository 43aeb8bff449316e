import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { jsonFailure, type JsonService } from '../aws-endpoint/json-protocol.ts';
import { withFile } from '../data-directory/file-problem.ts';
import { writeWhole } from '../data-directory/write-whole.ts';

/** What signs, of the keys that a template may have; whatever encrypts has nothing to do on this machine. */
const Properties = z.object({ KeySpec: z.string().optional(), KeyUsage: z.string().optional() });

const Sign = z.strictObject({
  KeyId: z.string(),
  Message: z.base64(),
  MessageType: z.literal('RAW'),
  SigningAlgorithm: z.literal('ECDSA_SHA_256'),
});
const GetPublicKey = z.strictObject({ KeyId: z.string() });

/** KMS with keys of the curve P-256 that sign; whatever else it can is refused by name. */
export interface Kms extends JsonService {
  /** @throws an Error naming what cannot be made here */
  readonly ensureKey: (properties: unknown, arn: string) => void;
}

/** Its keys lie in `<dataDir>/kms`, for the owner's eyes only. */
export function startKms(dataDir: string): Kms {
  const directory = join(dataDir, 'kms');
  const keys = new Map<string, KeyObject>();
  return {
    ensureKey(properties, arn) {
      const { KeySpec = 'SYMMETRIC_DEFAULT', KeyUsage } = Properties.parse(properties);
      if (KeySpec === 'SYMMETRIC_DEFAULT') return;
      if (KeySpec !== 'ECC_NIST_P256' || KeyUsage !== 'SIGN_VERIFY')
        throw new Error(`${KeySpec} with ${KeyUsage}: keys that sign are of the curve ECC_NIST_P256 here`);
      keys.set(arn, loadKey(directory, arn));
    },
    async handle(operation, body) {
      if (operation !== 'Sign' && operation !== 'GetPublicKey')
        return jsonFailure(400, 'UnknownOperationException', `This KMS knows no ${operation}.`);
      const asked = z.union([Sign, GetPublicKey]).safeParse(body);
      if (!asked.success || 'Message' in asked.data !== (operation === 'Sign'))
        return jsonFailure(400, 'ValidationException', `This KMS does not understand what ${operation} is asked.`);
      const { KeyId } = asked.data;
      const key = keys.get(KeyId);
      if (key === undefined) return jsonFailure(400, 'NotFoundException', `Key '${KeyId}' does not exist`);
      if ('Message' in asked.data) {
        const Signature = sign('sha256', Buffer.from(asked.data.Message, 'base64'), key).toString('base64');
        return { status: 200, body: { KeyId, Signature, SigningAlgorithm: 'ECDSA_SHA_256' } };
      }
      const PublicKey = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');
      return {
        status: 200,
        body: {
          KeyId,
          PublicKey,
          KeySpec: 'ECC_NIST_P256',
          KeyUsage: 'SIGN_VERIFY',
          SigningAlgorithms: ['ECDSA_SHA_256'],
        },
      };
    },
  };
}

function loadKey(directory: string, arn: string): KeyObject {
  const file = join(directory, `${createHash('sha256').update(arn).digest('hex').slice(0, 16)}.pem`);
  return withFile(file, () => {
    mkdirSync(directory, { recursive: true });
    if (!existsSync(file)) writeWhole(file, newKey());
    return createPrivateKey(readFileSync(file, 'utf8'));
  });
}

function newKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
