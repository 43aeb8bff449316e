import { documentEndpoint } from '../../adapters/http/document.ts';

export const handler = documentEndpoint(new URL('./docs.html', import.meta.url), 'text/html; charset=utf-8');
