import * as z from 'zod';
import { parseDossierCode } from '../domain/codes/dossier-code.ts';
import { parseItemCode } from '../domain/codes/item-code.ts';
import { parseTrackingCode, type TrackingCodeFault } from '../domain/codes/tracking-code.ts';
import { fault, itemCodeWords, type FaultWords } from './fault.ts';

/** The agency's own code of the dossier, in one of the forms in use; kept as it reads, in capitals. */
export const OfficialCode = z
  .string()
  .max(60)
  .transform((text, context) => {
    const parsed = parseDossierCode(text);
    return parsed.ok
      ? parsed.value
      : fault(context, text, {
          en: 'is no dossier code; write it as the agency does, like H15.50.05.13-261008-0975',
          vi: 'không phải mã hồ sơ; hãy ghi như cơ quan cấp, ví dụ H15.50.05.13-261008-0975',
        });
  })
  .meta({ examples: ['H15.50.05.13-261008-0975'] });

/** The code on the citizen's slip, as people type it. */
export const TrackingCode = z
  .string()
  .max(60)
  .transform((text, context) => {
    const parsed = parseTrackingCode(text);
    return parsed.ok ? parsed.value : fault(context, text, trackingCodeWords[parsed.fault]);
  });

const trackingCodeWords: Record<TrackingCodeFault, FaultWords> = {
  'not-a-tracking-code': {
    en: 'has eighteen digits, like 123-456-789-012-345-671',
    vi: 'gồm 18 chữ số, ví dụ 123-456-789-012-345-671',
  },
  'check-digit': { en: 'has a mistyped digit: read the slip again', vi: 'sai một chữ số: hãy đọc lại phiếu' },
};

/** The code on the label of an item (S10), as people type it. */
export const ItemCode = z
  .string()
  .max(60)
  .transform((text, context) => {
    const parsed = parseItemCode(text);
    return parsed.ok ? parsed.value : fault(context, text, itemCodeWords[parsed.fault]);
  });
