import * as z from 'zod';
import {
  createDocument,
  type CreateDocumentOptions,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
} from 'zod-openapi';
import { answerHeaders, type AnswerHeader } from '../contract/answer-headers.ts';
import { detailsOf, feedType } from '../contract/feed-event.ts';
import { requestHeaders } from '../contract/headers.ts';
import { borderFaultsOf, type Operation } from '../contract/operation.ts';
import { operations } from '../contract/operations.ts';
import { Problem, type ProblemCode } from '../contract/problem.ts';
import { problemWords } from '../contract/problem-words.ts';
import { scopeOf } from '../contract/roles.ts';
import { eventFacts, eventTypes, type EventType } from '../domain/journey/events.ts';
import { roles } from '../domain/roles.ts';

const scopes = Object.fromEntries(roles.map((role) => [scopeOf(role), `Speaks as ${role}`]));
const authorizationUrl = 'https://dossier-post.example/oauth2/authorize';
const tokenUrl = 'https://dossier-post.example/oauth2/token';

/** The HTTP API as an OpenAPI 3.1 document, read off the contract. */
export function openApiDocument(): ReturnType<typeof createDocument> {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const operation of operations)
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: operationObject(operation) };
  return createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'dossier-post',
        version: '1.0.0',
        description:
          'Carries administrative dossiers by post in Vietnam. Times are ISO 8601 with an offset, money is whole đồng, text is NFC. Vận chuyển hồ sơ hành chính qua bưu chính.',
        contact: { name: 'The operators of dossier-post', url: 'https://dossier-post.example' },
        license: { name: 'All rights reserved', url: 'https://dossier-post.example/licence' },
      },
      servers: [
        { url: 'https://{host}', variables: { host: { default: 'dossier-post.example' } }, description: 'As deployed' },
      ],
      tags: [
        { name: 'Dossiers', description: 'Open, read and lead dossiers · Hồ sơ' },
        { name: 'Scans', description: 'Pictures of papers · Bản quét' },
        { name: 'Feeds', description: 'What has arrived, fetched or sent · Nhận sự kiện' },
        { name: 'Open', description: 'For everybody, without a token · Tra cứu công khai' },
        { name: 'Catalogue', description: 'What is published, for everybody · Danh mục công khai' },
      ],
      webhooks: Object.fromEntries(eventTypes.map((type) => [type, { post: webhookOf(type) }])),
      paths: paths satisfies ZodOpenApiPathsObject,
      components: {
        schemas: { Problem },
        securitySchemes: {
          staff: {
            type: 'oauth2',
            description: 'People sign in; their unit travels as a group such as `clerk:PO-BACKAN`.',
            flows: {
              authorizationCode: { authorizationUrl, tokenUrl, scopes },
              clientCredentials: { tokenUrl, scopes: { [scopeOf('portal')]: 'Speaks as portal' } },
            },
          },
        },
      },
    },
    { override: plainly },
  );
}

/** A format says what a pattern of hundreds of letters would say again, which generators of clients choke on. */
const plainly: NonNullable<CreateDocumentOptions['override']> = ({ jsonSchema }) => {
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
};

/** Every read takes it; what is answered then is 304 without a body. */
const IfNoneMatch = z
  .string()
  .optional()
  .meta({
    description:
      'The ETag of what the caller has already: answered with 304 and nothing else, if it is still the same.',
    examples: ['"5-7Qm2xK9c1vB8n3H6j5L0g2"'],
  });

function operationObject(operation: Operation): ZodOpenApiOperationObject {
  const { name, doors, summary, request, statuses } = operation;
  const { path: inPath, query, body } = request.shape;
  return {
    operationId: name.replaceAll(/-(\w)/g, (_whole, letter: string) => letter.toUpperCase()),
    summary: `${summary.en} · ${summary.vi}`,
    description:
      doors === 'open'
        ? 'Needs no token.'
        : `Needs a token of ${doors.join(', ')}. Cần mã truy cập của vai trò tương ứng.`,
    tags: [tagOf(operation)],
    security: doors === 'open' ? [] : doors.map((role) => ({ staff: [scopeOf(role)] })),
    requestParams: {
      ...(inPath instanceof z.ZodObject ? { path: inPath } : {}),
      ...(query instanceof z.ZodObject ? { query } : {}),
      header: z.object({
        ...Object.fromEntries(
          requestHeaders.flatMap(([part, header]) => {
            const schema: unknown = request.shape[part];
            return schema instanceof z.ZodType ? [[header, schema]] : [];
          }),
        ),
        ...(operation.method === 'GET' ? { 'If-None-Match': IfNoneMatch } : {}),
      }),
    },
    ...(body instanceof z.ZodType
      ? {
          requestBody: {
            required: true,
            content: {
              'application/json': { schema: body },
              ...(operation.takesForms === true ? { 'application/x-www-form-urlencoded': { schema: body } } : {}),
            },
          },
        }
      : {}),
    responses: {
      ...Object.fromEntries(statuses.map((status) => [String(status), answered(operation, status)])),
      ...(operation.method === 'GET'
        ? {
            304: {
              description: 'The caller has it already (If-None-Match) · Không có gì thay đổi',
              headers: sending('ETag'),
            },
          }
        : {}),
      ...together(problemResponses(operation), gatewayResponses(operation)),
    },
  };
}

