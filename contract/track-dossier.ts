import * as z from 'zod';
import { PlaceView } from './dossier-view.ts';
import type { Operation } from './operation.ts';

const Instant = z.iso.datetime();

export const Tracked = z
  .strictObject({
    trackingCode: z.string().meta({ examples: ['123-456-789-012-345-671'] }),
    place: PlaceView,
    next: z
      .strictObject({ vi: z.string(), en: z.string() })
      .meta({ description: 'In plain words: who has to do what by when. No date is a forecast.' }),
    overdue: z.boolean(),
    dueAt: Instant.exactOptional().meta({ description: 'Of what is awaited here; absent once it is overdue.' }),
    dueAtLocal: z.string().exactOptional().meta({ description: 'The same in Vietnam’s time, for people.' }),
    stages: z.array(
      z
        .strictObject({
          vi: z.string(),
          en: z.string(),
          at: Instant.exactOptional().meta({ description: 'Absent where nobody knows the day.' }),
          atLocal: z.string().exactOptional(),
        })
        .meta({ id: 'Stage' }),
    ),
  })
  .meta({ id: 'Tracked', description: 'The stages alone: no names, no procedure, no addresses.' });
export type Tracked = z.infer<typeof Tracked>;

/** As somebody reads it off the slip: what is no code is answered like one that nobody has. */
export const TrackingCode = z
  .string()
  .max(64)
  .meta({
    description: 'Eighteen digits. Spaces, dots, hyphens and full-width digits are forgiven.',
    examples: ['123-456-789-012-345-671'],
  });

/** The stage alone, for whoever holds the code: a page, a text for telephones, or data, as `Accept` prefers. */
export const trackDossier = {
  name: 'track-dossier',
  method: 'GET',
  path: '/t/{trackingCode}',
  doors: 'open',
  summary: { en: 'Track a dossier by its code', vi: 'Tra cứu hồ sơ theo mã' },
  request: z.strictObject({ path: z.strictObject({ trackingCode: TrackingCode }) }),
  statuses: [200],
  answer: Tracked,
  alsoAs: ['text/html', 'text/plain'],
  refusals: ['UnknownDossier'],
} as const satisfies Operation;
