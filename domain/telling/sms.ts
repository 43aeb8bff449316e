/**
 * The alphabet of short messages, GSM 03.38: each sign takes one of 160 places, those of the extension two. One sign
 * beyond it, and the whole message is written in UCS-2, in which it has 70.
 */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const extension = '\f^{}\\[~]|€';

/** How many messages the network sends for a text, and in which alphabet. */
export interface SmsLength {
  readonly alphabet: 'GSM-7' | 'UCS-2';
  /** Places taken: septets of GSM-7, 16-bit units of UCS-2. */
  readonly units: number;
  /** What is charged: a longer text is sent in parts, each with a head of its own that takes seven or three places. */
  readonly parts: number;
}

/**
 * Counts a text as 3GPP TS 23.038 and 23.040 count it: one part of 160 or 70 places, several of 153 or 67. No sign is
 * cut in two: what does not fit whole goes to the next part.
 */
export function smsLength(text: string): SmsLength {
  const signs = Array.from(text);
  const isGsm = signs.every((sign) => basic.includes(sign) || extension.includes(sign));
  const sizes = signs.map((sign) => (isGsm ? (extension.includes(sign) ? 2 : 1) : sign.length));
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const [whole, part] = isGsm ? [160, 153] : [70, 67];
  return { alphabet: isGsm ? 'GSM-7' : 'UCS-2', units, parts: units <= whole ? 1 : partsOf(sizes, part) };
}

function partsOf(sizes: readonly number[], room: number): number {
  let [parts, used] = [1, 0];
  for (const size of sizes) {
    if (used + size > room) [parts, used] = [parts + 1, 0];
    used += size;
  }
  return parts;
}

/** Vietnamese as it is written in short messages, without marks: every sign is in GSM-7, and every phone shows it. */
export function withoutMarks(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .replaceAll(/[’‘]/g, "'")
    .replaceAll(/[“”]/g, '"')
    .replaceAll(/[–—]/g, '-');
}
