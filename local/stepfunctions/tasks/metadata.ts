import type { JsonObject } from '../json.ts';

/** What the optimised integrations add to a service's answer. */
export function sdkMetadata(requestId: string, headers: Readonly<Record<string, string>>): JsonObject {
  const all = { Connection: 'keep-alive', ...headers, 'x-amzn-RequestId': requestId };
  const lists = Object.fromEntries(Object.entries(all).map(([name, value]) => [name, [value]]));
  return {
    SdkHttpMetadata: { AllHttpHeaders: lists, HttpHeaders: all, HttpStatusCode: 200 },
    SdkResponseMetadata: { RequestId: requestId },
  };
}
