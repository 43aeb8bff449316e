import * as z from 'zod';
import { log } from '../log.ts';
import { executionOf } from '../../domain/codes/dossier-id.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html */
const statusChange = z.object({ detail: z.object({ name: z.string(), status: z.string() }) });

/**
 * Takes apart what EventBridge says of an execution that is over; one whose name is no dossier's is not ours. Says in
 * the log what became of it; a name that is not ours may name anybody, and is not repeated.
 * @throws ZodError for what is no such event
 */
export function endedExecution(
  resume: (ended: { readonly dossierId: string; readonly generation: number }) => Promise<string>,
) {
  return async (event: unknown): Promise<void> => {
    const { name, status } = statusChange.parse(event).detail;
    const ended = executionOf(name);
    if (ended === undefined) return log.warn('ended', { status, outcome: 'not ours' });
    log.info('ended', { ...ended, status, outcome: await resume(ended) });
  };
}
