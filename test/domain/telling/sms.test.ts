import { describe, expect, it } from '@jest/globals';
import { smsLength, withoutMarks } from '../../../domain/telling/sms.ts';

describe('a short message', () => {
  it.each([
    ['nothing', '', 'GSM-7', 0, 1],
    ['160 plain letters', 'a'.repeat(160), 'GSM-7', 160, 1],
    ['one letter more', 'a'.repeat(161), 'GSM-7', 161, 2],
    ['two full parts', 'a'.repeat(306), 'GSM-7', 306, 2],
    ['one letter more than two parts', 'a'.repeat(307), 'GSM-7', 307, 3],
    ['a euro, which takes two places', `${'a'.repeat(159)}€`, 'GSM-7', 161, 2],
    ['a euro that would be cut in two', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 'GSM-7', 306, 3],
    ['letters that GSM has with their accents', 'àéèùìò', 'GSM-7', 6, 1],
    ['70 Vietnamese letters', 'ạ'.repeat(70), 'UCS-2', 70, 1],
    ['one more', 'ạ'.repeat(71), 'UCS-2', 71, 2],
    ['134 of them', 'ạ'.repeat(134), 'UCS-2', 134, 2],
    ['a sign of two units', `${'ạ'.repeat(69)}😀`, 'UCS-2', 71, 2],
    ['a sign that would be cut in two', `${'ạ'.repeat(66)}😀${'ạ'.repeat(66)}`, 'UCS-2', 134, 3],
    ['a backtick, which GSM has not', 'a`', 'UCS-2', 2, 1],
  ])('a short message of %s is counted as the network counts it', (_what, text, alphabet, units, parts) => {
    expect(smsLength(text)).toEqual({ alphabet, units, parts });
  });

  it('a short message without marks keeps every letter of Vietnamese and is GSM-7', () => {
    const text = 'Bưu điện Nà Phặc: Đã phát “kết quả” – ạảãàá ăằắẳẵặ âầấẩẫậ ơờớởỡợ ưừứửữự ýỳỷỹỵ';
    const plain = withoutMarks(text);
    expect(plain).toBe('Buu dien Na Phac: Da phat "ket qua" - aaaaa aaaaaa aaaaaa oooooo uuuuuu yyyyy');
    expect(smsLength(plain).alphabet).toBe('GSM-7');
    expect(withoutMarks(text.normalize('NFD'))).toBe(plain);
  });
});
