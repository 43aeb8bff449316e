import { toleratedSkewMs, type Report } from './report.ts';

/** How wrong the clock of a device was when it last said so. */
export interface DeviceClock {
  /** How far it was ahead. */
  readonly skewSeconds: number;
  /** Epoch milliseconds of the server. */
  readonly measuredAt: number;
}

const day = 24 * 3_600_000;

/** What a clock was known to be says nothing about it after so long (judged). */
const rememberedMs = 7 * day;

/** A report by whose own word its device's clock is wrong, or, where it says nothing, by what is known of it. */
export function withKnownClock(report: Report, known: DeviceClock | undefined, receivedAt: number): Report {
  const isKnown = known !== undefined && isRemembered(known, receivedAt);
  return report.sentAt !== undefined || !isKnown
    ? report
    : { ...report, sentAt: receivedAt + known.skewSeconds * 1000 };
}

/**
 * What is to be remembered of the clock with which something was reported. A message that waited looks like a clock
 * that lags, so one that is slower than it was is believed only if it is right now (judged).
 * @returns undefined where nothing new was said
 */
export function clockToKeep(
  { sentAt }: Report,
  known: DeviceClock | undefined,
  receivedAt: number,
): DeviceClock | undefined {
  if (sentAt === undefined) return undefined;
  const skewMs = sentAt - receivedAt;
  const isRight = Math.abs(skewMs) <= toleratedSkewMs;
  const told: DeviceClock = { skewSeconds: Math.round(skewMs / 1000), measuredAt: receivedAt };
  if (known === undefined || !isRemembered(known, receivedAt)) return isRight ? undefined : told;
  const change = skewMs - known.skewSeconds * 1000;
  const isSame = Math.abs(change) <= toleratedSkewMs;
  // Written again once a day, so that it is not forgotten while it is told.
  if (isSame) return receivedAt - known.measuredAt > day ? told : undefined;
  return change > 0 || isRight ? told : undefined;
}

function isRemembered({ measuredAt }: DeviceClock, now: number): boolean {
  return now - measuredAt <= rememberedMs;
}
