/** `npm run openapi`: writes the OpenAPI document, the pages that the API serves, and the page of the limits. */
import { writeFileSync } from 'node:fs';
import { docsPage } from './docs-page.ts';
import { limitsPage } from './limits-page.ts';
import { openApiDocument } from './openapi.ts';
import { slipCheckScript } from './slip-check-script.ts';
import { problemPages } from './problem-pages.ts';

const document = openApiDocument();
writeFileSync(new URL('../contract/openapi.json', import.meta.url), `${JSON.stringify(document, null, 2)}\n`);
writeFileSync(new URL('../contract/docs.html', import.meta.url), docsPage(document));
writeFileSync(new URL('api/limits.md', import.meta.url), limitsPage());
writeFileSync(new URL('../contract/problems.json', import.meta.url), `${JSON.stringify(problemPages(), null, 2)}\n`);
writeFileSync(
  new URL('../contract/slip-check-script.json', import.meta.url),
  `${JSON.stringify(slipCheckScript(), null, 2)}\n`,
);
