import * as z from 'zod';
import { fault } from './fault.ts';

/**
 * Direction turned by force makes a name look like another; a replacement character stands for letters that are lost.
 */
const refused = /[\u202D\u202E\uFFFD]/u;
/** Half a character, control characters, line ends, and code points that no font of the reader's knows. */
const unprintable = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;
/** What keyboards, web pages and phone books leave behind and nobody sees. */
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
/** Every kind of space, and the blank of Braille. */
const spaces = /[\p{Zs}\u2800]+/gu;
/** Something that a reader can see and say. */
const legible = /[\p{L}\p{N}]/u;
/** More marks on one letter than any language writes. */
const heaped = /\p{M}{5}/u;
/** Letters that look like Latin ones beside Latin ones: a name that is never found again. */
const mixed = /\p{sc=Latin}.*[\p{sc=Cyrillic}\p{sc=Greek}]|[\p{sc=Cyrillic}\p{sc=Greek}].*\p{sc=Latin}/u;

/** Old fonts wrote the Vietnamese Đ with its Icelandic and African look-alikes, which no search finds. */
const lookAlikes: Readonly<Record<string, string>> = { Ð: 'Đ', Ɖ: 'Đ', ð: 'đ', ɖ: 'đ' };

/**
 * Text as it is kept: NFC, Vietnamese letters for their look-alikes, without what does not show, each run of spaces
 * one.
 */
function tidied(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/[ÐƉðɖ]/gu, (letter) => lookAlikes[letter] ?? letter)
    .replaceAll(invisible, '')
    .replaceAll(spaces, ' ')
    .trim()
    .normalize('NFC');
}

/**
 * A line of text as people write it, kept as they write it but for what nobody sees: at least one letter or digit.
 * @param max in characters as people count them, after tidying
 */
export function line(max: number): z.ZodType<string, string> {
  return z
    .string()
    .max(max * 10)
    .transform((text, context) => {
      if (refused.test(text)) return fault(context, text, words.broken);
      const tidy = tidied(text);
      if (unprintable.test(tidy) || heaped.test(tidy)) return fault(context, text, words.broken);
      if (mixed.test(tidy)) return fault(context, text, words.mixed);
      if (!legible.test(tidy)) return fault(context, text, words.empty);
      return Array.from(tidy).length > max ? fault(context, text, words.long(max)) : tidy;
    });
}

const words = {
  broken: {
    en: 'has characters that do not belong into a line of text (control, broken or direction-turning ones); type it anew',
    vi: 'có ký tự không thuộc một dòng chữ (ký tự điều khiển, ký tự hỏng hoặc đảo chiều); hãy gõ lại',
  },
  mixed: {
    en: 'mixes Latin letters with Greek or Cyrillic ones that look alike; type it anew',
    vi: 'lẫn chữ Hy Lạp hoặc Kirin trông giống chữ Latinh; hãy gõ lại',
  },
  empty: { en: 'needs at least one letter or digit', vi: 'cần ít nhất một chữ cái hoặc chữ số' },
  long: (max: number) => ({ en: `must be at most ${max} characters`, vi: `tối đa ${max} ký tự` }),
};
