import { RemovalPolicy } from 'aws-cdk-lib';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/**
 * The keys that sign slips, in the order in which they took over from each other. A new line is a new key, which signs
 * from the deployment on; an old one stays, for slips hold longer than keys sign. One that leaked is taken out.
 */
const keys = [{ id: 'A', from: '2026-11-29' }] as const;

/** Where slips are signed: keys that never leave KMS, of the one curve that every browser can check. */
export class SlipKeys extends Construct {
  readonly #keys: readonly { readonly id: string; readonly from: string; readonly key: Key }[];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.#keys = keys.map(({ id: keyId, from }) => ({
      id: keyId,
      from,
      key: new Key(this, `Key${keyId}`, {
        description: `Signs slips, from ${from}`,
        keySpec: KeySpec.ECC_NIST_P256,
        keyUsage: KeyUsage.SIGN_VERIFY,
        removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      }),
    }));
  }

  /** As a function is told of them (`adapters/kms/slip-keys.ts`). */
  get names(): string {
    return this.#keys.map(({ id, from, key }) => `${id} ${from} ${key.keyArn}`).join(',');
  }

  /** Only with the newest. */
  allowSigning(fn: Function): void {
    this.#keys.at(-1)?.key.grant(fn, 'kms:Sign');
  }

  /** The public halves of all. */
  allowPublishing(fn: Function): void {
    for (const { key } of this.#keys) key.grant(fn, 'kms:GetPublicKey');
  }
}
