import { sheet } from './catalogue.ts';

/** The prices as a page, for the wall of a counter. */
export const showPrices = sheet('show-prices', '/prices', { en: 'The prices as a page', vi: 'Trang in bảng giá cước' });
