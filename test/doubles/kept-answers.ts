import type { HttpAnswer } from '../../adapters/http/endpoint.ts';
import { keptMs, leaseMs, type Claim, type KeptAnswers } from '../../adapters/http/once.ts';

interface Row extends Claim {
  readonly answer?: HttpAnswer;
  readonly leaseUntil: number;
  readonly expiresAt: number;
}

/** Answers in memory, by the same rules as in the table. */
export function memoryKeptAnswers(): KeptAnswers {
  const rows = new Map<string, Row>();
  const settle = (claim: Claim, change: Partial<Row>): void => {
    const row = rows.get(claim.key);
    if (row?.holder === claim.holder) rows.set(claim.key, { ...row, ...change });
  };
  return {
    claim: async (claim) => {
      const row = rows.get(claim.key);
      if (row !== undefined && row.expiresAt > claim.now) {
        if (row.request !== claim.request) return 'other-request';
        if (row.answer !== undefined) return { answer: row.answer };
        if (row.leaseUntil > claim.now) return 'in-flight';
      }
      rows.set(claim.key, { ...claim, leaseUntil: claim.now + leaseMs, expiresAt: claim.now + keptMs });
      return 'claimed';
    },
    keep: async (claim, answer) => settle(claim, { answer, expiresAt: claim.now + keptMs }),
    release: async (claim) => settle(claim, { expiresAt: claim.now }),
  };
}
