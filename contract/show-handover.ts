import { paper } from './paper.ts';

/** The hand-over record of one dossier, which post and agency sign together (QĐ45 art. 7(3)). */
export const showHandover = paper(
  'show-handover',
  '/v1/dossiers/{dossierId}/handover-record',
  { en: 'Print the hand-over record', vi: 'In biên bản giao nhận hồ sơ' },
  ['UnknownDossier', 'NoSuchPaper'],
  {},
);
