import { sheet } from './catalogue.ts';

/** The procedures as a page, for the wall of a counter. */
export const showProcedures = sheet('show-procedures', '/procedures', {
  en: 'The procedures as a page',
  vi: 'Trang in danh mục thủ tục',
});
