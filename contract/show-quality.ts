import { sheet } from './catalogue.ts';

/** The quality of the service as a page, for the wall of a counter. */
export const showQuality = sheet('show-quality', '/quality', {
  en: 'The quality of the service as a page',
  vi: 'Trang in chất lượng dịch vụ',
});
