import * as z from 'zod';
import { withoutSeparators } from '../domain/codes/parsed.ts';
import { lastDigitsAsked } from '../domain/people/tracking.ts';
import type { Operation } from './operation.ts';
import { Tracked, TrackingCode } from './track-dossier.ts';

const Words = z.strictObject({ vi: z.string(), en: z.string() });
const Dong = z.int().meta({ description: 'Whole đồng.', examples: [31000] });

const TrackedDetails = z
  .strictObject({
    items: z
      .array(
        z.strictObject({
          vi: z.string(),
          en: z.string(),
          itemCode: z.string().meta({ examples: ['RA123456785VN'] }),
          from: z.iso.datetime(),
          fromLocal: z.string(),
        }),
      )
      .readonly(),
    postOffice: Words.meta({ description: 'Where the post takes the papers in.' }),
    agency: Words,
    deliveryPostOffice: Words.exactOptional().meta({ description: 'Absent where the result is fetched.' }),
    resultDueAt: z.iso.datetime().exactOptional(),
    resultDueLocal: z.string().exactOptional(),
    paid: Dong,
    owed: Dong,
    stateFeeUnknown: z.boolean().meta({ description: 'What the agency charges is not known yet, and not in `owed`.' }),
  })
  .meta({ id: 'TrackedDetails', description: 'For whoever knows the registered telephone: no names, no addresses.' });
export type TrackedDetails = z.infer<typeof TrackedDetails>;

export const TrackedInDetail = Tracked.extend({ details: TrackedDetails }).meta({ id: 'TrackedInDetail' });
export type TrackedInDetail = z.infer<typeof TrackedInDetail>;

/** How the registered telephone number ends. */
const LastDigits = z
  .string()
  .max(20)
  .transform(withoutSeparators)
  .pipe(z.string().regex(new RegExp(`^\\d{${lastDigitsAsked}}$`)))
  .meta({ description: 'The last four digits of the registered telephone number.', examples: ['0001'] });

/** The details, for whoever holds the code and knows the telephone number that was registered. */
export const trackInDetail = {
  name: 'track-in-detail',
  method: 'POST',
  path: '/t/details',
  doors: 'open',
  summary: {
    en: 'Details after the last four digits of the registered telephone',
    vi: 'Chi tiết, sau bốn số cuối của điện thoại đã đăng ký',
  },
  request: z.strictObject({
    body: z.strictObject({ trackingCode: TrackingCode, lastDigits: LastDigits }).meta({ id: 'CodeAndDigits' }),
  }),
  takesForms: true,
  statuses: [200],
  answer: TrackedInDetail,
  alsoAs: ['text/html', 'text/plain'],
  refusals: ['UnknownDossier', 'WrongDigits'],
} as const satisfies Operation;
