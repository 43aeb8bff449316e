import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { httpApiOf } from '../../../emulator/http-api/api-definition.ts';
import { startHttpApi } from '../../../emulator/http-api/http-api.ts';
import type { InvocationResult } from '../../../emulator/lambda/invoker.ts';
import type { LocalServer } from '../../../emulator/local-server/local-server.ts';
import { readAssembly } from '../../../emulator/template/read-assembly.ts';
import { readStack } from '../../../emulator/template/read-stack.ts';
import { place, writeAssembly } from '../template/small-assembly.ts';

const open: LocalServer[] = [];
let accessLog: string[] = [];
afterEach(async () => {
  accessLog = [];
  await Promise.all(open.splice(0).map((api) => api.close()));
});

function route(key: string, more: object = {}) {
  return {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: { Ref: 'Api' },
      RouteKey: key,
      AuthorizationType: 'NONE',
      Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] },
      ...more,
    },
  };
}
const resources = {
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'small', ProtocolType: 'HTTP' } },
  Stage: {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true },
  },
  Integration: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: { Ref: 'Api' },
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: 'arn:aws:lambda:ap-southeast-1:000000000000:function:echo',
      PayloadFormatVersion: '2.0',
    },
  },
  Pool: { Type: 'AWS::Cognito::UserPool' },
  Door: {
    Type: 'AWS::ApiGatewayV2::Authorizer',
    Properties: {
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Audience: ['client'], Issuer: { 'Fn::GetAtt': ['Pool', 'ProviderURL'] } },
    },
  },
  Everything: route('ANY /echo/{name}'),
  Locked: route('GET /locked', {
    AuthorizationType: 'JWT',
    AuthorizerId: { Ref: 'Door' },
    AuthorizationScopes: ['dossier-post/clerk'],
  }),
};
function definitionOf(more: object = {}) {
  const definition = httpApiOf(readStack(readAssembly(writeAssembly({ Resources: { ...resources, ...more } })), place));
  if (definition === undefined) throw new Error('the template has an HTTP API');
  return definition;
}

type Answer = (event: string) => Promise<Omit<InvocationResult, 'requestId'>>;
/** Answers the event it was called with. */
const echo: Answer = (event) => Promise.resolve({ payload: event });

async function start(answer: Answer = echo, more: object = {}): Promise<LocalServer> {
  const api = await startHttpApi({
    definition: definitionOf(more),
    lambda: {
      invoke: async (name, payload) => ({
        requestId: 'r',
        ...(await answer(payload)),
        ...(name.endsWith(':echo') ? {} : { functionError: 'Unhandled' as const }),
      }),
    },
    keyOf: () => Promise.resolve(undefined),
    clock: { now: () => Date.parse('2026-12-01T01:02:03.004Z') },
    port: 0,
    accessLog: (line) => accessLog.push(line),
  });
  open.push(api);
  return api;
}

const Event = z.looseObject({
  headers: z.record(z.string(), z.string()),
  body: z.string().optional(),
  isBase64Encoded: z.boolean(),
});
async function call(path: string, init: RequestInit = {}) {
  return Event.parse(await (await fetch((await start()).url + path, init)).json());
}
async function said(response: Response) {
  return [response.status, await response.text()];
}

