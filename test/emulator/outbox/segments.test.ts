import { describe, expect, it } from '@jest/globals';
import { segmentsOf } from '../../../emulator/outbox/segments.ts';

describe('a text message', () => {
  it.each([
    ['nothing at all', '', 'GSM-7', 1],
    ['160 plain letters', 'a'.repeat(160), 'GSM-7', 1],
    ['161 plain letters', 'a'.repeat(161), 'GSM-7', 2],
    ['306 plain letters', 'a'.repeat(306), 'GSM-7', 2],
    ['307 plain letters', 'a'.repeat(307), 'GSM-7', 3],
    ['80 letters that are escaped', '€'.repeat(80), 'GSM-7', 1],
    ['81 letters that are escaped', '€'.repeat(81), 'GSM-7', 2],
    ['an escaped letter on the edge, which is not cut in two', `${'a'.repeat(152)}€${'a'.repeat(153)}`, 'GSM-7', 3],
    ['70 letters with one of Vietnam among them', `${'a'.repeat(69)}ế`, 'UCS-2', 1],
    ['71 letters with one of Vietnam among them', `${'a'.repeat(70)}ế`, 'UCS-2', 2],
    ['134 letters of Vietnam', 'ệ'.repeat(134), 'UCS-2', 2],
    ['135 letters of Vietnam', 'ệ'.repeat(135), 'UCS-2', 3],
    ['35 pictures of two units each', '🏡'.repeat(35), 'UCS-2', 1],
    ['a picture on the edge, which is not cut in two', `${'ệ'.repeat(66)}🏡${'ệ'.repeat(66)}`, 'UCS-2', 3],
    ['the Vietnamese letters that GSM-7 has', 'à è é ì ò ù', 'GSM-7', 1],
  ] as const)('a text message of %s', (_what, text, encoding, count) => {
    expect(segmentsOf(text)).toEqual({ encoding, count });
  });
});
