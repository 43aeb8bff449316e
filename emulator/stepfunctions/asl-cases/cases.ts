import { readFileSync } from 'node:fs';
import * as z from 'zod';

const event = z.record(z.string(), z.json());

const recorded = z.object({
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

/** An execution as AWS recorded it. */
export type RecordedCase = z.infer<typeof recorded>;

/** @throws when the file is not one of recorded cases */
export function readCases(file: string): RecordedCase[] {
  return z.object({ runnable: z.array(recorded) }).parse(JSON.parse(readFileSync(file, 'utf8'))).runnable;
}

/** Recorded histories of services that are not all here: their form is to be met. @throws as `readCases` */
export function readShapes(file: string): RecordedCase[] {
  return z.object({ shapes: z.array(recorded) }).parse(JSON.parse(readFileSync(file, 'utf8'))).shapes;
}
