import type { checkSlips as operation, SlipKeys } from '../../contract/check-slips.ts';
import type { OpenUseCase } from '../../contract/operation.ts';
import { shown } from '../../contract/wire.ts';

export interface CheckSlipsPorts {
  /** The public halves of the keys that sign slips. */
  readonly keys: () => Promise<SlipKeys['keys']>;
  /** The tracking codes that were replaced. */
  readonly ended: () => Promise<readonly string[]>;
  /** A one-way fingerprint of a text, in hexadecimal. */
  readonly fingerprint: (text: string) => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Publishes what is needed to check a slip; of codes that ended only marks, from which no code can be read. */
export function checkSlips({ keys, ended, fingerprint, now }: CheckSlipsPorts): OpenUseCase<typeof operation> {
  return async () => {
    const asOf = shown(now());
    const [published, codes] = await Promise.all([keys(), ended()]);
    return { status: 200, body: { keys: published, ended: codes.map((code) => fingerprint(code).slice(0, 16)), asOf } };
  };
}
