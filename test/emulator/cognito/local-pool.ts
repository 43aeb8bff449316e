import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCognito, type Cognito } from '../../../emulator/cognito/start-cognito.ts';
import type { UserPool, UserPoolClient } from '../../../emulator/cognito/user-pool.ts';
import { startLocalServer } from '../../../emulator/local-server/local-server.ts';

export const callback = 'https://app.example/signed-in';

/** A client of which only the difference is told: a public one, on which people sign in. */
export function clientOf(id: string, more: Partial<UserPoolClient> = {}): UserPoolClient {
  return {
    id,
    name: id,
    scopes: ['server/read', 'openid'],
    flows: ['code'],
    hasSecret: false,
    callbackUrls: [callback],
    logoutUrls: ['https://app.example/bye'],
    mayRevoke: true,
    lifetimeSeconds: { access: 3600, id: 3600, refresh: 12 * 3600 },
    ...more,
  };
}

/** A client that is a system, and proves itself with a secret. */
export function systemOf(id: string, more: Partial<UserPoolClient> = {}): UserPoolClient {
  return clientOf(id, {
    scopes: ['server/write', 'server/list'],
    flows: ['client_credentials'],
    hasSecret: true,
    callbackUrls: [],
    ...more,
  });
}

export function poolOf(...clients: readonly UserPoolClient[]): UserPool {
  return {
    id: 'eu-central-1_abcdefghi',
    issuer: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_abcdefghi',
    clients,
    hasDomain: true,
  };
}

export interface LocalPool extends Cognito {
  readonly url: string;
  readonly directory: string;
  readonly secretOf: (clientId: string) => string;
  readonly post: (
    path: string,
    form: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<{ readonly status: number; readonly body: unknown; readonly headers: Headers }>;
  /** Signs in on the page of an authorization request. @returns where the browser is led to */
  readonly signIn: (
    query: Readonly<Record<string, string>>,
    form?: Readonly<Record<string, string>>,
    origin?: string,
  ) => Promise<Response>;
  readonly later: (seconds: number) => void;
  /** Starts it again on the same data, or on others; it ends with this one. */
  readonly again: (directory?: string) => Promise<LocalPool>;
  readonly close: () => Promise<void>;
}

/** What Cognito serves of a pool, on a port of its own, with a clock that only the test moves. */
export async function startPool(
  pool: UserPool,
  directory: string = mkdtempSync(join(tmpdir(), 'pool-')),
  startedAt: number = Date.parse('2026-12-01T01:00:00Z'),
): Promise<LocalPool> {
  let now = startedAt;
  const more: LocalPool[] = [];
  const cognito = await startCognito({
    pool,
    directory,
    storeId: 'store',
    clock: { now: () => now },
    people: [{ username: 'ana', groups: ['clerks', 'couriers'] }],
    url: 'http://127.0.0.1:4566',
  });
  const { handle, admits } = cognito.hosted;
  const { url, close } = await startLocalServer({
    port: 0,
    admits,
    serve: (request, response) => void handle(request, response),
  });
  return {
    ...cognito,
    url,
    directory,
    secretOf: (id) => cognito.appClients.find(({ clientId }) => clientId === id)?.clientSecret ?? '',
    async post(path, form, headers = {}) {
      const response = await fetch(url + path, { method: 'POST', headers, body: new URLSearchParams(form) });
      const text = await response.text();
      return { status: response.status, body: text === '' ? '' : JSON.parse(text), headers: response.headers };
    },
    signIn: async (query, form = { person: 'ana' }, origin = url) =>
      fetch(`${url}/login?${new URLSearchParams(query).toString()}`, {
        method: 'POST',
        redirect: 'manual',
        headers: { origin },
        body: new URLSearchParams(form),
      }),
    later: (seconds) => {
      now += seconds * 1000;
    },
    async again(other = directory) {
      const started = await startPool(pool, other, now);
      more.push(started);
      return started;
    },
    async close() {
      await Promise.all([close(), ...more.map((one) => one.close())]);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export function basic(id: string, secret: string): { readonly authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` };
}
