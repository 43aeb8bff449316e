import * as z from 'zod';

/**
 * Something in the template that cannot be run on this machine. The message is a whole sentence for the person at the
 * terminal.
 */
export class TemplateProblem extends Error {
  override readonly name = 'TemplateProblem';
}

/** Where a problem lies. */
interface Place {
  readonly logicalId: string;
  readonly type: string;
}

/** The sentence that names the resource and the file. */
export function cannotRun({ logicalId, type }: Place, templateFile: string, problem: unknown): TemplateProblem {
  const words =
    problem instanceof z.ZodError
      ? z.prettifyError(problem)
      : problem instanceof Error
        ? problem.message
        : String(problem);
  return new TemplateProblem(
    `Cannot run the resource ${logicalId} of type ${type} in ${templateFile}: ${words}${words.endsWith('.') ? '' : '.'}`,
    { cause: problem },
  );
}
