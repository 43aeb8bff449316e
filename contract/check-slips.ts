import * as z from 'zod';
import type { Operation } from './operation.ts';

export const SlipKeys = z
  .strictObject({
    keys: z
      .array(
        z
          .strictObject({
            id: z.string().meta({ description: 'As the slip names it.', examples: ['A'] }),
            from: z.iso.date().meta({ description: 'From when on it signs.' }),
            until: z.iso.date().exactOptional().meta({ description: 'When another took over; its slips still hold.' }),
            publicKey: z.string().meta({ description: 'ECDSA over P-256, SubjectPublicKeyInfo in base64.' }),
          })
          .meta({ id: 'SlipKey' }),
      )
      .readonly(),
    ended: z.array(z.string()).readonly().meta({
      description:
        'Slips that hold no more: SHA-256 of the tracking code’s eighteen digits, the first sixteen hexadecimal digits.',
    }),
    asOf: z.iso.datetime().meta({ description: 'When this was said.' }),
  })
  .meta({ id: 'SlipKeys', description: 'What is needed to check a slip without asking anybody.' });
export type SlipKeys = z.infer<typeof SlipKeys>;

/** The published keys of slips as data, or as one page that checks slips, also where there is no network. */
export const checkSlips = {
  name: 'check-slips',
  method: 'GET',
  path: '/slips',
  doors: 'open',
  summary: { en: 'The page that checks slips, and its keys', vi: 'Trang kiểm tra phiếu gửi và các khóa công khai' },
  request: z.strictObject({}),
  statuses: [200],
  answer: SlipKeys,
  alsoAs: ['text/html'],
  refusals: [],
} as const satisfies Operation;