describe('the event that a function gets', () => {
  it('the event that a function gets is of payload format 2.0', async () => {
    const event = await call('/echo/B%E1%BA%AFc?b=2&a=1&b=3%20x', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'X-Case': 'Kept', 'user-agent': 'test' },
      body: '{"chào":1}',
    });
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /echo/{name}',
      rawPath: '/echo/Bắc',
      rawQueryString: 'b=2&a=1&b=3%20x',
      queryStringParameters: { b: '2,3 x', a: '1' },
      pathParameters: { name: 'Bắc' },
      body: '{"chào":1}',
      isBase64Encoded: false,
      headers: {
        'x-case': 'Kept',
        'content-type': 'application/json',
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-proto': 'http',
      },
      requestContext: {
        accountId: '000000000000',
        apiId: expect.stringMatching(/^[a-z0-9]{10}$/),
        stage: '$default',
        routeKey: 'ANY /echo/{name}',
        requestId: expect.stringMatching(/^[\w=]{16}$/),
        http: { method: 'POST', path: '/echo/Bắc', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
        time: '01/Dec/2026:01:02:03 +0000',
        timeEpoch: 1796086923004,
      },
    });
  });

  it('the event that a function gets takes a parameter for what it is, whatever its name means to JavaScript', async () => {
    expect(await call('/echo/x?constructor=1&toString=2&constructor=3')).toMatchObject({
      queryStringParameters: { constructor: '1,3', toString: '2' },
    });
  });

  it('the event that a function gets leaves out what the request does not have', async () => {
    const event = await call('/echo/x');
    expect(Object.keys(event).toSorted()).toEqual([
      'headers',
      'isBase64Encoded',
      'pathParameters',
      'rawPath',
      'rawQueryString',
      'requestContext',
      'routeKey',
      'version',
    ]);
  });

  it.each([
    ['application/json', false],
    ['application/json; charset=utf-8', false],
    ['text/csv', false],
    ['application/xml', false],
    ['application/problem+json', true],
    ['application/x-www-form-urlencoded', true],
    ['image/jpeg', true],
  ])('the event that a function gets carries a body of the type %s in base64: %s', async (type, base64) => {
    const event = await call('/echo/x', { method: 'POST', headers: { 'content-type': type }, body: 'giấy' });
    expect([event.isBase64Encoded, event.body]).toEqual([
      base64,
      base64 ? Buffer.from('giấy').toString('base64') : 'giấy',
    ]);
  });

  it('the event that a function gets carries a body without a type in base64, whatever its bytes are', async () => {
    const event = await call('/echo/x', { method: 'POST', body: new Uint8Array([0xff, 0x00, 0xd8]) });
    expect([event.isBase64Encoded, event.body]).toEqual([true, '/wDY']);
  });

  it.each(['__proto__', 'constructor', 'toString'])(
    'the event that a function gets has what a client calls %s, as anything else',
    async (name) => {
      const { url } = await start();
      const response = await fetch(`${url}/echo/${name}?${name}=1&${name}=2`, { headers: { constructor: 'x' } });
      // Compared as text: in an expectation these names would not be fields either.
      const event = await response.text();
      expect([response.status, event]).toEqual([200, expect.stringContaining('"constructor":"x"')]);
      expect(event).toContain(`"queryStringParameters":{"${name}":"1,2"}`);
      expect(event).toContain(`"pathParameters":{"name":"${name}"}`);
      expect((await fetch(`${url}/${name}`)).status).toBe(404);
    },
  );

  it('the event that a function gets has the cookies apart, and several headers of one name joined', async () => {
    const { url } = await start();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write(
      'GET /echo/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: a=1; b=2\r\nX-Many: 1\r\nx-many: 2\r\n\r\n',
    );
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    await once(socket, 'close');
    const event: unknown = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
    expect(event).toMatchObject({ cookies: ['a=1', 'b=2'], headers: { 'x-many': '1,2' } });
    expect(event).not.toHaveProperty('headers.cookie');
  });
});

