import { escaped, page } from '../../contract/html.ts';
import type { PaperSize } from '../../contract/paper.ts';

/** Draws codes as SVG. */
export interface Codes {
  qr(text: string): string;
  bars(text: string): string;
}

/** What stands on a paper, from top to bottom: a line of text, codes side by side, or room for signatures. */
export type Block =
  | { readonly text: string; readonly label?: string; readonly look?: keyof typeof looks }
  | { readonly bars: string; readonly qr?: string }
  | { readonly signatures: readonly string[] };

/** One side of paper: each copy begins on its own. */
export type Copy = readonly Block[];

interface Measures {
  readonly width: number;
  /** Millimetres; of a roll it follows from what is on it. */
  readonly height?: number;
  readonly margin: number;
  readonly points: number;
  /** Room for a signature. */
  readonly signing: number;
}

/** Chromium knows no `size: A6`, and takes Letter: all are said in millimetres. */
const measures: Readonly<Record<PaperSize, Measures>> = {
  'A5': { width: 148, height: 210, margin: 8, points: 8.5, signing: 20 },
  'A6': { width: 105, height: 148, margin: 4, points: 6, signing: 13 },
  '80mm': { width: 80, margin: 4, points: 9, signing: 20 },
};

/** How large against the rest, and how much room above, in lines. */
const looks = {
  title: { scale: 1.6, weight: 'bold', align: 'center' },
  notice: { scale: 1.15, weight: 'bold', align: 'center' },
  head: { scale: 1, weight: 'normal', align: 'center' },
  code: { scale: 1.1, weight: 'bold', align: 'center' },
  plain: { scale: 1, weight: 'normal', align: 'start' },
  small: { scale: 0.85, weight: 'normal', align: 'start' },
} as const;

/** Millimetres. */
const [barsWidth, barsHeight, qrSide, gap] = [62, 11, 24, 0.5];
const lineHeight = 1.35;
const millimetresOfPoint = 25.4 / 72;

/**
 * The page that prints these copies, nothing cut off: what does not fit one sheet goes on to the next, and a roll is as
 * long as its longest copy.
 * @param title as text
 */
export function printed(title: string, copies: readonly Copy[], size: PaperSize, codes: Codes): string {
  const { width, margin, points, signing, height = Math.ceil(Math.max(...copies.map(lengthOnRoll))) } = measures[size];
  const rules = Object.entries(looks).map(
    ([name, { scale, weight, align }]) =>
      `.${name} { font-size: ${scale}em; font-weight: ${weight}; text-align: ${align}; }`,
  );
  return page(
    title,
    `@page { size: ${width}mm ${height}mm; margin: ${margin}mm; }
body { font: ${points}pt/${lineHeight} "Noto Sans", "DejaVu Sans", system-ui, sans-serif; margin: 0; width: ${width - 2 * margin}mm; color: #000; }
section { padding-top: 1mm; }
section + section { break-before: page; }
p { margin: 0 0 ${gap}mm; overflow-wrap: anywhere; }
${rules.join('\n')}
.codes, .signatures { display: flex; flex-wrap: wrap; gap: ${gap}mm; justify-content: center; align-items: center; margin-bottom: ${gap}mm; break-inside: avoid; }
.codes svg { display: block; }
.bars { width: ${barsWidth}mm; height: ${barsHeight}mm; }
.qr { width: ${qrSide}mm; height: ${qrSide}mm; }
.bars svg, .qr svg { width: 100%; height: 100%; }
.signatures { height: ${signing}mm; align-items: start; }
.signatures p { flex: 1 1 0; text-align: center; }
@media screen { body { margin: 1rem auto; } section + section { margin-top: 2rem; border-top: 1px dashed; padding-top: 2rem; } }`,
    copies.map((copy) => `<section>\n${copy.map((block) => html(block, codes)).join('\n')}\n</section>`).join('\n'),
  );
}

function html(block: Block, codes: Codes): string {
  if ('text' in block) {
    const label = block.label === undefined ? '' : `<b>${escaped(block.label)}:</b> `;
    return `<p class="${block.look ?? 'plain'}">${label}${escaped(block.text)}</p>`;
  }
  if ('signatures' in block)
    return `<div class="signatures">${block.signatures.map((who) => `<p>${escaped(who)}</p>`).join('')}</div>`;
  const qr = block.qr === undefined ? '' : `<div class="qr">${codes.qr(block.qr)}</div>`;
  return `<div class="codes"><div class="bars">${codes.bars(block.bars)}</div>${qr}</div>`;
}

/** How long a roll has to be for a copy, in millimetres: rather a line too long than a word cut off. */
function lengthOnRoll(copy: Copy): number {
  const { width, margin, points, signing } = measures['80mm'];
  const [room, spare] = [width - 2 * margin, 3];
  const heightOf = (block: Block): number => {
    if ('signatures' in block) return signing;
    if (!('text' in block)) return barsHeight + (block.qr === undefined ? 0 : gap + qrSide);
    const { scale, weight } = looks[block.look ?? 'plain'];
    const em = points * scale * millimetresOfPoint;
    const words = `${block.label === undefined ? '' : `${block.label}: `}${block.text}`.split(' ');
    return linesFor(words, room / em / (weight === 'bold' ? 1.15 : 1)) * em * lineHeight;
  };
  return copy.reduce((sum, block) => sum + heightOf(block) + gap, 2 * margin + spare);
}

/** How many lines words take. @param room of one, in ems */
function linesFor(words: readonly string[], room: number): number {
  let [lines, used] = [1, 0];
  for (const word of words) {
    const wide = widthOf(word);
    if (used > 0 && used + spaceWidth + wide > room) [lines, used] = [lines + 1, 0];
    used += (used > 0 ? spaceWidth : 0) + wide;
    // A word that is longer than a line is broken.
    for (; used > room; used -= room) lines += 1;
  }
  return lines;
}

const spaceWidth = 0.32;

/** In ems, of the widest of the fonts above. */
function widthOf(word: string): number {
  return Array.from(word.normalize('NFD').replaceAll(/\p{M}/gu, '')).reduce(
    (sum, letter) =>
      sum +
      (/[ijlI.,:;'()/]/.test(letter) ? 0.4 : /[mwMWQ%…–—]/.test(letter) ? 1 : /\p{Lu}/u.test(letter) ? 0.75 : 0.63),
    0,
  );
}
