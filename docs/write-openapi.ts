/** `npm run openapi`: writes the OpenAPI document and the page that the API serves. */
import { writeFileSync } from 'node:fs';
import { docsPage } from './docs-page.ts';
import { openApiDocument } from './openapi.ts';

const document = openApiDocument();
writeFileSync(new URL('../contract/openapi.json', import.meta.url), `${JSON.stringify(document, null, 2)}\n`);
writeFileSync(new URL('../contract/docs.html', import.meta.url), docsPage(document));
