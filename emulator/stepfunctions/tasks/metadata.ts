import { crc32 } from 'node:zlib';
import type { Json, JsonObject } from '../json.ts';

/** An answer of a service, as far as its metadata goes. */
interface Answered {
  readonly requestId: string;
  /** The body as it came. */
  readonly body: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/**
 * What `lambda:invoke` adds to a function's answer.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
 */
export function lambdaMetadata({ requestId, body, at }: Answered): JsonObject {
  return metadata(requestId, {
    'Connection': 'keep-alive',
    'Content-Length': String(Buffer.byteLength(body)),
    'Content-Type': 'application/json',
    'Date': new Date(at).toUTCString(),
    'X-Amz-Executed-Version': '$LATEST',
    'x-amzn-Remapped-Content-Length': '0',
    'x-amzn-RequestId': requestId,
  });
}

/**
 * What the optimised DynamoDB integration adds, header by header as AWS recorded it: `getItem` alone writes its id in
 * small letters.
 */
export function dynamoDbMetadata(action: string, { requestId, body, at }: Answered): JsonObject {
  return metadata(requestId, {
    'Connection': 'keep-alive',
    'Content-Length': String(Buffer.byteLength(body)),
    'Content-Type': 'application/x-amz-json-1.0',
    'Date': new Date(at).toUTCString(),
    'Server': 'Server',
    'x-amz-crc32': String(crc32(body)),
    [action === 'getItem' ? 'x-amzn-requestid' : 'x-amzn-RequestId']: requestId,
  });
}

function metadata(requestId: string, headers: Readonly<Record<string, string>>): JsonObject {
  const lists: Record<string, Json> = {};
  for (const [name, value] of Object.entries(headers)) lists[name] = [value];
  return {
    SdkHttpMetadata: { AllHttpHeaders: lists, HttpHeaders: headers, HttpStatusCode: 200 },
    SdkResponseMetadata: { RequestId: requestId },
  };
}
