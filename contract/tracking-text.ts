import { showDong } from '../domain/fees/show-dong.ts';
import type { Problem } from './problem.ts';
import type { Tracked } from './track-dossier.ts';
import type { TrackedInDetail } from './track-in-detail.ts';
import { wordsOf } from './tracking-page.ts';

/**
 * Where a dossier is, in letters that any telephone shows and a message of 160 carries (GSM 7 bit): Vietnamese without
 * its marks, as people write it there.
 */
export function trackingText({
  trackingCode,
  place,
  next,
  stages,
  details,
}: Tracked & Partial<TrackedInDetail>): string {
  const owed = details === undefined ? '' : ` Còn phải trả ${showDong(details.owed)}.`;
  const last = stages.findLast(({ atLocal }) => atLocal !== undefined)?.atLocal;
  return plainly(`${trackingCode}: ${place.vi}${last === undefined ? '' : `, ${last}`}. ${next.vi}${owed}
${place.en}. ${next.en}`);
}

/** Why a dossier is not shown. */
export function trackingProblemText(problem: Problem): string {
  const { vi, en } = wordsOf(problem);
  return plainly(`${vi}\n${en}`);
}

function plainly(text: string): string {
  return `${text
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .replaceAll('’', "'")}\n`;
}
