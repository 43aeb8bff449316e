import { withoutSpaces, type Parsed } from './parsed.ts';

export type DossierCodeFault = 'not-a-dossier-code';

/**
 * Agency code, date of six or eight digits, ordinal of four to seven digits. Three generations are in use side by side:
 * `000.17.22.H56-210531-0001` (TT 01/2018/TT-VPCP art. 19), `H15.50.05.13-261008-0975` (agency codes of QĐ
 * 20/2020/QĐ-TTg),
 * and ministries' `G09.20-20260609-0092637`. TT 03/2025/TT-VPCP rules the code today; its pattern could not be read, so
 * the
 * validator is tolerant and the code stays an opaque text.
 */
const shape = /^(?:\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.\d{1,3}){0,4})-(?:\d{6}|\d{8})-\d{4,7}$/;

/**
 * Reads the official dossier code (mã số hồ sơ) that the agency's one-stop system gave. Never minted here.
 * @param text as typed or scanned; case and spaces do not matter, and any dash stands for the hyphen
 * @returns the code in capitals, or the fault by name
 */
export function parseDossierCode(text: string): Parsed<string, DossierCodeFault> {
  const tidy = withoutSpaces(text);
  return shape.test(tidy) ? { ok: true, value: tidy } : { ok: false, fault: 'not-a-dossier-code' };
}
