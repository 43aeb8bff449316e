import type { Machine } from './executions.ts';

/** Where the pages live below the AWS address. No bucket's name begins with an underscore, so S3 loses nothing. */
export const root = '/_local/';
export const switchesAddress = `${root}switches`;
export const deskAddress = `${root}desk`;
export const outboxAddress = `${root}outbox`;

export type Action = 'stop' | 'redrive' | 'jump';

export interface ListQuery {
  readonly machine?: string | undefined;
  readonly status?: string | undefined;
  readonly name?: string | undefined;
  readonly older?: number | undefined;
  readonly newer?: number | undefined;
}

export function listAddress(query: ListQuery): string {
  return `${root}${search(query)}`;
}

export function executionAddress(
  machine: Machine,
  name: string,
  query: { readonly events?: number; readonly done?: Action } = {},
): string {
  return `${root}executions/${encodeURIComponent(machine.name)}/${encodeURIComponent(name)}${search(query)}`;
}

export function actionAddress(machine: Machine, name: string, action: Action): string {
  return `${executionAddress(machine, name)}/${action}`;
}

function search(query: object): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== '') params.set(key, String(value));
  return params.size === 0 ? '' : `?${params.toString()}`;
}