/** The headers of a call, after Standard Webhooks. */
const CallHeaders = z.object({
  'webhook-id': z.string().meta({ description: 'The event’s `id`: whoever knows it has had it.' }),
  'webhook-timestamp': z.string().meta({ description: 'When this try was made, seconds since 1970.' }),
  'webhook-signature': z.string().meta({ description: '`v1,` and an HMAC; two of them after a rotation.' }),
});

/** What a subscriber’s receiver is called with when an event of this type has arrived. */
function webhookOf(type: EventType): ZodOpenApiOperationObject {
  const { vi, en } = eventFacts[type];
  const event = { properties: { type: { const: type }, details: { propertyNames: { enum: [...detailsOf(type)] } } } };
  return {
    operationId: `on${type}`,
    summary: `${en} · ${vi}`,
    description: 'Sent to the address of a subscription, signed after Standard Webhooks (docs/api/feeds.md).',
    tags: ['Feeds'],
    security: [],
    requestParams: { header: CallHeaders },
    requestBody: {
      required: true,
      content: {
        'application/cloudevents+json': {
          schema: {
            allOf: [
              { $ref: '#/components/schemas/FeedEvent' },
              { properties: { type: { const: feedType(type) }, data: { properties: { event } } } },
            ],
          },
        },
      },
    },
    responses: {
      '2XX': { description: 'Taken · Đã nhận' },
      '410': { description: 'The receiver is gone: its webhook is paused · Ngừng nhận' },
    },
  };
}

function tagOf({ doors, path, answeredBy }: Operation): string {
  if (answeredBy === 'read-catalogue') return 'Catalogue';
  if (doors === 'open') return 'Open';
  if (path.includes('/subscriptions')) return 'Feeds';
  return path.includes('/scans') ? 'Scans' : 'Dossiers';
}

function answered(
  { method, answer, answersWith, alsoAs = [], sends = [] }: Operation,
  status: number,
): ZodOpenApiResponseObject {
  const description =
    status === 201 ? 'Done · Đã ghi nhận' : 'Answered; for what was sent before, as the first time · Trả lời';
  return {
    description,
    ...(method === 'GET' ? { headers: sending('ETag', ...sends) } : {}),
    content: {
      [answersWith ?? 'application/json']: { schema: answer },
      ...Object.fromEntries(alsoAs.map((type) => [type, { schema: z.string() }])),
    },
  };
}

function sending(...names: readonly AnswerHeader[]): z.ZodObject {
  return z.object(
    Object.fromEntries(names.map((name) => [name, z.string().meta({ description: answerHeaders[name] })])),
  );
}

const GatewayAnswer = z
  .object({ message: z.string() })
  .meta({ id: 'GatewayAnswer', description: 'What the gateway says before any function is asked.' });

type ByStatus = Readonly<Record<string, ZodOpenApiResponseObject>>;

/** Where a function and the gateway answer with the same status, each in its own shape. */
function together(ours: ByStatus, gateways: ByStatus): ZodOpenApiOperationObject['responses'] {
  const both = Object.entries(gateways).map(([status, its]): [string, ZodOpenApiResponseObject] => {
    const own = ours[status];
    const description = [own?.description, its.description].filter((words) => words !== undefined).join('\n\n');
    return [status, { ...own, description, content: { ...own?.content, ...its.content } }];
  });
  return { ...ours, ...Object.fromEntries(both) };
}

/** What the gateway answers by itself. */
function gatewayResponses({ doors }: Operation): ByStatus {
  const said = { content: { 'application/json': { schema: GatewayAnswer } } };
  return {
    ...(doors === 'open'
      ? {}
      : { 401: { description: 'No token, or one that is not valid · Thiếu hoặc sai mã truy cập', ...said } }),
    429: { description: 'Too many requests: wait, then try again · Quá nhiều yêu cầu, hãy thử lại sau', ...said },
    503: { description: 'Try again in a moment · Hãy thử lại sau giây lát', ...said },
  };
}

const RetryAfter = z.object({ 'Retry-After': z.string().meta({ description: 'Seconds.', examples: ['40'] }) });

/** One response for each status that the operation's refusals have, naming their codes. */
function problemResponses(operation: Operation): ByStatus {
  const codes: readonly ProblemCode[] = [...borderFaultsOf(operation), ...operation.refusals];
  const byStatus = Map.groupBy(codes, (code) => problemWords[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, those]) => [
      String(status),
      {
        description: those
          .map((code) => {
            const { detail, detailVi } = problemWords[code];
            return `**${code}**: ${detail} · ${detailVi}`;
          })
          .join('\n\n'),
        content: { 'application/problem+json': { schema: Problem } },
        ...(status === 429 ? { headers: RetryAfter } : {}),
      },
    ]),
  );
}
