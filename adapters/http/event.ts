import * as z from 'zod';

/** What we read of an API Gateway event (HTTP API, payload format 2.0). */
export const httpEvent = z.object({
  headers: z.record(z.string(), z.string().optional()).default({}),
  pathParameters: z.record(z.string(), z.string()).optional(),
  rawQueryString: z.string().default(''),
  queryStringParameters: z.record(z.string(), z.string()).optional(),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().default(false),
  requestContext: z.object({
    requestId: z.string(),
    routeKey: z.string().optional(),
    http: z.object({ method: z.string(), path: z.string(), sourceIp: z.string() }),
    authorizer: z.object({ jwt: z.object({ claims: z.record(z.string(), z.unknown()) }) }).optional(),
  }),
});
export type HttpEvent = z.infer<typeof httpEvent>;
