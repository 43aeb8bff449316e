import { borderFaultsOf } from '../contract/operation.ts';
import { operations } from '../contract/operations.ts';
import type { ProblemCode } from '../contract/problem.ts';
import { borderFaults, gatewayFaults, problemWords } from '../contract/problem-words.ts';
import { refusalNames } from '../domain/journey/refusals.ts';
import { escaped, page } from './docs-page.ts';
import { provoking, situations } from './provoking.ts';

/** Every code there is, in the order of its kind. */
export const problemCodes: readonly ProblemCode[] = [...refusalNames, ...borderFaults, ...gatewayFaults];

/** A page for each code, under its code. */
export function problemPages(): Readonly<Record<string, string>> {
  return Object.fromEntries(problemCodes.map((code) => [code, problemPage(code)]));
}

function problemPage(code: ProblemCode): string {
  const { status, retryable, title, titleVi, detail, detailVi } = problemWords[code];
  const by = operations.filter((operation) =>
    [...borderFaultsOf(operation), ...operation.refusals].some((one) => one === code),
  );
  return page(
    `${code} · dossier-post API`,
    `<header>
<h1><code>${code}</code></h1>
<p>${escaped(title)} · <span lang="vi">${escaped(titleVi)}</span></p>
</header>
<main>
<p>${escaped(detail)}</p>
<p lang="vi">${escaped(detailVi)}</p>
<p>Answered with status ${status}. ${retryable === true ? 'The same request may succeed later, as it is: wait as long as <code>Retry-After</code> says, or a second.' : 'The same request will be refused again: something has to change first.'}</p>
<p>${whoSaysIt(code)}</p>
<h2>A request that is answered with it</h2>
${provocation(code)}
${
  by.length === 0
    ? ''
    : `<h2>Where it is answered</h2>
<ul>${by.map(({ name, method, path }) => `<li><a href="/docs#${name}"><code>${method} ${escaped(path)}</code></a></li>`).join('')}</ul>`
}
<p><a href="/docs">The contract</a></p>
</main>`,
  );
}

function whoSaysIt(code: ProblemCode): string {
  const isGateways = gatewayFaults.some((fault) => fault === code);
  return isGateways
    ? 'The gateway says it before any function is asked, as <code>{"message": …}</code>; the client of this repository gives it the shape of all problems.'
    : 'Answered as <code>application/problem+json</code> (RFC 9457).';
}

/** Letters of a body that are shown. */
const mostShown = 1200;

/** The request that the test of this code sends. */
function provocation(code: ProblemCode): string {
  const { given, by = 'nobody', method = 'GET', path, headers = {}, body, padding } = provoking[code];
  const sent = typeof body === 'string' ? body : JSON.stringify(body, null, 2);
  const lines = [
    `${method} ${path}`,
    ...(by === 'nobody' ? [] : [`authorization: Bearer TOKEN-OF-${by.toUpperCase()}`]),
    ...(body === undefined || headers['content-type'] !== undefined ? [] : ['content-type: application/json']),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined ? [] : ['', sent.length > mostShown ? `${sent.slice(0, mostShown)} …` : sent]),
    ...(padding === undefined ? [] : [`(and ${padding} bytes more)`]),
  ];
  return `<p>${given === undefined ? 'Nothing has to be so before.' : `Before it: ${escaped(situations[given])}`}</p>
<pre>${escaped(lines.join('\n'))}</pre>`;
}
