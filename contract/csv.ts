import { localMinute } from '../domain/calendar/local-time.ts';

/** A cell: words and codes, a figure, an instant; undefined for an empty one. */
export type Cell = string | number | { readonly at: number } | undefined;

/**
 * What a spreadsheet would calculate: a formula’s first character, its wide and small forms, or white space that some
 * strip before one. https://owasp.org/www-community/attacks/CSV_Injection
 */
const formula = /^(?:[\t\r\n]|\s*[=+\-@\u2212\u{FE62}\u{FE63}\u{FE66}\u{FE6B}\uFF0B\uFF0D\uFF1D\uFF20])/u;
/**
 * What a spreadsheet would take for a number, a date or a time, and write in another way: `007`, `1.0`, `3-4`, `1E5`.
 * No date has four parts with hyphens: a code in groups, `123-456-789-012`, is text to every spreadsheet.
 */
const figure = /^(?!\d+(?:-\d+){3,}$)\s*[\d.,]*\d[\d\s.,/:-]*(?:[eE][+-]?\d+)?%?\s*$/;

/**
 * A table that Excel and LibreOffice open by a double click: UTF-8 that says so, CRLF, quoted where it has to be
 * (RFC 4180). Text stays text: what would be calculated or read as a figure gets an apostrophe before it. Instants are
 * Vietnam’s time, written so that every language of Excel knows them for a date.
 * @param separator the semicolon where Windows writes decimals with a comma and lists with a semicolon
 */
export function csv(rows: readonly (readonly Cell[])[], separator: ',' | ';' = ','): string {
  return `\uFEFF${rows.map((row) => `${row.map((cell) => quoted(written(cell), separator)).join(separator)}\r\n`).join('')}`;
}

function written(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  if (typeof cell === 'object') return localMinute(cell.at);
  return formula.test(cell) || figure.test(cell) ? `'${cell}` : cell;
}

function quoted(text: string, separator: string): string {
  return /["\r\n]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text;
}
