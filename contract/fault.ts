import * as z from 'zod';
import type { ItemCodeFault } from '../domain/codes/item-code.ts';

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

/** What is wrong with an item code, at the border and by the law (`ItemCodeRefused`). */
export const itemCodeWords = {
  'not-s10': { en: 'not of the form AA123456785VN', vi: 'không đúng dạng AA123456785VN' },
  'check-digit': {
    en: 'the check digit is wrong: read the label again',
    vi: 'sai chữ số kiểm tra: hãy đọc lại nhãn',
  },
  'not-domestic': {
    en: 'a leg within Vietnam has a code that ends in VN',
    vi: 'bưu gửi trong nước có số hiệu kết thúc bằng VN',
  },
} as const satisfies Record<ItemCodeFault, FaultWords>;
