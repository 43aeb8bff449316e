import type { Route } from './api-definition.ts';

export interface Match {
  readonly route: Route;
  /** Path parameters, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * The most specific route for a request: a full match before a greedy one, fixed parts before parameters, `$default`
 * last.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 * @param path as it came, not yet decoded
 * @returns undefined where API Gateway answers 404
 */
export function matchRoute(routes: readonly Route[], method: string, path: string): Match | undefined {
  const parts = path.split('/').slice(1);
  let best: { match: Match; rank: string } | undefined;
  for (const route of routes) {
    if (route.method !== method && route.method !== 'ANY' && route.segments !== undefined) continue;
    const found = matchSegments(route, parts);
    if (found !== undefined && (best === undefined || found.rank < best.rank))
      best = { match: { route, parameters: found.parameters }, rank: found.rank };
  }
  return best?.match;
}

/** The rank sorts like text: per part `0` fixed, `1` parameter, `2` greedy; then the method, `ANY` last. */
function matchSegments(
  { segments, method }: Route,
  parts: readonly string[],
): { parameters: Record<string, string>; rank: string } | undefined {
  if (segments === undefined) return { parameters: {}, rank: '3' };
  const parameters: Record<string, string> = {};
  let rank = '';
  for (const [index, segment] of segments.entries()) {
    const part = parts[index];
    if (part === undefined) return undefined;
    const name = /^\{(.+?)(\+?)\}$/.exec(segment);
    if (name === null) {
      if (segment !== part) return undefined;
      rank += '0';
    } else if (name[2] === '+') {
      parameters[name[1] ?? ''] = decodeURIComponent(parts.slice(index).join('/'));
      return { parameters, rank: `${rank}2` };
    } else {
      if (part === '') return undefined;
      parameters[name[1] ?? ''] = decodeURIComponent(part);
      rank += '1';
    }
  }
  return segments.length === parts.length
    ? { parameters, rank: `${rank}${method === 'ANY' ? '-1' : '-0'}` }
    : undefined;
}
