import * as z from 'zod';
import type { Operation } from './operation.ts';
import { asPaper, size } from './paper.ts';
import { codeOfBag } from './wire.ts';

/**
 * What was put into a bag last, as the hand-over record of all of it (QĐ45 art. 7(3)); of what the caller may know of.
 */
export const showManifest = {
  ...asPaper,
  name: 'show-manifest',
  path: '/v1/bags/{bagCode}/manifest',
  summary: { en: 'Print the manifest of a bag', vi: 'In bảng kê túi' },
  request: z.strictObject({ path: z.strictObject({ bagCode: codeOfBag }), query: z.strictObject({ size }) }),
  units: 20,
  refusals: ['UnknownBag', 'NoSuchPaper'],
} as const satisfies Operation;
