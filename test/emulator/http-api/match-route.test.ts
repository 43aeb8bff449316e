import { describe, expect, it } from '@jest/globals';
import type { Route } from '../../../emulator/http-api/api-definition.ts';
import { matchRoute } from '../../../emulator/http-api/match-route.ts';

function route(key: string): Route {
  const [method = '', path] = key.split(' ');
  return {
    key,
    method,
    segments: path?.split('/').slice(1),
    functionArn: key,
    timeoutMs: 30_000,
    authorizer: undefined,
    throttle: undefined,
  };
}
const routes = [
  '$default',
  'GET /{proxy+}',
  'ANY /v1/dossiers/{id}',
  'GET /v1/dossiers/{dossierId}',
  'GET /v1/dossiers/latest',
  'POST /v1/dossiers',
  'GET /',
].map(route);
function match(method: string, path: string) {
  const found = matchRoute(routes, method, path);
  return found && [found.route.key, found.parameters];
}

describe('a request goes to the most specific route', () => {
  it.each<[string, string, unknown]>([
    ['POST', '/v1/dossiers', ['POST /v1/dossiers', {}]],
    ['GET', '/v1/dossiers/d-1', ['GET /v1/dossiers/{dossierId}', { dossierId: 'd-1' }]],
    ['GET', '/v1/dossiers/latest', ['GET /v1/dossiers/latest', {}]],
    ['DELETE', '/v1/dossiers/d-1', ['ANY /v1/dossiers/{id}', { id: 'd-1' }]],
    ['GET', '/v1/other/path', ['GET /{proxy+}', { proxy: 'v1/other/path' }]],
    ['GET', '/', ['GET /', {}]],
    ['PUT', '/v1', ['$default', {}]],
    ['GET', '/v1/dossiers/B%E1%BA%AFc%20K%E1%BA%A1n%2F1', ['GET /v1/dossiers/{dossierId}', { dossierId: 'Bắc Kạn/1' }]],
  ])('a request goes to the most specific route when it asks for %s %s', (method, path, expected) => {
    expect(match(method, path)).toEqual(expected);
  });
});

describe('a request that no route is for', () => {
  const few = [route('GET /v1/dossiers/{dossierId}')];
  it.each([
    ['POST', '/v1/dossiers/d-1'],
    ['GET', '/v1/dossiers'],
    ['GET', '/v1/dossiers/'],
    ['GET', '/v1/dossiers/d-1/'],
    ['GET', '/v1/dossiers/d-1/events'],
    ['GET', ''],
  ])('a request %s %s is found nowhere', (method, path) => {
    expect(matchRoute(few, method, path)).toBeUndefined();
  });
});
