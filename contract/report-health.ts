import * as z from 'zod';
import type { Operation } from './operation.ts';

/** Whether the door answers. */
export const reportHealth = {
  name: 'report-health',
  method: 'GET',
  path: '/v1/health',
  doors: 'open',
  summary: { en: 'Whether the system is up', vi: 'Kiểm tra hệ thống' },
  request: z.strictObject({}),
  statuses: [200],
  answer: z.strictObject({ status: z.literal('ok') }).meta({ id: 'Health' }),
  refusals: [],
} as const satisfies Operation;
