import * as z from 'zod';
import { showTrackingCode } from '../domain/codes/tracking-code.ts';
import { csv, type Cell } from './csv.ts';
import { askedForLists, listDossiers, type Line } from './list-dossiers.ts';
import type { Operation } from './operation.ts';

/** Lines of a sheet at most: 400 kB, and as many read units as a function and its caller can bear. */
export const mostLines = 1000;

/** The lists of a unit as a sheet; a code finds one dossier, which is no sheet. */
export const listDossiersCsv = {
  name: 'list-dossiers-csv',
  answeredBy: 'list-dossiers',
  method: 'GET',
  path: '/v1/dossiers.csv',
  doors: listDossiers.doors,
  summary: { en: 'Save a list as a sheet (CSV)', vi: 'Tải danh sách dạng bảng tính (CSV)' },
  request: z.strictObject({
    query: askedForLists({
      separator: z.enum(['comma', 'semicolon']).optional().meta({
        description:
          '`semicolon` for an Excel that shows a sheet with commas in one column: its Windows writes lists so. The comma when it is left out.',
      }),
    }),
  }),
  statuses: [200],
  answer: z.string().meta({
    id: 'DossierSheet',
    description: `At most ${mostLines} lines that Excel opens with Vietnamese intact: UTF-8 with a byte order mark, CRLF. The header Link leads to the rest.`,
  }),
  answersWith: 'text/csv',
  sends: ['Link', 'Content-Disposition'],
  // As many as pages of the same length would cost.
  units: 10,
  refusals: listDossiers.refusals,
} as const satisfies Operation;

const columns: readonly (readonly [string, (line: Line) => Cell])[] = [
  ['Mã tra cứu', ({ trackingCode }) => trackingCode && showTrackingCode(trackingCode)],
  ['Mã hồ sơ', ({ officialCode }) => officialCode],
  ['Thủ tục', ({ procedure }) => procedure && `${procedure.vi} (${procedure.code})`],
  ['Nơi đang ở', ({ place }) => place?.vi],
  ['Việc cần giải quyết', ({ matter }) => matter?.vi],
  ['Cần vận hành xem', ({ finding }) => finding],
  ['Từ lúc', ({ since }) => ({ at: Date.parse(since) })],
  ['Hạn', ({ due }) => due && { at: Date.parse(due.at) }],
  ['Quá hạn', ({ overdue }) => (overdue ? 'quá hạn' : undefined)],
  ['Số lần nhắc', ({ reminders }) => reminders],
  ['Định danh', ({ dossierId }) => dossierId],
];

/** Lines as a sheet, and below them the dossiers that cannot be read. */
export function dossierSheet(
  lines: readonly Line[],
  unreadable: readonly string[],
  separator: 'comma' | 'semicolon' = 'comma',
): string {
  const lost = unreadable.map((dossierId) => ['không đọc được', ...columns.slice(2).map(() => undefined), dossierId]);
  return csv(
    [columns.map(([heading]) => heading), ...lines.map((line) => columns.map(([, cell]) => cell(line))), ...lost],
    separator === 'semicolon' ? ';' : ',',
  );
}
