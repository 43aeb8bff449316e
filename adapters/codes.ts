import JsBarcode from 'jsbarcode';
import { renderSVG } from 'uqr';
import * as z from 'zod';

/** Modules of light at both ends (ISO/IEC 15417). */
const quietZone = 10;
const Encoded = z.object({ encodings: z.array(z.object({ data: z.string().regex(/^[01]+$/) })) });

/** Codes as SVG without a size of their own, with the quiet zones that readers need. */
export const svgCodes = {
  /** A QR code of error correction M. */
  qr: (text: string): string => renderSVG(text, { ecc: 'M', border: 4 }),
  /** A bar code (Code 128), which may be stretched. @param text ASCII */
  bars: (text: string): string => {
    const encoded = {};
    JsBarcode(encoded, text, { format: 'CODE128' });
    const modules = Encoded.parse(encoded)
      .encodings.map(({ data }) => data)
      .join('');
    const bars = [...modules.matchAll(/1+/g)].map(
      ({ 0: bar, index }) => `M${quietZone + index} 0h${bar.length}v1h-${bar.length}z`,
    );
    return `<svg xmlns="http://www.w3.org/2000/svg" preserveAspectRatio="none" viewBox="0 0 ${modules.length + 2 * quietZone} 1"><path d="${bars.join('')}"/></svg>`;
  },
};
