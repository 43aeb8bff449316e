import { readFileSync } from 'node:fs';
import * as z from 'zod';

const event = z.record(z.string(), z.json());

/** An execution as AWS recorded it. */
export const RecordedCase = z.object({
  id: z.string(),
  definition: z.record(z.string(), z.json()),
  input: z.json(),
  lambdas: z.array(z.object({ name: z.string(), source: z.string() })).default([]),
  expected: z.object({
    status: z.string(),
    output: z.json().optional(),
    error: z.string().optional(),
    cause: z.json().optional(),
    history: z.array(event),
  }),
  /** Texts that stand for something else in every run. */
  placeholders: z.array(z.string()).default([]),
  /** Fields whose values differ in every run: pairs of a path `$..Field` and its stand-in. */
  masked: z.array(z.tuple([z.string(), z.string()])).default([]),
});

export type RecordedCase = z.infer<typeof RecordedCase>;

/** @throws when the file is not one of recorded cases */
export function readCases(file: string): RecordedCase[] {
  return z.object({ runnable: z.array(RecordedCase) }).parse(JSON.parse(readFileSync(file, 'utf8'))).runnable;
}
