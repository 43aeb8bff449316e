import type { ExecutionLine } from '../ports/book.ts';
import type { Position } from '../ports/executions.ts';
import type { Dossier } from '../journey/dossier.ts';
import type { Place } from '../journey/places.ts';
import { ringsOn } from '../journey/ringing.ts';

const hour = 3_600_000;

/** The one partition of the `due` index: everything in it waits for its date. One sees 1,000 writes a second. */
export const dueItems = 'DUE';

/**
 * AWS ends an execution after 365 days; before it is so old, a younger one takes its place.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const renewalDays = 290;

/** An execution that ends so often within an hour will end again: somebody has to look why. */
const mostResumptions = 3;

/** Why the next generation of a dossier's execution takes over. */
export type Cause =
  /** It ended and the dossier goes on. The only cause that is counted: it may come again at once. */
  | 'ended'
  /** The book has taken a road that its edition of the definition lacks. */
  | 'no-road'
  | 'too-old'
  /** Another execution bears its name, or nobody knows with which token it waits: the book was restored. */
  | 'name-taken'
  /** Somebody of ops asked for it. */
  | 'asked';

/** What becomes of the line on the execution; written only over the very generation it was made for. */
export type Change =
  | { readonly kind: 'raise'; readonly resumedAt: readonly number[]; readonly endsPause: boolean }
  | { readonly kind: 'pause' };

/**
 * What to write when a generation is to be replaced: the next one, or a pause, which only `asked` ends.
 * @param now epoch milliseconds
 * @returns undefined while it is paused
 */
export function replacement(line: ExecutionLine, cause: Cause, now: number): Change | undefined {
  if (cause === 'asked') return { kind: 'raise', resumedAt: [], endsPause: line.pausedAt !== undefined };
  if (line.pausedAt !== undefined) return undefined;
  const recent = line.resumedAt.filter((instant) => instant > now - hour);
  if (cause === 'ended' && recent.length >= mostResumptions) return { kind: 'pause' };
  return { kind: 'raise', resumedAt: cause === 'ended' ? [...recent, now] : recent, endsPause: false };
}

/** Whether an execution has to be replaced because of its age. @param now epoch milliseconds */
export function isTooOld({ renewAt }: ExecutionLine, now: number): boolean {
  return renewAt !== undefined && now >= renewAt;
}

/** Where an execution that starts now has to go on, with the time that is left to it. */
export function positionOf(dossier: Dossier): Position & { readonly resumeAt: Place } {
  const { place, version } = dossier;
  const rings = ringsOn(dossier);
  return {
    resumeAt: place,
    followed: version,
    ...(rings === undefined ? {} : { dueAt: new Date(rings).toISOString() }),
  };
}
