import { pagesEndpoint } from '../../adapters/http/pages.ts';

export const handler = pagesEndpoint(new URL('./problems.json', import.meta.url), 'code', 'text/html; charset=utf-8');
