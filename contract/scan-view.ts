import * as z from 'zod';
import { scanFlags, scanKinds, scanStatuses, scanTypes } from '../domain/scans.ts';

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
};

export const ScanView = z
  .strictObject({
    scanId: z.string(),
    status: z.enum(scanStatuses),
    kind: z.enum(scanKinds),
    contentType: z.enum(scanTypes),
    size: z.int(),
    sha256: z.string(),
    ...found,
  })
  .meta({ id: 'Scan' });
export type ScanView = z.infer<typeof ScanView>;

export const ScanLink = z
  .strictObject({
    scanId: z.string(),
    contentType: z.enum(scanTypes),
    size: z.int(),
    url: z.url().exactOptional().meta({ description: 'The file; absent where it is shown as pictures.' }),
    pictures: z
      .array(z.url())
      .readonly()
      .exactOptional()
      .meta({ description: 'A picture of each page, instead of a file that does more than show pages (see flags).' }),
    expiresAt: z.iso.datetime(),
    ...found,
  })
  .meta({ id: 'ScanLink', description: 'A link to a verified file that lives for minutes.' });
