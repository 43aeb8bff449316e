import { sheet } from './catalogue.ts';

/** Post offices and agencies as a page, for the wall of a counter. */
export const showOffices = sheet('show-offices', '/offices', {
  en: 'Post offices and agencies as a page',
  vi: 'Trang in danh sách bưu cục, cơ quan',
});
