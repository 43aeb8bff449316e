import { describe, expect, it } from '@jest/globals';
import { methodsAt } from '../../lambdas/refuse-route/refuse-route.ts';

const routes = [
  'GET /v1/dossiers/{dossierId}',
  'POST /v1/dossiers/{dossierId}/events',
  'GET /v1/dossiers/{dossierId}/events',
  'GET /v1/health',
];

describe('the methods by which a path is served', () => {
  it.each([
    ['/v1/dossiers/d-1', ['GET']],
    ['/v1/dossiers/d-1/events', ['POST', 'GET']],
    ['/v1/health', ['GET']],
    ['/v1/dossiers/', []],
    ['/v1/dossiers', []],
    ['/v1/dossiers/d-1/', []],
    ['/v1/dossiers/d-1/events/e-1', []],
    ['/v1/nothing', []],
    ['/', []],
  ])('the path %s is served by %j', (path, methods) => {
    expect(methodsAt(routes, path)).toEqual(methods);
  });
});
