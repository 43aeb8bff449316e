import * as z from 'zod';
import { reasons } from '../domain/journey/events.ts';
import { reasonWords } from '../domain/journey/reason-words.ts';
import { isAskedFor, listing, Names } from './catalogue.ts';
import { Reason } from './dossier-view.ts';

/** Why something was done or not done: the codes of `details.reason`. */
export const listReasons = listing(
  'list-reasons',
  '/v1/reasons',
  { en: 'Reasons that events give', vi: 'Danh mục lý do' },
  z.strictObject({ code: Reason, ...Names }).meta({ id: 'ReasonWords' }),
  {},
);

/** Every reason with its words. */
export function reasonsCalled(asked?: string): z.output<typeof listReasons.answer>['items'] {
  return reasons
    .map((code) => ({ code, ...reasonWords[code] }))
    .filter(({ code, vi, en }) => isAskedFor(asked, [code, vi, en]));
}
