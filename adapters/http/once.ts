import { borderProblem, refusalProblem, type Problem } from '../../contract/problem.ts';
import { log } from '../log.ts';
import { describeUnexpected } from '../unexpected-error.ts';
import type { HttpAnswer } from './endpoint.ts';

/** What a caller asked under a key, by fingerprints alone. */
export interface Keyed {
  readonly key: string;
  readonly request: string;
}

/** Somebody works on it. */
export interface Claim extends Keyed {
  /** Nobody else's word: whoever lost his claim writes nothing any more. */
  readonly holder: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Answers by the key under which they were asked for, each as it was given first. */
export interface KeptAnswers {
  /**
   * Claims a key, unless it has an answer, or somebody works on it. A claim holds for `leaseMs`, an answer `keptMs`.
   * `other-request`: the key was used for something else.
   */
  claim(claim: Claim): Promise<'claimed' | 'in-flight' | 'other-request' | { readonly answer: HttpAnswer }>;
  /** Keeps the answer, if the claim is still the holder's. */
  keep(claim: Claim, answer: HttpAnswer): Promise<void>;
  /** Gives the key back: nothing was done under it. */
  release(claim: Claim): Promise<void>;
}

/** Longer than any function lives (29 s): a claim that is as old is of one that died. */
export const leaseMs = 30_000;
/** So long a repeated request is answered as the first was. */
export const keptMs = 7 * 24 * 3_600_000;

/** A copy in flight is waited for, a second or two in all, and then told to come again. */
const mostTries = 20;
const comeAgainSeconds = 2;

export interface OncePorts {
  readonly answers: KeptAnswers;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Waits before the next of so many tries. */
  readonly pause: (tries: number) => Promise<void>;
  /** Draws what no other holder has. */
  readonly drawHolder: () => string;
}

/**
 * Does under a key what is done once, and answers every later request with the first answer (ADR 0034). What is refused
 * or fails gives the key back. Dies the function on the way, its claim runs out: what is done is done in one
 * transaction that knows its own repetition, so it may be begun anew.
 */
export async function once(
  { answers, now, pause, drawHolder }: OncePorts,
  keyed: Keyed,
  act: () => Promise<HttpAnswer | Problem>,
): Promise<HttpAnswer | Problem> {
  const holder = drawHolder();
  for (let tries = 1; ; tries += 1) {
    const claim = { ...keyed, holder, now: now() };
    const claimed = await answers.claim(claim);
    if (claimed === 'claimed') return claimedBy(answers, claim, act);
    if (claimed === 'other-request') return refusalProblem({ name: 'IdempotencyKeyReused' });
    if (claimed !== 'in-flight') return replayed(claimed.answer);
    if (tries === mostTries) return { ...borderProblem('StillInFlight'), retryAfter: comeAgainSeconds };
    await pause(tries);
  }
}

async function claimedBy(
  answers: KeptAnswers,
  claim: Claim,
  act: () => Promise<HttpAnswer | Problem>,
): Promise<HttpAnswer | Problem> {
  try {
    const said = await act();
    await noted('code' in said ? answers.release(claim) : answers.keep(claim, said));
    return said;
  } catch (error) {
    await noted(answers.release(claim));
    throw error;
  }
}

/** What was done is answered, though it could not be kept: the claim runs out, and the next try finds it done. */
async function noted(written: Promise<void>): Promise<void> {
  try {
    await written;
  } catch (error) {
    log.error('answer not kept', describeUnexpected(error));
  }
}

function replayed(answer: HttpAnswer): HttpAnswer {
  return { ...answer, headers: { ...answer.headers, 'idempotency-replayed': 'true' } };
}
