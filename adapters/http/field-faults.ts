import type * as z from 'zod';
import { faultWords } from '../../contract/fault.ts';
import { requestHeaders } from '../../contract/headers.ts';
import type { Problem } from '../../contract/problem.ts';

export type FieldFault = NonNullable<Problem['errors']>[number];

/** Enough to mend a form by; a body of nothing but faults is not answered with a larger one. */
export const mostFaults = 20;

/** What zod found, in our own words and by JSON pointer. What was sent is not repeated: it may be personal. */
export function fieldFaults(error: z.ZodError, sent: unknown): FieldFault[] {
  return error.issues.flatMap((issue) => faultsOf(issue, sent)).slice(0, mostFaults);
}

function faultsOf(issue: z.core.$ZodIssue, sent: unknown): FieldFault[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      pointer: pointerTo([...issue.path, key]),
      detail: 'is not a field of this request',
      detailVi: 'không phải là trường của yêu cầu này',
    }));
  const [detail, detailVi] = wordsFor(issue, isThere(sent, issue.path));
  return [{ pointer: pointerTo(issue.path), detail, detailVi }];
}

/** RFC 6901, with a header under its own name. */
function pointerTo([part = '', ...path]: readonly PropertyKey[]): string {
  const header = requestHeaders.find(([name]) => name === part)?.[1];
  const named = header === undefined ? [part, ...path] : ['header', header.toLowerCase(), ...path];
  return named.map((one) => `/${String(one).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function isThere(sent: unknown, path: readonly PropertyKey[]): boolean {
  return (
    path.reduce<unknown>(
      (value, part) => (typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined),
      sent,
    ) !== undefined
  );
}

function wordsFor(issue: z.core.$ZodIssue, there: boolean): readonly [string, string] {
  if (!there) return ['is missing', 'bị thiếu'];
  const own = faultWords(issue);
  if (own) return [own.en, own.vi];
  switch (issue.code) {
    case 'invalid_type':
      return [`must be of type ${issue.expected}`, `phải có kiểu ${issue.expected}`];
    case 'too_small':
      return [`must be at least ${issue.minimum}`, `tối thiểu ${issue.minimum}`];
    case 'too_big':
      return [`must be at most ${issue.maximum}`, `tối đa ${issue.maximum}`];
    case 'invalid_value':
      return [`must be one of ${issue.values.join(', ')}`, `phải là một trong ${issue.values.join(', ')}`];
    case 'invalid_format':
      return [
        issue.format === 'regex' ? 'does not have the right form' : `must be a ${issue.format}`,
        'không đúng định dạng',
      ];
    default:
      return ['is not usable', 'không dùng được'];
  }
}
