import * as z from 'zod';
import { operations } from '../contract/operations.ts';
import { exampleOf } from '../contract/form.ts';
import { requestHeaders } from '../contract/headers.ts';
import { borderFaultsOf, type Operation } from '../contract/operation.ts';
import type { ProblemCode } from '../contract/problem.ts';
import { problemWords } from '../contract/problem-words.ts';
import type { openApiDocument } from './openapi.ts';

type Document = ReturnType<typeof openApiDocument>;

/** The contract for people: one page, no script, nothing from elsewhere. */
export function docsPage(document: Document): string {
  const schemas = Object.entries(document.components?.schemas ?? {}).toSorted(([a], [b]) => a.localeCompare(b));
  return page(
    'dossier-post API',
    `<header>
<h1>dossier-post API</h1>
<p>${escaped(document.info.description ?? '')}</p>
<p>The same for machines: <a href="/openapi.json">openapi.json</a> (OpenAPI ${document.openapi}). Every refusal is <code>application/problem+json</code> with a stable <code>code</code> and words in English and Vietnamese.</p>
<nav aria-label="Operations"><ul>${operations.map(({ name, method, path, summary }) => `<li><a href="#${name}"><code>${method} ${escaped(path)}</code></a> ${escaped(summary.en)}</li>`).join('')}</ul></nav>
</header>
<main>
${operations.map(operationSection).join('\n')}
<h2 id="schemas">What is sent and answered</h2>
${schemas.map(([name, schema]) => schemaSection(name, schema)).join('\n')}
</main>`,
  );
}

/** A page that runs nothing and asks nobody. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

function operationSection(operation: Operation): string {
  const { name, method, path, doors, summary, request, answer } = operation;
  const codes = [...borderFaultsOf(operation), ...operation.refusals];
  const sent: unknown = request.shape['body'];
  const body = sent instanceof z.ZodType ? sent.meta()?.id : undefined;
  const answered = answer.meta()?.id;
  return `<section aria-labelledby="${name}">
<h2 id="${name}"><code>${method} ${escaped(path)}</code></h2>
<p>${escaped(summary.en)}. <span lang="vi">${escaped(summary.vi)}.</span></p>
<p>${doors === 'open' ? 'Open to everybody.' : `With a token of: ${doors.join(', ')}.`}</p>
<p>${body === undefined ? '' : `Sends ${reference(body)}. `}Answered with ${operation.statuses.join(' or ')}: ${answered === undefined ? '' : reference(answered)}.</p>
<pre>${escaped(curl(operation))}</pre>
${queryTable(request.shape['query'])}<details><summary>Refusals (${codes.length})</summary>
<table><thead><tr><th scope="col">Status</th><th scope="col">Code</th><th scope="col">What to do</th></tr></thead><tbody>
${codes.map((code) => problemRow(code)).join('\n')}
</tbody></table></details>
</section>`;
}

function problemRow(code: ProblemCode): string {
  const { status, detail, detailVi } = problemWords[code];
  return `<tr><td>${status}</td><td><a href="/docs/problems/${code}"><code>${code}</code></a></td><td>${escaped(detail)}<br><span lang="vi">${escaped(detailVi)}</span></td></tr>`;
}

function curl({ method, path, doors, request }: Operation): string {
  return [
    `curl -sS ${method === 'GET' ? '' : `-X ${method} `}https://HOST${path}`,
    ...(doors === 'open' ? [] : ["  -H 'authorization: Bearer TOKEN'"]),
    ...requestHeaders.flatMap(([part, name]) => {
      const schema: unknown = request.shape[part];
      return schema instanceof z.ZodType ? [`  -H '${name.toLowerCase()}: ${String(exampleOf(schema))}'`] : [];
    }),
    ...(Object.hasOwn(request.shape, 'body') ? ["  -H 'content-type: application/json'", "  -d '{ … }'"] : []),
  ].join(' \\\n');
}

/** What is shown of a schema. */
const Shown = z.object({
  description: z.string().default(''),
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
});

function schemaSection(name: string, schema: unknown): string {
  const shown = Shown.parse(schema);
  const isPlain = Object.keys(shown.properties).length === 0;
  return `<section aria-labelledby="schema-${name}">
<h3 id="schema-${name}">${name}</h3>
<p>${escaped(shown.description)}</p>
${isPlain ? `<p>${typeOf(schema)}</p>` : fieldTable('Field', shown)}
</section>`;
}

/** What may be said in the query, where anything may. */
function queryTable(query: unknown): string {
  if (!(query instanceof z.ZodObject)) return '';
  return `${fieldTable('In the query', Shown.parse(z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' })))}\n`;
}

function fieldTable(title: string, { properties, required }: z.output<typeof Shown>): string {
  const fields = Object.entries(properties).map(([field, type]) => {
    const note = Shown.safeParse(type).data?.description ?? '';
    const optional = required.includes(field) ? '' : ' <small>optional</small>';
    return `<tr><td><code>${field}</code>${optional}</td><td>${typeOf(type)}</td><td>${escaped(note)}</td></tr>`;
  });
  const head = `<tr><th scope="col">${title}</th><th scope="col">Type</th><th scope="col">Note</th></tr>`;
  return `<table><thead>${head}</thead><tbody>\n${fields.join('\n')}\n</tbody></table>`;
}

/** A schema in a few words: a link, a list of values, or a type. */
function typeOf(schema: unknown): string {
  if (typeof schema !== 'object' || schema === null) return '';
  if ('$ref' in schema) return reference(String(schema.$ref).split('/').at(-1) ?? '');
  if ('enum' in schema && Array.isArray(schema.enum))
    return schema.enum.map((value) => `<code>${escaped(String(value))}</code>`).join(' ');
  if ('anyOf' in schema && Array.isArray(schema.anyOf)) return schema.anyOf.map(typeOf).join(' or ');
  if ('oneOf' in schema && Array.isArray(schema.oneOf)) return schema.oneOf.map(typeOf).join(' or ');
  if ('items' in schema) return `list of ${typeOf(schema.items)}`;
  if ('properties' in schema && typeof schema.properties === 'object' && schema.properties !== null)
    return `{ ${Object.entries(schema.properties)
      .map(([field, type]) => `${field}: ${typeOf(type)}`)
      .join(', ')} }`;
  const type = 'type' in schema ? String(schema.type) : 'anything';
  return 'format' in schema ? String(schema.format) : type;
}

function reference(name: string): string {
  return `<a href="#schema-${name}">${name}</a>`;
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const style = `
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; }
nav ul { list-style: none; padding: 0; }
section { margin-block: 1.5rem; }
h2, h3 { overflow-wrap: anywhere; border-top: 1px solid; padding-top: .5rem; }
pre { overflow-x: auto; padding: .5rem; border: 1px solid; white-space: pre-wrap; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid; padding: .25rem .5rem; text-align: start; vertical-align: top; overflow-wrap: anywhere; }
`;
