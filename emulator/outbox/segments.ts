/** 3GPP TS 23.038: the letters of a text message that take seven bits, and those that take two of them. */
const plain = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const escaped = new Set('\f^{}\\[~]|€');

export interface Segments {
  readonly encoding: 'GSM-7' | 'UCS-2';
  /** How many messages the network carries, and bills. */
  readonly count: number;
}

/** How a text travels: one letter outside of GSM-7 makes all of it UCS-2, and no letter is cut in two. */
export function segmentsOf(text: string): Segments {
  const letters = Array.from(text);
  const isGsm = letters.every((letter) => plain.has(letter) || escaped.has(letter));
  const [alone, joined] = isGsm ? [160, 153] : [70, 67];
  const unitsOf = (letter: string) => (isGsm && escaped.has(letter) ? 2 : letter.length);
  const units = letters.reduce((sum, letter) => sum + unitsOf(letter), 0);
  const encoding = isGsm ? 'GSM-7' : 'UCS-2';
  if (units <= alone) return { encoding, count: 1 };
  let [count, room] = [1, joined];
  for (const letter of letters) {
    if (unitsOf(letter) > room) [count, room] = [count + 1, joined];
    room -= unitsOf(letter);
  }
  return { encoding, count };
}
