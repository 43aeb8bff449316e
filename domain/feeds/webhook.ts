/** Where a subscriber is called, and with which secrets the calls are signed. Epoch milliseconds. */
export interface Webhook {
  readonly url: string;
  readonly secret: string;
  /** The secret before: calls are signed with it too until then. */
  readonly former?: { readonly secret: string; readonly until: number };
  /** Nothing is sent, and everything is kept for its time. */
  readonly paused?: { readonly at: number; readonly why: PauseReason };
}

/** `failing`: no call succeeded for three days; `gone`: the receiver has answered 410; `asked`: its owner wanted it. */
export const pauseReasons = ['failing', 'gone', 'asked'] as const;
export type PauseReason = (typeof pauseReasons)[number];

/** Why a call was none, or is not counted as taken. */
export const callFaults = [
  'address-refused',
  'not-found',
  'unreachable',
  'not-secure',
  'too-late',
  'redirected',
  'refused',
] as const;
export type CallFault = (typeof callFaults)[number];

/** What became of one call. */
export interface Called {
  /** Of the answer; absent where there was none. */
  readonly status?: number;
  /** Absent when the receiver has taken it. */
  readonly fault?: CallFault;
  readonly tookMs: number;
}

/** How far the calls of a lane are. */
export interface LaneSent {
  /** The sequence of the last entry that the receiver has taken. */
  readonly sent: number;
  /** The next entry fails: since when, how often, and when it is tried again. */
  readonly failing?: { readonly since: number; readonly times: number; readonly retryAt: number };
}

/** So long both secrets sign after a rotation. */
export const bothSecretsMs = 24 * 3_600_000;

const minute = 60_000;
const hour = 60 * minute;
/** Between two tries of one entry; the last goes on. */
const pauses = [
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  30 * minute,
  hour,
  2 * hour,
  4 * hour,
  8 * hour,
  12 * hour,
];
/** So long an entry is tried. */
const triedForMs = 72 * hour;

/**
 * A lane whose next entry has failed once more.
 * @returns undefined when it was tried for as long as it is
 */
export function failedAgain({ sent, failing }: LaneSent, now: number): LaneSent | undefined {
  const { since = now, times = 0 } = failing ?? {};
  if (now - since >= triedForMs) return undefined;
  const pause = pauses[Math.min(times, pauses.length - 1)] ?? hour;
  // The last try is at the end of the three days, and none after it.
  const retryAt = Math.min(now + pause, since + triedForMs);
  return { sent, failing: { since, times: times + 1, retryAt } };
}

/** Whether a lane has something to send now. */
export function isDue({ sent, failing }: LaneSent, newest: number, now: number): boolean {
  return sent < newest && (failing === undefined || failing.retryAt <= now);
}

/** Whether calls are made to this address at all; where it leads to is looked at with every call. */
export function isCallable(url: string, toLoopback: boolean): boolean {
  const [, scheme, authority = ''] = /^(https?):\/\/([^/?#]*)/i.exec(url) ?? [];
  if (authority === '' || authority.includes('@')) return false;
  if (scheme?.toLowerCase() === 'https') return true;
  return toLoopback && /^(?:127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(authority);
}
