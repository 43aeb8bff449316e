import * as z from 'zod';
import type { Operation } from './operation.ts';
import { dossierId } from './wire.ts';

/** What is printed on: two sheets, and the roll of a counter's printer. */
export const paperSizes = ['A5', 'A6', '80mm'] as const;
export type PaperSize = (typeof paperSizes)[number];

export const size = z.enum(paperSizes).default('A5').meta({ description: 'A sheet, or a roll of 80 mm.' });

/** How papers are answered. */
export const asPaper = {
  answeredBy: 'print-paper',
  method: 'GET',
  doors: ['portal', 'clerk', 'courier', 'officer', 'supervisor'],
  statuses: [200],
  answer: z.string().meta({
    id: 'Paper',
    description:
      'A page without script that prints on the size that was asked for. Who prints it again is told so on it.',
  }),
  answersWith: 'text/html',
} as const satisfies Partial<Operation>;

/** A paper of one dossier. @param more what else it can be asked for */
export function paper<
  const PaperName extends string,
  const Path extends `/v1/dossiers/{dossierId}/${string}`,
  const Refusals extends Operation['refusals'],
  More extends z.ZodRawShape,
>(name: PaperName, path: Path, summary: Operation['summary'], refusals: Refusals, more: More) {
  return {
    ...asPaper,
    name,
    path,
    summary,
    request: z.strictObject({ path: z.strictObject({ dossierId }), query: z.strictObject({ size, ...more }) }),
    refusals,
  } as const satisfies Operation;
}
