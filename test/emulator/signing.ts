import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AccessKey, FindKey } from '../../emulator/signature/access-keys.ts';

/** Finds every key, each its own secret. */
export const everyKey: FindKey = (accessKeyId) => ({ accessKeyId, secretAccessKey: accessKeyId });

/**
 * Sends a POST as AWS's own signer signs it.
 * @param change what somebody does to the headers after they were signed
 */
export async function signedPost(
  url: string,
  service: string,
  headers: Readonly<Record<string, string>>,
  body: string | Uint8Array<ArrayBuffer>,
  key: AccessKey = { accessKeyId: 'local', secretAccessKey: 'local' },
  change: (signed: Readonly<Record<string, string>>) => Record<string, string> = (signed) => ({ ...signed }),
): Promise<Response> {
  const { hostname, host, port, pathname: path } = new URL(url);
  const signer = new SignatureV4({ credentials: key, region: 'ap-southeast-1', service, sha256: Sha256 });
  const signed = await signer.sign({
    method: 'POST',
    protocol: 'http:',
    hostname,
    port: Number(port),
    path,
    headers: { ...headers, host },
    body,
  });
  return fetch(url, { method: 'POST', body, headers: change(signed.headers) });
}

/** Node's SHA-256 in the shape that the signer wants. */
class Sha256 {
  readonly #hash: ReturnType<typeof createHash | typeof createHmac>;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash =
      secret === undefined
        ? createHash('sha256')
        : createHmac('sha256', typeof secret === 'string' ? secret : Buffer.from(bytesOf(secret)));
  }

  update(chunk: Uint8Array): void {
    this.#hash.update(chunk);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {}
}

function bytesOf(secret: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(secret)
    ? new Uint8Array(secret.buffer, secret.byteOffset, secret.byteLength)
    : new Uint8Array(secret);
}
