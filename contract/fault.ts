import * as z from 'zod';

/** What is wrong with a field and what to do, in English and Vietnamese; never repeats what was sent. */
export interface FaultWords {
  readonly en: string;
  readonly vi: string;
}

/** Ends a transformation: the field is not usable, in words of its own. */
export function fault(context: z.RefinementCtx, input: string, words: FaultWords): never {
  context.issues.push({ code: 'custom', input, message: words.en, params: { ...words } });
  return z.NEVER;
}

const Words = z.object({ en: z.string(), vi: z.string() });

/** The words of an issue that `fault` made; undefined for any other. */
export function faultWords(issue: z.core.$ZodIssue): FaultWords | undefined {
  return issue.code === 'custom' ? Words.safeParse(issue.params).data : undefined;
}
