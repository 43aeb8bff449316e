import { documentEndpoint } from '../../adapters/http/document.ts';

export const handler = documentEndpoint(new URL('./openapi.json', import.meta.url), 'application/json; charset=utf-8');
