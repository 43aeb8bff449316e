import { vietnamTime } from '../clock/vietnam-time.ts';
import { html, type Html } from './html.ts';

/**
 * How a state, or a whole execution, is doing. Each has a sign, a word and (in the graph) a pattern, so that no meaning
 * hangs on a colour.
 */
export const looks = {
  running: { sign: '▶', en: 'In progress', vi: 'Đang chạy' },
  waiting: { sign: '◔', en: 'Waiting', vi: 'Đang chờ' },
  succeeded: { sign: '✓', en: 'Succeeded', vi: 'Thành công' },
  caught: { sign: '↷', en: 'Caught error', vi: 'Lỗi đã bắt' },
  failed: { sign: '✕', en: 'Failed', vi: 'Lỗi' },
  stopped: { sign: '■', en: 'Canceled', vi: 'Bị dừng' },
  unreached: { sign: '○', en: 'Not reached', vi: 'Chưa đến' },
} as const;
export type Look = keyof typeof looks;

/** Status words as the AWS console writes them. */
export const statuses = {
  RUNNING: { word: 'Running', look: 'running' },
  SUCCEEDED: { word: 'Succeeded', look: 'succeeded' },
  FAILED: { word: 'Failed', look: 'failed' },
  TIMED_OUT: { word: 'Timed out', look: 'failed' },
  ABORTED: { word: 'Aborted', look: 'stopped' },
} as const satisfies Record<string, { word: string; look: Look }>;
export type Status = keyof typeof statuses;

export function isStatus(value: string): value is Status {
  return Object.hasOwn(statuses, value);
}

/** An execution's status with its sign. */
export function statusBadge(status: string): Html {
  const { word, look } = isStatus(status) ? statuses[status] : { word: status, look: 'unreached' as const };
  return html`<span class="badge look-${look}"><span aria-hidden="true">${looks[look].sign}</span> ${word}</span>`;
}

/** A state's look with its sign, in both languages. */
export function lookBadge(look: Look): Html {
  const { sign, en, vi } = looks[look];
  return html`<span class="badge look-${look}"><span aria-hidden="true">${sign}</span> ${en}</span> <span class="vi" lang="vi">${vi}</span>`;
}

/** An instant as the machine reads it and as people in Vietnam do. */
export function time(instant: number): Html {
  return html`<time datetime="${new Date(instant).toISOString()}">${vietnamTime(instant).slice(0, 19)}</time>`;
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const;

/** A length of time in its two largest units: `3 d 4 h`. Milliseconds, negative ones count as none. */
export function span(ms: number): string {
  return counted(ms, units) ?? 'under 1 s';
}

/** The same for something that still goes on: without seconds, so that what is shown does not change all the time. */
export function roughly(ms: number): string {
  return counted(ms, units.slice(0, 3)) ?? 'under 1 min';
}

function counted(ms: number, scale: readonly (readonly [string, number])[]): string | undefined {
  let rest = Math.max(0, ms);
  const parts = scale.flatMap(([unit, length]) => {
    const count = Math.floor(rest / length);
    rest -= count * length;
    return count === 0 ? [] : [`${count} ${unit}`];
  });
  return parts.length === 0 ? undefined : parts.slice(0, 2).join(' ');
}
