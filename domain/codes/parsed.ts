/** What came of reading a code that somebody typed, dictated or scanned: the canonical code, or the fault by name. */
export type Parsed<Value, Fault extends string> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly fault: Fault };

const separators = /[\s\p{Cf}\p{Pd}.]+/gu;

/**
 * Code text as people hand it in, without what they put in between: spaces, hyphens and dashes, dots, invisible
 * characters. Full-width letters and digits of Asian keyboards become ASCII (NFKC).
 */
export function withoutSeparators(text: string): string {
  return text.normalize('NFKC').replaceAll(separators, '');
}
