import { paper } from './paper.ts';

/** What is to be paid for a dossier, and what was. */
export const showStatement = paper(
  'show-statement',
  '/v1/dossiers/{dossierId}/statement',
  { en: 'Print the statement of charges', vi: 'In bảng kê cước, phí' },
  ['UnknownDossier'],
  {},
);
