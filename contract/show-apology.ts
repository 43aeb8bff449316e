import { paper } from './paper.ts';

/** The agency's apology (form 04), once it is late. */
export const showApology = paper(
  'show-apology',
  '/v1/dossiers/{dossierId}/apology',
  { en: 'Print the apology', vi: 'In phiếu xin lỗi (Mẫu 04)' },
  ['UnknownDossier', 'NoSuchPaper'],
  {},
);
