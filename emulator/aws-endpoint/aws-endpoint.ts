import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JsonAnswer } from '../dynamodb/aws-json-client.ts';
import type { DynamoDb } from '../dynamodb/start-dynamodb.ts';
import { S3Refusal } from '../s3/refusal.ts';
import type { FindKey } from '../signature/access-keys.ts';
import { BadSignature } from '../signature/signature-v4.ts';
import type { Service } from '../local-server/guard.ts';
import { startLocalServer, type LocalServer } from '../local-server/local-server.ts';
import { dynamoDbProxy, type Account } from './dynamodb-proxy.ts';
import { callerIdentity } from './sts.ts';
import { callerOf, refuseQuerySignature, refuseRestSignature, refuseSignature, signedFor } from './signed-call.ts';
import { jsonFailure, parseBody, readBody, sendJson, type JsonService } from './json-protocol.ts';
import { errorXml, isQueryProtocol, sendXml } from './query-protocol.ts';
import { isForSes, sendRest, sesOperation } from './rest-json.ts';

/** What the endpoint must know of S3. */
export interface HttpHandler extends Service {
  /** Whether a form that is posted there is its own, and no call of an old AWS service. */
  readonly takesForms?: (request: IncomingMessage) => boolean;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** Answers a call that its caller may not make; undefined lets it through. */
export type Gate = (accessKeyId: string, target: string, body: unknown) => JsonAnswer | undefined;

export interface AwsEndpointOptions {
  /** 0 takes any free one. */
  readonly port: number;
  readonly dynamodb: Pick<DynamoDb, 'endpoint' | 'noteWrite' | 'streamRefusal'>;
  /** Whose tables these are; default Singapore, and nobody's account. */
  readonly account?: Account;
  readonly stepFunctions: JsonService;
  readonly s3: HttpHandler;
  /** More services that speak AWS JSON, by the part of X-Amz-Target before the dot, for example `AmazonSQS`. */
  readonly extra?: Readonly<Record<string, JsonService>>;
  /** Of the query protocol. */
  readonly sns?: JsonService;
  /** Its operations have addresses. */
  readonly ses?: JsonService;
  readonly gate?: Gate;
  /** Whose signatures count, with every service. S3 is asked apart. */
  readonly findKey: FindKey;
  /** Told of unexpected errors: an error in here, not a refusal of a service. */
  readonly log?: (line: string) => void;
}

const dynamoDbTargets = ['DynamoDB_20120810', 'DynamoDBStreams_20120810'];

/**
 * The one port on which every AWS service of the local cloud listens: AWS JSON calls go by their X-Amz-Target,
 * forms by the service that they are signed for, SES's by their address; everything else is S3's.
 * @throws the system's error, `code: 'EADDRINUSE'`, when the port is taken
 */
export async function createAwsEndpoint(options: AwsEndpointOptions): Promise<LocalServer> {
  const { account = { region: 'ap-southeast-1', accountId: '000000000000' }, log = () => {} } = options;
  const proxy = dynamoDbProxy(options.dynamodb, account);
  const services: Readonly<Record<string, JsonService>> = { AWSStepFunctions: options.stepFunctions, ...options.extra };
  const known = [...dynamoDbTargets, ...Object.keys(services)];

  const isForOldService = (request: IncomingMessage) =>
    isQueryProtocol(request) && options.s3.takesForms?.(request) !== true;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = request.headers['x-amz-target'];
    if (typeof target === 'string') await answerJson(target, request, response);
    else if (isForOldService(request)) await answerQuery(request, response);
    else if (isForSes(request)) await answerSes(request, response);
    else if (isOfAnotherService(request)) refuseService(request, response);
    else await options.s3.handle(request, response);
  }

  async function answerJson(target: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await readBody(request);
    const [prefix = '', operation = ''] = target.split('.');
    if (!known.includes(prefix)) return sendJson(response, unknownTarget(target, known));
    if (bytes === undefined)
      return sendJson(
        response,
        jsonFailure(413, 'RequestEntityTooLargeException', 'The request is larger than 16 MB.'),
      );
    let caller: string;
    try {
      caller = callerOf(request, bytes, options.findKey);
    } catch (error) {
      if (error instanceof BadSignature) return refuseSignature(response, prefix, error.fault);
      throw error;
    }
    const body = parseBody(bytes);
    if (body === undefined)
      return sendJson(
        response,
        jsonFailure(
          400,
          'com.amazon.coral.service#SerializationException',
          `The body of ${target} is not JSON in UTF-8.`,
        ),
      );
    const refusal =
      options.gate?.(caller, target, body.value) ??
      (prefix === 'DynamoDBStreams_20120810' ? options.dynamodb.streamRefusal(operation, body.value) : undefined);
    if (refusal !== undefined) return sendJson(response, refusal);
    const service = services[prefix];
    if (service === undefined) await proxy.pass(target, bytes, response);
    else sendJson(response, await service.handle(operation, body.value));
  }

