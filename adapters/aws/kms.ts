import * as z from 'zod';
import { commandOf, Service, type Command, type Said, type Settings } from './service.ts';

const bytes = z.string().transform((text) => new Uint8Array(Buffer.from(text, 'base64')));
const Answer = z.looseObject({ Signature: bytes.optional(), PublicKey: bytes.optional() });

/** Stands in for `@aws-sdk/client-kms` in the bundles (ADR 0029). It speaks AWS JSON 1.1, and bytes in base64. */
export class KMSClient extends Service {
  constructor(settings: Settings = {}) {
    super({ host: 'kms', target: 'TrentService', variable: 'KMS' }, settings);
  }

  protected override say({ operation, input }: Command): Said {
    const fields = Object.entries(input).map(([name, value]: [string, unknown]): [string, unknown] => [
      name,
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
    ]);
    const said = super.say({ operation, input: Object.fromEntries(fields) });
    return { ...said, headers: { ...said.headers, 'content-type': 'application/x-amz-json-1.1' } };
  }

  protected override hear(text: string): unknown {
    return Answer.parse(super.hear(text));
  }
}

export const SignCommand = commandOf('Sign');
export const GetPublicKeyCommand = commandOf('GetPublicKey');
