import type { IncomingMessage, ServerResponse } from 'node:http';
import { isFromOurForm, page, readForm, send, type Answer } from '../console/http.ts';
import { afterLogout, readAuthorizeRequest, withQuery, type AuthorizeRequest } from './authorize-request.ts';
import type { Person } from './issuer.ts';
import { errorPage, loginPage } from './pages.ts';
import { exchange, revoke, type Pool } from './token-endpoint.ts';

export interface HostedOptions extends Pool {
  /** Who may be picked on the sign-in page. */
  readonly people: readonly Person[];
  /** Where all of this is, for the discovery document. */
  readonly url: string;
}

/** What Cognito serves of a user pool: its keys and, where it has a domain, the sign-in page and OAuth's endpoints. */
export interface HostedEndpoints {
  readonly takes: (request: IncomingMessage) => boolean;
  /** Whether a page of another site may ask: for keys and for tokens, as Cognito lets it. */
  readonly admits: (request: IncomingMessage) => boolean;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

interface Endpoint {
  readonly methods: readonly string[];
  /** Answers pages of every origin. */
  readonly isForAnyOrigin?: true;
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;
}

const reading = ['GET', 'HEAD'];

export function createHostedEndpoints({ people, url, ...around }: HostedOptions): HostedEndpoints {
  const { pool, issuer, codes } = around;
  const wellKnown = `/${pool.id}/.well-known`;
  const published: [string, Endpoint][] = [
    [`${wellKnown}/jwks.json`, publish(() => issuer.keys)],
    [`${wellKnown}/openid-configuration`, publish(() => discovery(pool, `${url}${wellKnown}`, url))],
  ];
  const hosted: [string, Endpoint][] = [
    [
      '/oauth2/authorize',
      browse((request) => {
        const query = queryOf(request);
        const asked = readAuthorizeRequest(query, pool);
        return redirect('location' in asked ? asked.location : `/login?${query.toString()}`);
      }),
    ],
    ['/login', { methods: [...reading, 'POST'], answer: login }],
    ['/logout', browse((request) => redirect(afterLogout(queryOf(request), pool)))],
    ['/error', browse((request) => page(errorPage(queryOf(request).get('error') ?? ''), 400))],
    [
      '/oauth2/token',
      post(async (form, authorization) => {
        const answer = await exchange(form, authorization, around);
        return typeof answer === 'string' ? { status: 400, body: { error: answer } } : { status: 200, body: answer };
      }, true),
    ],
    [
      '/oauth2/revoke',
      post(async (form, authorization) => {
        const error = await revoke(form, authorization, around);
        if (error === undefined) return { status: 200 };
        return { status: error === 'invalid_client' ? 401 : 400, body: { error } };
      }),
    ],
  ];
  const endpoints = new Map(pool.hasDomain ? [...published, ...hosted] : published);
  const endpointOf = (request: IncomingMessage) => endpoints.get(pathOf(request));

  async function login(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = readAuthorizeRequest(queryOf(request), pool);
    if ('location' in asked) return send(request, response, redirect(asked.location));
    if (request.method !== 'POST') return send(request, response, showLogin(request, asked));
    if (!isFromOurForm(request)) return sendJson(response, 403, { message: 'Only the form of this page signs in.' });
    const person = personIn(await readForm(request), people);
    if (person === undefined)
      return send(request, response, showLogin(request, asked, 'Pick an account, or type a name.'));
    const { client, scopes, nonce, redirectUri, codeChallenge, state } = asked;
    const grant = { client, scopes, nonce, signIn: issuer.signIn(person) };
    const code = codes.issue({ grant, redirectUri, codeChallenge });
    send(request, response, redirect(withQuery(redirectUri, { code, state })));
  }

  function showLogin(request: IncomingMessage, asked: AuthorizeRequest, problem?: string): Answer {
    const shown = page(loginPage(asked, people, request.url ?? '', problem), problem === undefined ? 200 : 400);
    return { ...shown, headers: { 'content-security-policy': policyFor(asked.redirectUri) } };
  }

  return {
    takes: (request) => endpointOf(request) !== undefined,
    admits: (request) => endpointOf(request)?.isForAnyOrigin === true,
    async handle(request, response) {
      const endpoint = endpointOf(request);
      if (endpoint === undefined) return sendJson(response, 404, { message: 'There is nothing here.' });
      if (endpoint.isForAnyOrigin) response.setHeader('access-control-allow-origin', '*');
      if (request.method === 'OPTIONS' && endpoint.isForAnyOrigin) return answerPreflight(response, endpoint.methods);
      if (!endpoint.methods.includes(request.method ?? '')) {
        request.resume();
        response.setHeader('allow', endpoint.methods.join(', '));
        return sendJson(response, 405, { message: `This address takes ${endpoint.methods.join(', ')}.` });
      }
      await endpoint.answer(request, response);
    },
  };
}

/** A browser's form follows its redirection only to where the policy of its page lets it. */
function policyFor(redirectUri: string): string {
  const { protocol, host } = new URL(redirectUri);
  const target = /^https?:$/u.test(protocol) ? `${protocol}//${host}` : protocol;
  return `default-src 'none'; style-src 'self'; img-src data:; form-action 'self' ${target}; base-uri 'none'; frame-ancestors 'none'`;
}

/** A practice account by its name, or somebody whose name and groups were typed. */
function personIn(form: URLSearchParams, people: readonly Person[]): Person | undefined {
  const picked = form.get('person');
  if (picked !== null) return people.find(({ username }) => username === picked);
  const username = (form.get('username') ?? '').trim();
  if (username === '') return undefined;
  return { username, groups: (form.get('groups') ?? '').split(/\s+/u).filter((group) => group !== '') };
}

interface Posted {
  readonly status: number;
  readonly body?: object;
}

function post(
  answer: (form: URLSearchParams, authorization: string | undefined) => Promise<Posted>,
  isForAnyOrigin?: true,
): Endpoint {
  return {
    methods: ['POST'],
    ...(isForAnyOrigin && { isForAnyOrigin }),
    async answer(request, response) {
      const isForm = /^application\/x-www-form-urlencoded\b/iu.test(request.headers['content-type'] ?? '');
      const form = await readForm(request);
      const { status, body } = isForm
        ? await answer(form, request.headers.authorization)
        : { status: 400, body: { error: 'invalid_request' } };
      sendJson(response, status, body);
    },
  };
}

function publish(what: () => object): Endpoint {
  return { methods: reading, isForAnyOrigin: true, answer: (_request, response) => sendJson(response, 200, what()) };
}

function browse(answer: (request: IncomingMessage) => Answer): Endpoint {
  return { methods: reading, answer: (request, response) => send(request, response, answer(request)) };
}

function redirect(location: string): Answer {
  return { status: 302, headers: { location } };
}

function answerPreflight(response: ServerResponse, methods: readonly string[]): void {
  response
    .writeHead(204, {
      'access-control-allow-methods': methods.join(', '),
      'access-control-allow-headers': 'authorization, content-type',
    })
    .end();
}

/** The issuer is the one of AWS, which the tokens name; the addresses are those of this machine. */
function discovery({ issuer, hasDomain, clients }: Pool['pool'], wellKnownUrl: string, url: string): object {
  const endpoints = {
    authorization_endpoint: `${url}/oauth2/authorize`,
    token_endpoint: `${url}/oauth2/token`,
    revocation_endpoint: `${url}/oauth2/revoke`,
    end_session_endpoint: `${url}/logout`,
  };
  return {
    issuer,
    ...(hasDomain && endpoints),
    jwks_uri: `${wellKnownUrl}/jwks.json`,
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code'],
    scopes_supported: [...new Set(clients.flatMap(({ scopes }) => scopes))],
    subject_types_supported: ['public'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  };
}

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?')[0] ?? '';
}

function queryOf({ url = '' }: IncomingMessage): URLSearchParams {
  return new URLSearchParams(url.split('?').slice(1).join('?'));
}

function sendJson(response: ServerResponse, status: number, body?: object): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  response
    .writeHead(status, {
      ...(body !== undefined && { 'content-type': 'application/json;charset=UTF-8' }),
      'cache-control': 'no-store',
      'content-length': Buffer.byteLength(text),
    })
    .end(text);
}