describe('the HTTP API answers by itself', () => {
  it.each([
    ['GET', '/nowhere'],
    ['GET', '/echo'],
    ['POST', '/locked'],
  ])('the HTTP API answers 404 where there is no route: %s %s', async (method, path) => {
    expect(await said(await fetch((await start()).url + path, { method }))).toEqual([404, '{"message":"Not Found"}']);
  });

  it('the HTTP API answers 401 without a good token, and says why', async () => {
    const { url } = await start();
    const none = await fetch(`${url}/locked`);
    expect([...(await said(none)), none.headers.get('www-authenticate')]).toEqual([
      401,
      '{"message":"Unauthorized"}',
      'Bearer',
    ]);
    const bad = await fetch(`${url}/locked`, { headers: { authorization: 'Bearer x.y.z' } });
    expect([...(await said(bad)), bad.headers.get('www-authenticate')]).toEqual([
      401,
      '{"message":"Unauthorized"}',
      'Bearer scope="" error="invalid_token" error_description="the token is not valid"',
    ]);
  });

  it('the HTTP API answers 413 to more than 10 MB, and takes 10 MB', async () => {
    const { url } = await start(() => Promise.resolve({ payload: '"taken"' }));
    const send = (bytes: number) => fetch(`${url}/echo/x`, { method: 'POST', body: Buffer.alloc(bytes, 'x') });
    expect(await said(await send(10 * 1024 * 1024 + 1))).toEqual([413, '{"message":"Request Entity Too Large"}']);
    expect(await said(await send(10 * 1024 * 1024))).toEqual([200, 'taken']);
  });

  it('the HTTP API answers 431 to more than 10 kB of headers', async () => {
    expect((await fetch(`${(await start()).url}/echo/x`, { headers: { long: 'x'.repeat(11_000) } })).status).toBe(431);
  });

  it('the HTTP API answers 400 to a path that cannot be read', async () => {
    expect(await said(await fetch(`${(await start()).url}/echo/%E1%BA`))).toEqual([400, '{"message":"Bad Request"}']);
  });

  it('the HTTP API answers 429 to more than the template lets through, route by route', async () => {
    const Stage = {
      ...resources.Stage,
      Properties: {
        ...resources.Stage.Properties,
        DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 },
        RouteSettings: { 'ANY /echo/{name}': { ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 2 } },
      },
    };
    const { url } = await start(echo, { Stage });
    const statuses = [];
    for (const path of ['/echo/1', '/echo/2', '/echo/3', '/locked']) statuses.push((await fetch(url + path)).status);
    expect(statuses).toEqual([200, 200, 429, 401]);
  });

  it('the HTTP API answers 500 when the function fails, and tells nothing of it', async () => {
    const { url } = await start(() =>
      Promise.resolve({ functionError: 'Unhandled', payload: '{"errorMessage":"secret"}' }),
    );
    expect(await said(await fetch(`${url}/echo/x`))).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  it('the HTTP API answers 500 when the function cannot be called', async () => {
    const { url } = await start(() => Promise.reject(new Error('gone')));
    expect(await said(await fetch(`${url}/echo/x`))).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  it('the HTTP API answers 503 when the function takes longer than the integration waits', async () => {
    const Integration = {
      ...resources.Integration,
      Properties: { ...resources.Integration.Properties, TimeoutInMillis: 50 },
    };
    const { url } = await start(() => new Promise(() => {}), { Integration });
    expect(await said(await fetch(`${url}/echo/x`))).toEqual([503, '{"message":"Service Unavailable"}']);
  });
});

describe('the answer of a function', () => {
  it('the answer of a function is passed on with its status, headers and cookies', async () => {
    const payload = JSON.stringify({
      statusCode: 201,
      headers: { 'Content-Type': 'application/problem+json', 'content-length': '1' },
      cookies: ['a=1', 'b=2'],
      body: '{"xin":"chào"}',
    });
    const response = await fetch(`${(await start(() => Promise.resolve({ payload }))).url}/echo/x`);
    expect(await said(response)).toEqual([201, '{"xin":"chào"}']);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(response.headers.get('apigw-requestid')).toMatch(/^[\w=]{16}$/);
  });

  it('the answer of a function that cannot be a header is a 500', async () => {
    const payload = JSON.stringify({ statusCode: 200, headers: { 'x-bad': 'a\r\nb: c' } });
    expect((await fetch(`${(await start(() => Promise.resolve({ payload }))).url}/echo/x`)).status).toBe(500);
  });
});

describe('an API with CORS in the template', () => {
  const Api = {
    ...resources.Api,
    Properties: {
      ...resources.Api.Properties,
      CorsConfiguration: {
        AllowOrigins: ['https://post.example'],
        AllowMethods: ['GET', 'POST'],
        AllowHeaders: ['authorization'],
        MaxAge: 3600,
      },
    },
  };
  const preflight = (origin: string) => ({
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST' },
  });

  it('an API with CORS in the template tells a browser what a page of ours may do', async () => {
    const response = await fetch(`${(await start(echo, { Api })).url}/locked`, preflight('https://post.example'));
    expect([response.status, Object.fromEntries(response.headers)]).toMatchObject([
      204,
      {
        'access-control-allow-origin': 'https://post.example',
        'access-control-allow-methods': 'GET,POST',
        'access-control-allow-headers': 'authorization',
        'access-control-max-age': '3600',
      },
    ]);
  });

  it('an API with CORS in the template tells a page of strangers nothing', async () => {
    const response = await fetch(`${(await start(echo, { Api })).url}/locked`, preflight('https://elsewhere.example'));
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([204, null]);
  });

  it('an API with CORS in the template sets the origin on answers in place of the function', async () => {
    const payload = JSON.stringify({ statusCode: 200, headers: { 'access-control-allow-origin': '*' }, body: '' });
    const { url } = await start(() => Promise.resolve({ payload }), { Api });
    const response = await fetch(`${url}/echo/x`, { headers: { origin: 'https://post.example' } });
    expect(response.headers.get('access-control-allow-origin')).toBe('https://post.example');
    expect((await fetch(`${url}/echo/x`)).headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('the access log', () => {
  const Stage = {
    ...resources.Stage,
    Properties: {
      ...resources.Stage.Properties,
      AccessLogSettings: {
        DestinationArn: 'arn',
        Format:
          '$context.routeKey $context.status $context.requestTime $context.authorizer.error $context.integrationErrorMessage $context.responseLength',
      },
    },
  };

  it('the access log has a line for each request in the format of the template, refusals too', async () => {
    const { url } = await start(echo, { Stage });
    await fetch(`${url}/nowhere`);
    await fetch(`${url}/locked`);
    expect(accessLog).toEqual([
      '- 404 01/Dec/2026:01:02:03 +0000 - - 23\n',
      'GET /locked 401 01/Dec/2026:01:02:03 +0000 Bearer - 26\n',
    ]);
  });

  it('the access log says that a function failed, and is not kept where the template has none', async () => {
    const fails: Answer = () => Promise.resolve({ functionError: 'Unhandled', payload: '{}' });
    await fetch(`${(await start(fails)).url}/echo/x`);
    expect(accessLog).toEqual([]);
    await fetch(`${(await start(fails, { Stage })).url}/echo/x`);
    expect(accessLog).toEqual([
      expect.stringMatching(/^ANY \/echo\/{name} 500 .* - The function ended in an error; its log has more\. 35\n$/),
    ]);
  });
});

describe('a stage with a name', () => {
  it('a stage with a name stands before every path', async () => {
    const Stage = {
      ...resources.Stage,
      Properties: { ...resources.Stage.Properties, StageName: 'v9', StageVariables: { colour: 'red' } },
    };
    const { url } = await start(echo, { Stage });
    expect((await fetch(`${url}/echo/x`)).status).toBe(404);
    expect(await (await fetch(`${url}/v9/echo/x`)).json()).toMatchObject({
      rawPath: '/v9/echo/x',
      stageVariables: { colour: 'red' },
      requestContext: { stage: 'v9' },
    });
  });
});

describe('what the HTTP API cannot run stops the start', () => {
  it.each([
    [
      'a websocket API',
      { Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'WEBSOCKET' } } },
      /Cannot run the resource Api of type AWS::ApiGatewayV2::Api in .*only HTTP APIs run here/s,
    ],
    [
      'an older payload',
      {
        Integration: {
          ...resources.Integration,
          Properties: { ...resources.Integration.Properties, PayloadFormatVersion: '1.0' },
        },
      },
      /the resource Integration .*only payload format 2\.0 runs here/s,
    ],
    [
      'another authorizer',
      { Door: { ...resources.Door, Properties: { ...resources.Door.Properties, AuthorizerType: 'REQUEST' } } },
      /the resource Door .*only JWT authorizers run here/s,
    ],
    [
      'a authorizer without an authorizer',
      { Locked: route('GET /locked', { AuthorizationType: 'JWT' }) },
      /Cannot run the resource Locked .*its integration or its authorizer is missing/,
    ],
    [
      'a second API',
      { Other: resources.Api },
      /has 2 resources of type AWS::ApiGatewayV2::Api; the local cloud runs exactly one/,
    ],
  ])('what the HTTP API cannot run stops the start and is named: %s', (_, more, sentence) => {
    expect(() => definitionOf(more)).toThrow(sentence);
  });
});
