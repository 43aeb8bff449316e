import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FindKey } from '../signature/access-keys.ts';
import { verifyHeader, type SignatureFault } from '../signature/signature-v4.ts';
import { jsonFailure, sendJson } from './json-protocol.ts';
import { errorXml } from './query-protocol.ts';
import { sendRest } from './rest-json.ts';

/**
 * Who signed a call of a service other than S3.
 * @param body whole, as it is signed
 * @returns the access key's id
 * @throws BadSignature
 */
export function callerOf(request: IncomingMessage, body: Buffer, findKey: FindKey): string {
  const [path = '/', query] = (request.url ?? '/').split('?');
  const { method = '', headers } = request;
  const payload = createHash('sha256').update(body).digest('hex');
  return verifyHeader({ method, path, query: new URLSearchParams(query), headers }, payload, findKey);
}

/** The service that a call was signed for, in the scope of its credential; undefined for one without a signature. */
export function signedFor({ headers: { authorization = '' }, url = '' }: IncomingMessage): string | undefined {
  const scope =
    /Credential=([^,\s]+)/.exec(authorization)?.[1] ?? new URLSearchParams(url.split('?')[1]).get('X-Amz-Credential');
  return scope?.split('/')[3];
}

interface Words {
  /** Of AWS JSON. */
  readonly type: string;
  /** Of the query protocol, and of services that once spoke it. */
  readonly code: string;
  readonly message: string;
}

const unknownKey = {
  type: 'UnrecognizedClientException',
  code: 'InvalidClientTokenId',
  message: 'The security token included in the request is invalid.',
};
/** As the services answer; https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html lists the codes. */
const words: Readonly<Record<SignatureFault, Words>> = {
  'missing': {
    type: 'MissingAuthenticationTokenException',
    code: 'MissingAuthenticationToken',
    message: 'Request is missing Authentication Token',
  },
  'malformed': {
    type: 'IncompleteSignatureException',
    code: 'IncompleteSignature',
    message:
      "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter.",
  },
  'unknown-key': unknownKey,
  'wrong-token': unknownKey,
  'mismatch': {
    type: 'InvalidSignatureException',
    code: 'SignatureDoesNotMatch',
    message:
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  },
};

/** Refuses a call of AWS JSON in the words of its service. SQS, which once spoke the query protocol, says it twice. */
export function refuseSignature(response: ServerResponse, service: string, fault: SignatureFault): void {
  const { type, code, message } = words[fault];
  const wasQuery = service === 'AmazonSQS';
  if (wasQuery) response.setHeader('x-amzn-query-error', `${code};Sender`);
  sendJson(response, jsonFailure(wasQuery ? 403 : 400, `com.amazon.coral.service#${type}`, message));
}

/** Refuses a call of the query protocol. */
export function refuseQuerySignature(response: ServerResponse, fault: SignatureFault): void {
  const { code, message } = words[fault];
  response.writeHead(fault === 'malformed' ? 400 : 403, { 'content-type': 'text/xml' }).end(errorXml(code, message));
}

/** Refuses a call of a service whose operations have addresses. */
export function refuseRestSignature(response: ServerResponse, fault: SignatureFault): void {
  const { type, message } = words[fault];
  sendRest(response, jsonFailure(403, type, message));
}
