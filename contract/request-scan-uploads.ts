import * as z from 'zod';
import type { AskedOfMany } from '../domain/intake/ask-for-scan.ts';
import { mostScans } from '../domain/scans.ts';
import type { Operation } from './operation.ts';
import { borderProblem, Problem, refusalProblem } from './problem.ts';
import { AnnouncedScan, Invitation, invitation } from './request-scan-upload.ts';
import { dossierId } from './wire.ts';

const AnsweredScan = z
  .strictObject({
    status: z.int().meta({ description: 'As the file alone would have been answered.', examples: [201] }),
    invitation: Invitation.exactOptional(),
    problem: Problem.exactOptional(),
  })
  .meta({ id: 'AnsweredScan', description: 'What became of asking for one file: an invitation, or why not.' });
type AnsweredScan = z.infer<typeof AnsweredScan>;

/**
 * Asks for places to upload many files to, as a counter does that scans a bundle. Each is answered by itself, as if it
 * had been asked for alone: one that is refused harms no other. Each is confirmed by itself when it is there.
 */
export const requestScanUploads = {
  name: 'request-scan-uploads',
  method: 'POST',
  path: '/v1/dossiers/{dossierId}/scans/batch',
  doors: ['portal', 'clerk', 'courier', 'officer'],
  summary: { en: 'Ask for places to upload many scans to', vi: 'Xin đường dẫn tải nhiều bản quét lên' },
  request: z.strictObject({
    path: z.strictObject({ dossierId }),
    body: z
      .strictObject({ items: z.array(AnnouncedScan).min(1).max(mostScans) })
      .meta({ id: 'AnnouncedScans', description: 'Files of one dossier.' }),
  }),
  itemByItem: true,
  statuses: [200],
  answer: z
    .strictObject({ items: z.array(AnsweredScan).readonly() })
    .meta({ id: 'AnsweredScans', description: 'What became of each file, in the order of the request.' }),
  units: 20,
  refusals: ['UnknownDossier'],
} as const satisfies Operation;

/** What is said of one of many files. @param problemOf what is said of one at which something was thrown */
export function answeredScan(asked: AskedOfMany, problemOf: (thrown: unknown) => Problem): AnsweredScan {
  if ('ok' in asked && asked.ok) return { status: asked.value.isNew ? 201 : 200, invitation: invitation(asked.value) };
  const problem =
    'thrown' in asked
      ? problemOf(asked.thrown)
      : 'isNotReached' in asked
        ? borderProblem('NotReached')
        : refusalProblem(asked.refusal);
  return { status: problem.status, problem };
}
