import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createAwsEndpoint } from '../../../emulator/aws-endpoint/aws-endpoint.ts';
import type { LocalServer } from '../../../emulator/local-server/local-server.ts';
import type { AccessKey } from '../../../emulator/signature/access-keys.ts';
import { signedPost } from '../signing.ts';

const owner: AccessKey = { accessKeyId: 'owner', secretAccessKey: 'secret' };
const lent: AccessKey = { accessKeyId: 'lent', secretAccessKey: 'secret', sessionToken: 'token' };
const keys = new Map([owner, lent].map((key) => [key.accessKeyId, key]));

/** How each service spells a refusal. S3's own words are tested with S3. */
const services = [
  ['DynamoDB', { 'x-amz-target': 'DynamoDB_20120810.ListTables' }],
  ['DynamoDB Streams', { 'x-amz-target': 'DynamoDBStreams_20120810.ListStreams' }],
  ['Step Functions', { 'x-amz-target': 'AWSStepFunctions.ListStateMachines' }],
  ['SQS', { 'x-amz-target': 'AmazonSQS.ListQueues' }],
  ['the query protocol', { 'content-type': 'application/x-www-form-urlencoded' }],
  ['SES', { 'content-type': 'application/json' }],
] as const;

type Change = (signed: Readonly<Record<string, string>>) => Record<string, string>;
function asSigned(signed: Readonly<Record<string, string>>) {
  return { ...signed };
}

interface Words {
  readonly json: string;
  readonly query: string;
}
const missing = { json: 'MissingAuthenticationTokenException', query: 'MissingAuthenticationToken' };
const malformed = { json: 'IncompleteSignatureException', query: 'IncompleteSignature' };
const unknown = { json: 'UnrecognizedClientException', query: 'InvalidClientTokenId' };
const mismatch = { json: 'InvalidSignatureException', query: 'SignatureDoesNotMatch' };

