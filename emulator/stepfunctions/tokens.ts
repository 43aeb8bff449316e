import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';

/** What a task token names: the attempt of a task. */
export interface TokenSubject {
  readonly execution: number;
  readonly branch: number;
  readonly scheduled: number;
}

/**
 * Task tokens. A token says itself whom it means, and is signed: no index of open tokens is needed, in memory or on
 * disk,
 * and a token that this engine never gave is told from one whose task is over.
 */
export class Tokens {
  readonly #secret: KeyObject;

  constructor(secret: Buffer) {
    this.#secret = createSecretKey(secret);
  }

  mint(execution: number, branch: number, scheduled: number): string {
    const subject = Buffer.from(`${execution}.${branch}.${scheduled}`);
    return Buffer.concat([this.#sign(subject), subject]).toString('base64');
  }

  /** `undefined` for what is no token of this engine. */
  read(token: string): TokenSubject | undefined {
    const bytes = Buffer.from(token, 'base64');
    const subject = bytes.subarray(signatureBytes);
    if (subject.length === 0 || !timingSafeEqual(this.#sign(subject), bytes.subarray(0, signatureBytes)))
      return undefined;
    const [execution, branch, scheduled] = subject.toString().split('.').map(Number);
    if (execution === undefined || branch === undefined || scheduled === undefined) return undefined;
    return { execution, branch, scheduled };
  }

  #sign(subject: Buffer): Buffer {
    return createHmac('sha256', this.#secret).update(subject).digest();
  }
}

const signatureBytes = 32;
