import * as z from 'zod';
import {
  scanFaults,
  scanFlags,
  scanKinds,
  scanStatuses,
  scanTypes,
  type Scan,
  type ScanContents,
  type ScanFault,
} from '../domain/scans.ts';
import { Instant } from './dossier-view.ts';
import { shown } from './wire.ts';

/** Bytes as people read them. */
export function mebibytes(bytes: number): number {
  return bytes / 1024 / 1024;
}

/** Why a file is not taken, and what to do. */
export const scanFaultWords = {
  'not-uploaded': { en: 'nothing was uploaded', vi: 'chưa có tệp nào được tải lên' },
  'infected': {
    en: 'a virus was found in the file: do not send it on; scan or photograph the papers again with a clean device',
    vi: 'tệp có mã độc: đừng chuyển tiếp; hãy quét hoặc chụp lại giấy tờ bằng thiết bị sạch',
  },
  'not-checked': {
    en: 'the virus check could not look into the file: ask for it again and upload it once more, or scan the papers anew',
    vi: 'không kiểm tra mã độc được: hãy khai báo và tải tệp lên lại, hoặc quét lại giấy tờ',
  },
  'size-differs': { en: 'the size is not the announced one', vi: 'dung lượng khác với đã khai' },
  'checksum-differs': { en: 'the SHA-256 is not the announced one', vi: 'mã SHA-256 khác với đã khai' },
  'type-differs': {
    en: 'the content is not of the announced type; PDF, JPEG and PNG are taken',
    vi: 'nội dung không đúng kiểu đã khai; chỉ nhận PDF, JPEG và PNG',
  },
  'heic': {
    en: 'a HEIC picture, which the agencies cannot open: on the phone choose Settings, Camera, Formats, Most Compatible, and photograph anew, or send it as JPEG',
    vi: 'ảnh HEIC, cơ quan không mở được: trên điện thoại vào Cài đặt, Camera, Định dạng, chọn Tương thích nhất rồi chụp lại, hoặc gửi dạng JPEG',
  },
  'truncated': { en: 'the file ends too early: upload it again', vi: 'tệp bị cắt cụt: hãy tải lên lại' },
  'unreadable': {
    en: 'no reader can open the file: scan or photograph the papers again',
    vi: 'không phần mềm nào mở được tệp: hãy quét hoặc chụp lại giấy tờ',
  },
  'needs-password': {
    en: 'the PDF opens with a password only: save it without one',
    vi: 'tệp PDF có mật khẩu mở: hãy lưu lại không có mật khẩu',
  },
  'too-large': {
    en: 'more pages or pixels than a scan has: at most 1,000 pages, 100 megapixels a picture',
    vi: 'quá nhiều trang hoặc điểm ảnh: tối đa 1.000 trang, mỗi ảnh 100 triệu điểm ảnh',
  },
  'too-slow': {
    en: 'takes too long to open: split it, or scan with fewer details',
    vi: 'mở quá lâu: hãy tách tệp hoặc quét với độ chi tiết thấp hơn',
  },
} as const satisfies Record<ScanFault, { readonly en: string; readonly vi: string }>;

/** What was found in a verified file. */
const found = {
  pages: z.int().exactOptional(),
  widthPixels: z.int().exactOptional(),
  heightPixels: z.int().exactOptional(),
  orientation: z
    .int()
    .min(2)
    .max(8)
    .exactOptional()
    .meta({ description: 'EXIF’s orientation, where the picture must be turned to be shown upright.' }),
  flags: z
    .array(z.enum(scanFlags))
    .readonly()
    .exactOptional()
    .meta({ description: 'What a reader should know before the file is opened.' }),
  virusFree: z.literal(true).exactOptional().meta({ description: 'Where files are checked for viruses.' }),
};

export const ScanView = z
  .strictObject({
    scanId: z.string(),
    status: z.enum(scanStatuses),
    kind: z.enum(scanKinds),
    contentType: z.enum(scanTypes),
    size: z.int(),
    sha256: z.string(),
    requestedAt: Instant,
    decidedAt: Instant.exactOptional().meta({ description: 'When it was verified or refused.' }),
    fault: z
      .strictObject({ code: z.enum(scanFaults), en: z.string(), vi: z.string() })
      .exactOptional()
      .meta({ description: 'Why it was refused, and what to do.' }),
    rescanFor: z.string().exactOptional().meta({ description: 'The scan that this one was made again for.' }),
    ...found,
  })
  .meta({ id: 'Scan' });
export type ScanView = z.infer<typeof ScanView>;

export const ScanLink = z
  .strictObject({
    scanId: z.string(),
    contentType: z.enum(scanTypes),
    size: z.int(),
    url: z.url().exactOptional().meta({ description: 'The file, to be saved; absent where it is shown as pictures.' }),
    pictures: z
      .array(z.url())
      .readonly()
      .exactOptional()
      .meta({ description: 'A picture of each page, instead of a file that does more than show pages (see flags).' }),
    preview: z
      .url()
      .exactOptional()
      .meta({ description: 'A small picture (JPEG, 1,000 pixels at most) of the first page, to be shown in a page.' }),
    expiresAt: Instant,
    ...found,
  })
  .meta({ id: 'ScanLink', description: 'A link to a verified file that lives for minutes.' });

/** A scan as parties see it. */
export function scanView(scan: Scan): ScanView {
  const { scanId, status, kind, contentType, size, sha256, requestedAt, decidedAt, fault, rescanFor, contents } = scan;
  return {
    scanId,
    status,
    kind,
    contentType,
    size,
    sha256,
    requestedAt: shown(requestedAt),
    ...(decidedAt === undefined ? {} : { decidedAt: shown(decidedAt) }),
    ...(fault === undefined ? {} : { fault: { code: fault, ...scanFaultWords[fault] } }),
    ...(rescanFor === undefined ? {} : { rescanFor }),
    ...withoutPictures(contents),
  };
}

/** Which pictures there are is for whoever opens it. */
function withoutPictures({ pictures: _count, preview: _isThere, ...rest }: Partial<ScanContents> = {}): Omit<
  Partial<ScanContents>,
  'pictures' | 'preview'
> {
  return rest;
}
