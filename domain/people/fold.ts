/**
 * Text as a search compares it: small letters without marks, `đ` as `d`, apostrophes and hyphens gone, everything else
 * that is no letter or digit one space. `H’Hen Niê` and `h'hen nie` fold to `hhen nie`.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replaceAll(/['’‘ʼ`´\p{Pd}]/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
