import * as z from 'zod';
import { invisible } from '../domain/codes/parsed.ts';
import { fault } from './fault.ts';

/**
 * Direction turned by force makes a name look like another; a replacement character stands for letters that are lost.
 */
const refused = /[\u202D\u202E\uFFFD]/u;
/** Half a character, control characters, line ends, and code points that no font of the reader's knows. */
const unprintable = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;
/** Every kind of space, and the blank of Braille. */
const spaces = /[\p{Zs}\u2800]+/gu;
/** Something that a reader can see and say. */
const legible = /[\p{L}\p{N}]/u;
/** More marks on one letter than any language writes. */
const heaped = /\p{M}{5}/u;
/** Letters that look like Latin ones beside Latin ones: a name that is never found again. */
const mixed = /(?=.*\p{sc=Latin}).*[\p{sc=Cyrl}\p{sc=Grek}\p{sc=Armn}\p{sc=Cher}\p{sc=Copt}\p{sc=Lisu}]/u;

/** Letters and digits in another dress: wide, mathematical, tied together. */
const dressed = /[\p{Lu}\p{Ll}\p{Nd}]/gu;
/** A tone typed before the letter's own mark: `ẽ` and `^` for `ễ`. */
const toneFirst = /([\u0300\u0301\u0303\u0309])([\u0302\u0306])/gu;
/** Old fonts wrote the Vietnamese Đ with its Icelandic and African look-alikes, or struck a D through. */
const [capitalD, smallD] = [/[ÐƉꟇ]|D[\u0335\u0336]/gu, /[ðɖꟈ]|d[\u0335\u0336]/gu];

/**
 * Text as it is kept: NFC, Vietnamese letters for their look-alikes, without what does not show, each run of spaces
 * one.
 */
function tidied(text: string): string {
  return text
    .replaceAll(invisible, '')
    .normalize('NFD')
    .replaceAll(toneFirst, '$2$1')
    .normalize('NFC')
    .replaceAll(dressed, (letter) => letter.normalize('NFKC'))
    .replaceAll(capitalD, 'Đ')
    .replaceAll(smallD, 'đ')
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
    en: 'mixes Latin letters with those of another script that look alike; type it anew',
    vi: 'lẫn chữ của hệ chữ khác trông giống chữ Latinh; hãy gõ lại',
  },
  empty: { en: 'needs at least one letter or digit', vi: 'cần ít nhất một chữ cái hoặc chữ số' },
  long: (max: number) => ({ en: `must be at most ${max} characters`, vi: `tối đa ${max} ký tự` }),
};
