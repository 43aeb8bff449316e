import * as z from 'zod';
import { leavingOut, type ArchivedFile, type LeavingOut } from '../domain/archive.ts';
import { actors } from '../domain/roles.ts';
import type { ScanType } from '../domain/scans.ts';
import { sha256 } from './wire.ts';

/** What lies in an archive beside the files of scans. */
export const archiveNames = {
  manifest: 'manifest.json',
  dossier: 'dossier.json',
  custody: 'custody.json',
  seals: 'seals.json',
} as const;

const extensions = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png' } as const satisfies Record<
  ScanType,
  string
>;

/** The name under which a file of a scan is saved. */
export function scanFileName({ scan: { scanId, contentType }, page }: ArchivedFile): string {
  return page === undefined ? `${scanId}.${extensions[contentType]}` : `${scanId}-${page}.jpg`;
}

export const LeftOut = z
  .strictObject({
    what: z.string().meta({ description: '`people`, or the id of a scan.' }),
    why: z.enum(leavingOut),
    en: z.string(),
    vi: z.string(),
  })
  .meta({ id: 'LeftOut', description: 'What is not in an archive, and why.' });

/** `manifest.json` of an archive. */
export const Manifest = z.strictObject({
  format: z.literal('dossier-post/archive/1'),
  dossierId: z.string(),
  madeAt: z.iso.datetime(),
  madeFor: z.strictObject({ role: z.enum(actors), unit: z.string() }),
  /** The chain of its events: how many they are, and the digest of the last. */
  chain: z.strictObject({ events: z.int().min(1), digest: z.string().exactOptional() }),
  files: z.array(z.strictObject({ name: z.string(), size: z.int().min(0), sha256 })).readonly(),
  leftOut: z.array(LeftOut).readonly(),
});
export type Manifest = z.infer<typeof Manifest>;

/** Why something is left out, for people. */
export const leavingOutWords: Readonly<Record<LeavingOut, { readonly en: string; readonly vi: string }>> = {
  'people-apart': {
    en: 'Names, telephone numbers, addresses and identity numbers stand in no archive: ask for the dossier itself.',
    vi: 'Họ tên, số điện thoại, địa chỉ và số định danh không nằm trong tệp lưu: hãy xem chính hồ sơ.',
  },
  'scan-awaited': {
    en: 'The scan was asked for and is not verified yet: confirm it, then make another archive.',
    vi: 'Bản quét đã được yêu cầu nhưng chưa xác minh: hãy xác nhận rồi tạo tệp lưu khác.',
  },
  'scan-refused': { en: 'The scan was refused.', vi: 'Bản quét đã bị từ chối.' },
  'scan-unchecked': {
    en: 'The scan was taken before files were checked for viruses.',
    vi: 'Bản quét được nhận trước khi có kiểm tra vi-rút.',
  },
  'scan-as-pictures': {
    en: 'The file runs scripts or carries others: pictures of its pages are here instead.',
    vi: 'Tệp có mã lệnh hoặc tệp đính kèm: thay bằng ảnh các trang.',
  },
  'scan-for-parties': {
    en: 'Files of scans are for the parties of the dossier: they make their archive through the API.',
    vi: 'Tệp bản quét chỉ dành cho các bên của hồ sơ: họ tạo tệp lưu qua API.',
  },
};