  async function answerQuery(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = (await readBody(request)) ?? Buffer.alloc(0);
    let caller: string;
    try {
      caller = callerOf(request, bytes, options.findKey);
    } catch (error) {
      if (error instanceof BadSignature) return refuseQuerySignature(response, error.fault);
      throw error;
    }
    const form = new URLSearchParams(bytes.toString('utf8'));
    const action = (form.get('Action') ?? '').replaceAll(/\W/g, '');
    const service = signedFor(request);
    if (service === 'sts' && action === 'GetCallerIdentity') {
      response.writeHead(200, { 'content-type': 'text/xml' }).end(callerIdentity(account));
      return;
    }
    if (service === 'sns' && options.sns !== undefined) {
      const fields = Object.fromEntries(form);
      const said = options.gate?.(caller, `SNS.${action}`, fields) ?? (await options.sns.handle(action, fields));
      return sendXml(response, { action, namespace: 'http://sns.amazonaws.com/doc/2010-03-31/' }, said);
    }
    const message = `The emulator does not know the action ${action} of ${service ?? 'an unnamed service'}. ${whatIsHere}`;
    response.writeHead(400, { 'content-type': 'text/xml' }).end(errorXml('InvalidAction', message));
  }

  async function answerSes(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await readBody(request, longestEmail);
    if (options.ses === undefined) return refuseService(request, response);
    if (bytes === undefined)
      return sendRest(
        response,
        jsonFailure(413, 'RequestEntityTooLargeException', 'The request is larger than SES takes.'),
      );
    let caller: string;
    try {
      caller = callerOf(request, bytes, options.findKey);
    } catch (error) {
      if (error instanceof BadSignature) return refuseRestSignature(response, error.fault);
      throw error;
    }
    if (signedFor(request) !== 'ses')
      return sendRest(
        response,
        jsonFailure(403, 'InvalidSignatureException', "Credential should be scoped to correct service: 'ses'."),
      );
    const operation = sesOperation(request);
    const body = parseBody(bytes);
    if (body === undefined)
      return sendRest(
        response,
        jsonFailure(400, 'SerializationException', `The body of ${operation} is not JSON in UTF-8.`),
      );
    sendRest(
      response,
      options.gate?.(caller, `SES.${operation}`, body.value) ?? (await options.ses.handle(operation, body.value)),
    );
  }

  function serve(request: IncomingMessage, response: ServerResponse): void {
    answer(request, response).catch((error: unknown) => {
      // The client has gone: nobody is left to be told, and it is no mistake of ours.
      if (response.closed || request.socket.destroyed) return;
      log(`${callName(request)} ended in ${String(error)}`);
      // What of the request is still coming is thrown away, or it would stand in the way of the next.
      request.resume();
      if (response.headersSent) response.destroy();
      else sendUnexpected(request, response);
    });
  }

  function sendUnexpected(request: IncomingMessage, response: ServerResponse): void {
    const words = 'The local cloud met an error of its own; its log has more.';
    if (!isForBuckets(request)) return sendJson(response, jsonFailure(500, 'InternalServerError', words));
    const xml = new S3Refusal(500, 'InternalError', words).toXml('local');
    response.writeHead(500, { 'content-type': 'application/xml' }).end(request.method === 'HEAD' ? '' : xml);
  }

  const isForS3 = (request: IncomingMessage) =>
    request.headers['x-amz-target'] === undefined && !isForOldService(request) && !isForSes(request);
  const isForBuckets = (request: IncomingMessage) => isForS3(request) && options.s3.hasNamesBelow?.(request) === true;
  const server = await startLocalServer({
    port: options.port,
    serve,
    keepAliveMs: 120_000,
    hasNamesBelow: isForBuckets,
    admits: (request, origin) => isForS3(request) && options.s3.admits?.(request, origin) === true,
  });
  return {
    ...server,
    async close() {
      await server.close();
      proxy.close();
    },
  };
}

function unknownTarget(target: string, known: readonly string[]): JsonAnswer {
  return jsonFailure(
    400,
    'com.amazon.coral.service#UnknownOperationException',
    `The local cloud has no service for ${target}. It knows ${known.join(', ')}, and S3.`,
  );
}

const whatIsHere =
  'It has DynamoDB and its streams, S3, SQS (in JSON), Step Functions, SNS to phone numbers, SES in its version 2, and GetCallerIdentity of STS; emulator/README.md lists their operations.';

/** A message of 40 MB is more in JSON. */
const longestEmail = 64 * 1024 * 1024;

/** Lambda, API Gateway and others have addresses of their own, which S3 would take for a bucket's. */
function isOfAnotherService(request: IncomingMessage): boolean {
  const service = signedFor(request);
  return service !== undefined && service !== 's3';
}

function refuseService(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  const message = `The emulator has no service ${(signedFor(request) ?? '').replaceAll(/[^\w-]/g, '')}. ${whatIsHere}`;
  response.setHeader('x-amzn-errortype', 'UnknownOperationException');
  sendJson(response, jsonFailure(501, 'UnknownOperationException', message));
}

/** A call's name for the log: without the query, which may hold a signature. */
function callName(request: IncomingMessage): string {
  const target = request.headers['x-amz-target'];
  return typeof target === 'string' ? target : `${request.method} ${request.url?.split('?')[0]}`;
}
