import { paper } from './paper.ts';

/** The label of the item that is on its way: what anybody may see, and no more. */
export const showLabel = paper(
  'show-label',
  '/v1/dossiers/{dossierId}/label',
  { en: 'Print the label', vi: 'In nhãn bưu gửi' },
  ['UnknownDossier', 'NoSuchPaper'],
  {},
);
