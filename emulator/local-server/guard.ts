import type { IncomingMessage } from 'node:http';

/** What a service says of itself to the guard before it. */
export interface Service {
  /** Whether a request is for something that has names below ours: `<bucket>.localhost`. */
  readonly hasNamesBelow?: (request: IncomingMessage) => boolean;
  /**
   * Whether a request of a page elsewhere is the service's own to judge, by its CORS rules or by a signed link.
   * @param origin of the page; undefined when the browser did not name it
   */
  readonly admits?: (request: IncomingMessage, origin: string | undefined) => boolean;
}

export interface Refusal {
  readonly status: 400 | 403 | 421;
  readonly message: string;
}

const ourName = /^(?<below>[a-z\d][a-z\d.-]*\.)?(?:127\.0\.0\.1|localhost)\.?(?::\d{1,5})?$|^\[::1\](?::\d{1,5})?$/iu;

/**
 * Why a request is not let in: pages of other sites reach this machine through the browsers on it. A page whose name
 * was made to point here calls us by that name (DNS rebinding); another one is told by its Origin or, where browsers
 * send none, by Sec-Fetch-Site. Programs send neither.
 * https://www.w3.org/TR/fetch-metadata/ and https://web.dev/articles/fetch-metadata: a link that a person follows is
 * let in, as the page that has it learns nothing of what it opens.
 * @returns undefined for a request that may go on; a target in absolute form has become one of a path then
 */
export function refusalOf(request: IncomingMessage, { hasNamesBelow, admits }: Service = {}): Refusal | undefined {
  const hosts = [...(request.headersDistinct['host'] ?? [])];
  if (hosts.length !== 1) return { status: 400, message: 'A request must have one Host.' };
  const absolute = /^[a-z][a-z\d+.-]*:\/\/(?<host>[^/?#]*)(?<path>.*)$/isu.exec(request.url ?? '')?.groups;
  if (absolute !== undefined) hosts.push(absolute['host'] ?? '');
  for (const host of hosts) {
    const name = ourName.exec(host);
    if (name === null || (name.groups?.['below'] !== undefined && hasNamesBelow?.(request) !== true))
      return { status: 421, message: 'This address answers to 127.0.0.1 and localhost only.' };
  }
  if (absolute !== undefined) request.url = absolute['path']?.replace(/^(?!\/)/u, '/');
  return comesFromElsewhere(request) && admits?.(request, request.headers.origin) !== true
    ? { status: 403, message: 'Pages of other sites are not let in.' }
    : undefined;
}

function comesFromElsewhere(request: IncomingMessage): boolean {
  const { origin, host = '', 'sec-fetch-site': site = 'none' } = request.headers;
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) return true;
  return !['same-origin', 'none'].includes(site) && (origin !== undefined || !isFollowedLink(request));
}

function isFollowedLink({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}
