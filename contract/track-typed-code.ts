import * as z from 'zod';
import type { Operation } from './operation.ts';
import { Tracked, TrackingCode } from './track-dossier.ts';

/** The same for a code that somebody typed: it stands in no address, no history and no log. */
export const trackTypedCode = {
  name: 'track-typed-code',
  answeredBy: 'track-dossier',
  method: 'POST',
  path: '/t',
  doors: 'open',
  summary: { en: 'Track a dossier by a code typed on the page', vi: 'Tra cứu hồ sơ theo mã đã nhập' },
  request: z.strictObject({ body: z.strictObject({ trackingCode: TrackingCode }).meta({ id: 'TypedCode' }) }),
  takesForms: true,
  statuses: [200],
  answer: Tracked,
  alsoAs: ['text/html', 'text/plain'],
  refusals: ['UnknownDossier'],
} as const satisfies Operation;