describe.each(services)('a call of %s', (service, headers) => {
  const body = service === 'the query protocol' ? 'Action=GetCallerIdentity' : '{}';
  const path = service === 'SES' ? '/v2/email/outbound-emails' : '';
  const signedFor = service === 'SES' ? 'ses' : 'any';
  let server: LocalServer;
  let reached: string[] = [];
  beforeAll(async () => {
    const note = async (operation: string) => {
      reached.push(operation);
      return { status: 200, body: {} };
    };
    server = await createAwsEndpoint({
      port: 0,
      dynamodb: {
        endpoint: 'http://127.0.0.1:1',
        noteWrite: () => {},
        streamRefusal: () => {
          reached.push('streams');
          return { status: 200, body: {} };
        },
      },
      gate: (_caller, target) => {
        reached.push(target);
        return { status: 200, body: {} };
      },
      stepFunctions: { handle: note },
      extra: { AmazonSQS: { handle: note } },
      ses: { handle: note },
      s3: { handle: () => Promise.reject(new Error('not asked here')) },
      findKey: (accessKeyId) => keys.get(accessKeyId),
    });
  });
  afterAll(() => server.close());

  const send = async (key: AccessKey, change: Change): Promise<[number, string]> => {
    reached = [];
    const answer = await signedPost(`${server.url}${path}`, signedFor, headers, body, key, change);
    const type = service === 'SES' ? answer.headers.get('x-amzn-errortype') : answer.headers.get('x-amzn-query-error');
    return [answer.status, `${await answer.text()} ${type}`];
  };
  const refusal = ({ json, query }: Words) => {
    if (service === 'the query protocol')
      return [query === 'IncompleteSignature' ? 400 : 403, expect.stringContaining(`<Code>${query}</Code>`)];
    if (service === 'SES') return [403, expect.stringMatching(new RegExp(`} ${json}$`))];
    return service === 'SQS'
      ? [403, expect.stringMatching(new RegExp(`#${json}".* ${query};Sender$`))]
      : [400, expect.stringMatching(new RegExp(`"__type":"com.amazon.coral.service#${json}"`))];
  };
  const without = (name: string) => (signed: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(signed).filter(([header]) => header !== name));
  const withAuthorization =
    (rewrite: (authorization: string) => string) => (signed: Readonly<Record<string, string>>) => ({
      ...signed,
      authorization: rewrite(signed['authorization'] ?? ''),
    });

  it('a call that is signed reaches the service, with the token where the key has one', async () => {
    const passed = service === 'the query protocol' ? 'InvalidAction' : '';
    expect((await send(owner, asSigned))[1]).toContain(passed);
    expect((await send(lent, asSigned))[1]).toContain(passed);
    if (passed === '') expect(reached).not.toEqual([]);
  });

  it.each<[string, Words, AccessKey, Change]>([
    ['nobody signed', missing, owner, without('authorization')],
    ['a wrong secret signed', mismatch, { ...owner, secretAccessKey: 'local' }, asSigned],
    ['an unknown key signed', unknown, { accessKeyId: 'local', secretAccessKey: 'local' }, asSigned],
    ['the key of the state machine signed', unknown, { ...owner, accessKeyId: 'ASIASTATEMACHINE0000' }, asSigned],
    ['constructor signed', unknown, { ...owner, accessKeyId: 'constructor' }, asSigned],
    ['a lent key signed without its token', unknown, { accessKeyId: 'lent', secretAccessKey: 'secret' }, asSigned],
    ['a lent key signed with another token', unknown, { ...lent, sessionToken: 'other' }, asSigned],
    ['the owner signed with a token', unknown, { ...owner, sessionToken: 'token' }, asSigned],
    ['carries the form of a signature', mismatch, owner, withAuthorization((text) => text.replace(/[0-9a-f]+$/, '0'))],
    ['carries no form of a signature', malformed, owner, withAuthorization(() => 'AWS4-HMAC-SHA256 owner')],
    ['carries a password', malformed, owner, withAuthorization(() => 'Basic bG9jYWw6bG9jYWw=')],
    [
      'carries a credential without a scope',
      malformed,
      owner,
      withAuthorization((text) => text.replace(/\/\d.*?,/, ',')),
    ],
    [
      'is of another day than its scope',
      mismatch,
      owner,
      (signed) => ({ ...signed, 'x-amz-date': '20200101T000000Z' }),
    ],
    ['signs what is no header', mismatch, owner, withAuthorization((text) => text.replace('host', 'constructor;host'))],
    [
      'signs what every object has',
      mismatch,
      owner,
      withAuthorization((text) => text.replace('host', '__proto__;host')),
    ],
  ])('a call that %s is refused in its own words', async (_which, words, key, change) => {
    expect(await send(key, change)).toEqual(refusal(words));
    expect(reached).toEqual([]);
  });

  it('a call whose body is not the one that was signed is refused', async () => {
    let signed: Record<string, string> = {};
    await signedPost(`${server.url}${path}`, signedFor, headers, body, owner, (all) => {
      signed = { ...all };
      return signed;
    });
    reached = [];
    const answer = await fetch(`${server.url}${path}`, { method: 'POST', headers: signed, body: `${body} ` });
    expect([answer.status, `${await answer.text()} ${answer.headers.get('x-amzn-errortype')}`]).toEqual([
      expect.any(Number),
      expect.stringMatching(/InvalidSignatureException|SignatureDoesNotMatch/),
    ]);
    expect(reached).toEqual([]);
  });
});

describe('a call of SES', () => {
  it('a call of SES that was signed for another service is refused', async () => {
    const server = await createAwsEndpoint({
      port: 0,
      dynamodb: { endpoint: 'http://127.0.0.1:1', noteWrite: () => {}, streamRefusal: () => undefined },
      stepFunctions: { handle: () => Promise.reject(new Error('not asked here')) },
      ses: { handle: () => Promise.reject(new Error('not reached')) },
      s3: { handle: () => Promise.reject(new Error('not asked here')) },
      findKey: (accessKeyId) => keys.get(accessKeyId),
    });
    const url = `${server.url}/v2/email/outbound-emails`;
    const answer = await signedPost(url, 'email', { 'content-type': 'application/json' }, '{}', owner);
    await server.close();
    expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([403, 'InvalidSignatureException']);
  });
});
