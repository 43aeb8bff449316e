import * as z from 'zod';
import { operations } from '../contract/operations.ts';
import type { Operation } from '../contract/operation.ts';
import { largestScan } from '../contract/request-scan-upload.ts';
import {
  allowances,
  gateway,
  guessUnits,
  notesADay,
  usualBody,
  wrongDigitsUnits,
  type AllowanceName,
} from '../domain/limits.ts';
import { linkSeconds, mostAnnouncements, mostScanBytes, mostScans, uploadSeconds } from '../domain/scans.ts';

const whose: readonly (readonly [AllowanceName, string])[] = [
  ['address', 'a network address (of IPv6 its 64 bits) that tracks'],
  ['code', 'a tracking code, whoever asks for it'],
  ['digits', 'a tracking code, to be wrong about the telephone’s last digits'],
  ['page', 'a network address at each open operation, counted by each instance of its function'],
  ['person', 'a person with a token, by the token’s `sub`'],
  ['system', 'a system with a token: a portal’s client'],
];

const Schema = z.looseObject({
  $ref: z.string().optional(),
  $defs: z.record(z.string(), z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).default({}),
  maxItems: z.number().optional(),
  description: z.string().default(''),
});

/** Every limit of the API on one page, read off the code that keeps them. */
export function limitsPage(): string {
  return `# Limits

Written by \`npm run openapi\` from the code that keeps them; why they are as they are is ADR 0028.

## How often

| who | units | in |
|---|---:|---:|
${whose.map(([name, words]) => `| ${words} | ${counted(allowances[name].units)} | ${span(allowances[name].windowSeconds)} |`).join('\n')}

A request costs one unit unless the table below says more; a tracking code that is well formed and nobody’s costs ${counted(guessUnits)}, so that the ${counted(Math.floor(allowances.address.units / guessUnits) + 1)}th guess in ${span(allowances.address.windowSeconds)} is refused; wrong digits of a telephone cost ${wrongDigitsUnits}.
Windows begin at the same instants for everybody. Whoever has spent everything is answered **429 \`TooManyRequests\`** with \`Retry-After\`, the seconds until the window ends; the body says the same as \`retryAfter\`.
A dossier takes ${counted(notesADay)} scans of labels and other notes a day; the next is answered **429 \`TooManyNotes\`** with the seconds until midnight in Vietnam, in a batch the item alone.

The gateway lets ${counted(gateway.rateLimit)} requests a second through to each route, ${counted(gateway.burstLimit)} at once, and half of both to an open one. What is beyond it is answered 429 with
\`{"message":"Too Many Requests"}\` **without** \`Retry-After\`: wait a second, then twice as long each time, with some chance in it, a minute at most. The same goes for 503.

## How much

| operation | body | most in a list | in a page | units |
|---|---:|---|---|---:|
${operations.map(row).join('\n')}

A longer body is answered 413 \`BodyTooLarge\`, a longer list 400 \`InvalidRequest\`, by the place in the request. What the gateway takes at all (body, headers, 30 seconds) are
[API Gateway’s own quotas](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html).

A scan has ${bytes(largestScan)} at most. A dossier holds ${counted(mostScans)} scans and ${bytes(mostScanBytes)} of them, refused ones aside, and ${counted(mostAnnouncements)} announcements in all. An upload form is good for ${span(uploadSeconds)}, a link to a scan for ${span(linkSeconds)}.

## What a browser may do with an answer

Every answer of ours has \`strict-transport-security\`, \`x-content-type-options: nosniff\`, \`x-frame-options: DENY\`, \`referrer-policy: no-referrer\`, \`cross-origin-resource-policy: same-origin\` and a
\`content-security-policy\` of nothing (a page may style itself). What names a dossier is \`no-store\`. The gateway’s own answers have none of these, and no content of ours.

## How it is tried

- \`npm run fuzz\` sends 20,000 requests drawn from the contract with a seed, right ones and spoiled ones, by everybody: no error of ours, every answer one of the contract, no word of a
  dossier to whom it does not concern. It prints the smallest request that went wrong, and how to send it again; a share of it is in \`npm test\`. \`npm run fuzz:planted\` puts bugs in, and tells which it misses.
- Wapiti of Debian, against \`npm start\` (a start URL for every readable path, with a clerk’s token):
  \`wapiti -u http://127.0.0.1:3000/docs -s URL … -H "Authorization: Bearer TOKEN" --scope domain -d 3 -m backup,blindsql,buster,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,methods,permanentxss,redirect,shellshock,sql,xss\`.
  Version 3.0.4 on 2026-11-29: no vulnerability and no anomaly. Of the headers it missed \`X-Frame-Options\`, which is sent since, and \`X-XSS-Protection\`, which browsers have given up.
`;
}

function row(operation: Operation): string {
  const schema = Schema.parse(z.toJSONSchema(operation.request, { io: 'input', unrepresentable: 'any' }));
  const part = (name: string): z.infer<typeof Schema> => {
    const found = Schema.parse(schema.properties[name] ?? {});
    return found.$ref === undefined ? found : Schema.parse(schema.$defs?.[found.$ref.split('/').at(-1) ?? ''] ?? {});
  };
  const lists = Object.entries(part('body').properties).flatMap(([name, one]) => {
    const { maxItems } = Schema.parse(one);
    return maxItems === undefined ? [] : [`${counted(maxItems)} \`${name}\``];
  });
  const body = 'body' in schema.properties ? bytes(operation.largestBody ?? usualBody) : '';
  const page = Schema.parse(part('query').properties['limit'] ?? {}).description;
  return `| \`${operation.method} ${operation.path}\` | ${body} | ${lists.join(', ')} | ${page} | ${operation.units ?? 1} |`;
}

function counted(count: number): string {
  return count.toLocaleString('en');
}

function bytes(count: number): string {
  return count % 2 ** 20 === 0 ? `${count / 2 ** 20} MiB` : `${count / 2 ** 10} KiB`;
}

function span(seconds: number): string {
  if (seconds % 86_400 === 0) return `${seconds / 86_400} days`;
  if (seconds % 3600 === 0) return seconds === 3600 ? 'an hour' : `${seconds / 3600} hours`;
  if (seconds % 60 === 0) return seconds === 60 ? 'a minute' : `${seconds / 60} minutes`;
  return `${seconds} seconds`;
}
