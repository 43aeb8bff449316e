import { findAgency } from '../catalogue/agencies.ts';
import { findPostOffice } from '../catalogue/post-offices.ts';
import { showLocalDay, showLocalTime } from '../calendar/local-time.ts';
import { showTrackingCode } from '../codes/tracking-code.ts';
import { showDong } from '../fees/show-dong.ts';
import type { Dossier, JourneyEvent } from '../journey/dossier.ts';
import { factsOf, placeFacts } from '../journey/places.ts';
import { wordsOf } from './messages.ts';
import type { Language } from './wish.ts';
import { withoutMarks } from './sms.ts';
import type { Telling } from './tellings.ts';

/** A message as it is sent. */
export interface Rendered {
  /** Of an e-mail. */
  readonly subject: string;
  readonly text: string;
}

/**
 * Puts a telling in words: of the dossier as it is now, and of the fact it is about. A short message in Vietnamese goes
 * without marks, so that it is one message and every phone shows it. No name, no address, no number of anybody.
 * @param event what the telling is about; undefined for a reminder
 */
export function rendered(
  { message, channel, language }: Pick<Telling, 'message' | 'channel' | 'language'>,
  dossier: Dossier,
  event: JourneyEvent | undefined,
): Rendered {
  const values: Readonly<Record<string, string>> = {
    code: showTrackingCode(dossier.trackingCode),
    office: officeOf(dossier, language),
    result: showDay(dossier.resultDueAt),
    until: showDay(dossier.dueAt),
    from: showTime(event?.details.appointment?.from),
    at: showTime(event?.occurredAt),
    collect: showDong(dossier.charges.dueAtCollection),
    amount: showDong(dossier.charges.dueOnDelivery),
    place: placeFacts[dossier.place][language],
  };
  const text = wordsOf(message)[language].replaceAll(/\{(\w+)\}/g, (_found, name: string) => values[name] ?? '');
  const subject = { vi: `Hồ sơ ${values['code']}`, en: `Dossier ${values['code']}` }[language];
  return channel === 'sms' ? { subject: withoutMarks(subject), text: withoutMarks(text) } : { subject, text };
}

/** Whose counter people call: where the papers are now. */
function officeOf(dossier: Dossier, language: Language): string {
  const { acts } = factsOf(dossier.place);
  const office = acts === 'delivery' ? dossier.deliveryPostOfficeId : dossier.postOfficeId;
  return findPostOffice(office)?.name[language] ?? findAgency(dossier.agencyId)?.name[language] ?? '';
}

/** A term ends when its last day is over. */
function showDay(end: number | undefined): string {
  return end === undefined ? '' : showLocalDay(end - 1);
}
function showTime(at: number | undefined): string {
  return at === undefined ? '' : showLocalTime(at);
}
