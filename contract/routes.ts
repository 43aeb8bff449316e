import type { Role } from './roles.ts';

/** One operation of the HTTP API: what the stack mounts, what the client calls, which Lambda folder answers. */
export interface Route {
  /** The folder under `lambdas/`. */
  readonly operation: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Any one of these roles opens the door; `open` needs no token. */
  readonly doors: readonly Role[] | 'open';
}

export const routes = [
  { operation: 'register-dossier', method: 'POST', path: '/v1/dossiers', doors: ['portal', 'clerk', 'officer'] },
  {
    operation: 'read-dossier',
    method: 'GET',
    path: '/v1/dossiers/{dossierId}',
    doors: ['portal', 'clerk', 'courier', 'officer', 'ops'],
  },
  {
    operation: 'record-event',
    method: 'POST',
    path: '/v1/dossiers/{dossierId}/events',
    doors: ['portal', 'clerk', 'courier', 'officer'],
  },
  {
    operation: 'request-scan-upload',
    method: 'POST',
    path: '/v1/dossiers/{dossierId}/scans',
    doors: ['portal', 'clerk', 'courier', 'officer'],
  },
  {
    operation: 'confirm-scan',
    method: 'POST',
    path: '/v1/dossiers/{dossierId}/scans/{scanId}/confirm',
    doors: ['portal', 'clerk', 'courier', 'officer'],
  },
  {
    operation: 'open-scan',
    method: 'GET',
    path: '/v1/dossiers/{dossierId}/scans/{scanId}',
    doors: ['portal', 'clerk', 'courier', 'officer'],
  },
  { operation: 'track-dossier', method: 'GET', path: '/v1/track/{trackingCode}', doors: 'open' },
  { operation: 'report-health', method: 'GET', path: '/v1/health', doors: 'open' },
] as const satisfies readonly Route[];

export type Operation = (typeof routes)[number]['operation'];
