import { paper } from './paper.ts';

/** The delivery notice with its invitations, while the item waits at a post office. */
export const showNotice = paper(
  'show-notice',
  '/v1/dossiers/{dossierId}/notice',
  { en: 'Print the delivery notice', vi: 'In giấy mời nhận' },
  ['UnknownDossier', 'NoSuchPaper'],
  {},
);
