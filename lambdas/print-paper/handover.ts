import { showDong } from '../../domain/fees/show-dong.ts';
import { findAgency } from '../../domain/catalogue/agencies.ts';
import { findPostOffice } from '../../domain/catalogue/post-offices.ts';
import { findProcedure } from '../../domain/catalogue/procedures.ts';
import { showTrackingCode } from '../../domain/codes/tracking-code.ts';
import type { Dossier } from '../../domain/journey/dossier.ts';
import { legOnItsWay, goesToAgency } from './label.ts';
import type { Block } from './layout.ts';
import type { Paper } from './print-paper.ts';

const blank = '……………………';

/**
 * The hand-over record that post and agency sign together (QĐ45 art. 7(3)): the dossiers by their procedures, the
 * number of each slip, and whether each is whole. It names no citizen. What goes home is given by the agency.
 * @param bagCode of the bag whose manifest it is
 * @returns undefined where nothing of it has set out
 */
export function handoverOf(dossiers: readonly Dossier[], bagCode?: string): Paper | undefined {
  const [first] = dossiers;
  const leg = first && legOnItsWay(first);
  if (first === undefined || leg === undefined) return undefined;
  const isIn = goesToAgency(leg);
  const agencies = namesOf(dossiers.map(({ agencyId }) => findAgency(agencyId)?.name.vi ?? agencyId));
  const offices = namesOf(
    dossiers
      .map(({ postOfficeId, deliveryPostOfficeId }) => (isIn ? postOfficeId : deliveryPostOfficeId))
      .map((id) => findPostOffice(id)?.name.vi ?? id),
  );
  const [giver, receiver] = isIn ? [offices, agencies] : [agencies, offices];
  const fees = dossiers.reduce((sum, { charges }) => sum + charges.stateFee, 0);
  const copy: readonly Block[] = [
    { text: 'BIÊN BẢN GIAO NHẬN HỒ SƠ', look: 'title' },
    { bars: bagCode ?? leg.itemCode },
    { text: bagCode ?? leg.itemCode, look: 'code' },
    { label: 'Bên giao', text: giver },
    { label: 'Bên nhận', text: receiver },
    ...dossiers.map((dossier, index) => ({ text: `${index + 1}. ${lineOf(dossier)}` })),
    { label: 'Cộng', text: `${dossiers.length} hồ sơ${isIn ? `; phí, lệ phí chuyển nộp ${showDong(fees)}` : ''}` },
    { label: 'Ký lúc', text: `${blank} (thời điểm nộp hồ sơ hợp lệ: QĐ45 điều 7 khoản 4)` },
    { signatures: ['Bên giao (ký, họ tên)', 'Bên nhận (ký, họ tên)'] },
  ];
  return { name: `handover#${bagCode ?? leg.itemCode}`, title: 'BIÊN BẢN GIAO NHẬN HỒ SƠ', copies: [copy] };
}

function namesOf(names: readonly string[]): string {
  return [...new Set(names)].join('; ');
}

function lineOf({ trackingCode, officialCode, procedureCode, papers, sealNumber }: Dossier): string {
  return [
    `Phiếu gửi ${showTrackingCode(trackingCode)}`,
    ...(officialCode === undefined ? [] : [`mã hồ sơ ${officialCode}`]),
    findProcedure(procedureCode)?.name.vi ?? procedureCode,
    ...(papers === undefined ? [] : [`${papers.originals} bản chính, ${papers.copies} bản sao`]),
    ...(sealNumber === undefined ? [] : [`niêm phong ${sealNumber}`]),
    'đủ [ ] thiếu [ ]',
  ].join('; ');
}
