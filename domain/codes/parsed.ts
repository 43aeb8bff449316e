/** What came of reading a code that somebody typed, dictated or scanned: the canonical code, or the fault by name. */
export type Parsed<Value, Fault extends string> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly fault: Fault };

/**
 * Full-width letters and digits of Asian keyboards as ASCII, and nothing else: NFKC would make an `s` of `ſ`, which is
 * a
 * typing fault.
 */
export function inHalfWidth(text: string): string {
  return text.replaceAll(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
}

/** What keyboards, web pages and phone books leave behind and nobody sees. */
export const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]+/gu;

/** What people and programs write for a hyphen: any dash, a spreadsheet's minus sign, a list's bullet. */
export const dash = /[\p{Pd}\u02D7\u2043\u2212]/gu;

/** Typed text without spaces and invisible characters, in ASCII capitals, any dash a hyphen. */
export function withoutSpaces(text: string): string {
  return (
    text
      .normalize('NFKC')
      .replaceAll(invisible, '')
      .replaceAll(/\s+/g, '')
      .replaceAll(dash, '-')
      // Only ASCII letters: `ı` and `ſ` have ASCII capitals too, and are typing faults.
      .replaceAll(/[a-z]/g, (letter) => letter.toUpperCase())
  );
}

/**
 * Code text as people hand it in, without what they put in between: spaces, hyphens and dashes, dots, invisible
 * characters. Full-width letters and digits of Asian keyboards become ASCII.
 */
export function withoutSeparators(text: string): string {
  return inHalfWidth(text)
    .replaceAll(invisible, '')
    .replaceAll(dash, '')
    .replaceAll(/[\s.]+/g, '');
}
