import * as z from 'zod';
import type { Operation } from './operation.ts';

/** Where somebody types the code of his slip. */
export const showTracking = {
  name: 'show-tracking',
  answeredBy: 'track-dossier',
  method: 'GET',
  path: '/t',
  doors: 'open',
  summary: { en: 'The page on which a tracking code is typed', vi: 'Trang nhập mã tra cứu' },
  request: z.strictObject({}),
  statuses: [200],
  answer: z.string(),
  answersWith: 'text/html',
  refusals: [],
} as const satisfies Operation;
