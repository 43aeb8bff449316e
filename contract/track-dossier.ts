import * as z from 'zod';
import { PlaceView } from './dossier-view.ts';
import type { Operation } from './operation.ts';

const Instant = z.iso.datetime();

const Tracked = z
  .strictObject({
    trackingCode: z.string().meta({ examples: ['123-456-789-012-345-671'] }),
    place: PlaceView,
    dueAt: Instant.exactOptional(),
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

/** The stage alone, for whoever holds the code. Spaces, dots and hyphens are forgiven. */
export const trackDossier = {
  name: 'track-dossier',
  method: 'GET',
  path: '/v1/track/{trackingCode}',
  doors: 'open',
  summary: { en: 'Track a dossier by its code', vi: 'Tra cứu hồ sơ theo mã' },
  request: z.strictObject({
    path: z.strictObject({
      trackingCode: z
        .string()
        .min(12)
        .max(40)
        .meta({ examples: ['123-456-789-012-345-671'] }),
    }),
  }),
  statuses: [200],
  answer: Tracked,
  refusals: ['UnknownDossier'],
} as const satisfies Operation;
