import { describe, expect, it } from '@jest/globals';
import { csv } from '../../contract/csv.ts';

/** The only cell of a sheet, as its text stands in the file. */
function cellOf(text: string): string {
  return csv([[text]]).slice(1, -2);
}

describe('a sheet for Excel', () => {
  it('a sheet is UTF-8 that says so, with CRLF, and quotes only where it must: byte by byte', () => {
    const text = csv([
      ['Nơi đang ở', 'Hạn', 'Số'],
      ['Tại bưu cục, "Bắc Kạn"', { at: Date.UTC(2026, 10, 24, 17, 30, 59) }, 3],
      [undefined, 'hai\r\ndòng', 0],
    ]);
    expect([...Buffer.from(text).subarray(0, 6)]).toEqual([0xef, 0xbb, 0xbf, 0x4e, 0xc6, 0xa1]);
    expect(text.split('\r\n')).toEqual([
      '\uFEFFNơi đang ở,Hạn,Số',
      '"Tại bưu cục, ""Bắc Kạn""",2026-11-25 00:30,3',
      ',"hai',
      'dòng",0',
      '',
    ]);
  });

  it.each([
    '=1+1',
    '+84900000001',
    '-2+3',
    '@SUM(A1)',
    '\t=1+1',
    ' =1+1',
    '\u00A0=1+1',
    '＝1+1',
    '＋1',
    '－1',
    '＠SUM(A1)',
    '﹦1+1',
    '−1',
    '=HYPERLINK("http://x";"y")',
  ])('a sheet calculates nothing: %j is text', (text) => {
    expect(cellOf(text).replace(/^"/, '')).toMatch(/^'/);
  });

  it('a sheet calculates nothing: a line end before a formula is text too', () => {
    expect(cellOf('\r=1+1')).toBe(`"'\r=1+1"`);
    expect(cellOf('\n=1+1')).toBe(`"'\n=1+1"`);
  });

  it.each(['0900000001', '123456789012345671', '007', '2.000488', '1.001230', '3-4', '1/2', '1E5', '17:00', '50%'])(
    'a sheet keeps %s as it is written: no spreadsheet makes another figure or a date of it',
    (text) => {
      expect(cellOf(text)).toBe(`'${text}`);
    },
  );

  it.each([
    '123-456-789-012-345-671',
    '123-456-789a',
    'H15.50.05.13-261008-0975',
    'd-3v7h2qk9',
    'Cấp phiếu (2.000488)',
    'Ủy ban – xã',
    '',
  ])('a sheet leaves %j alone', (text) => {
    expect(cellOf(text)).toBe(text);
  });

  it('a sheet for a Windows that lists with semicolons has them, and quotes what has one', () => {
    expect(csv([['a;b', 'c,d', 'e']], ';')).toBe('\uFEFF"a;b";c,d;e\r\n');
  });
});
