import * as z from 'zod';
import { lifeMs } from '../dynamodb/stream-records.ts';
import { readPattern, type Matches } from './event-pattern.ts';

const yesOrNo = z.union([z.boolean(), z.stringbool()]);

/**
 * `AWS::Lambda::EventSourceMapping` with every reference resolved. What is not named here stops the start: it would
 * change what is delivered.
 */
const MappingProperties = z.strictObject({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']),
  BatchSize: z.coerce.number().int().min(1).max(10_000).default(100),
  MaximumBatchingWindowInSeconds: z.coerce.number().min(0).max(300).default(0),
  FilterCriteria: z
    .object({ Filters: z.array(z.object({ Pattern: z.string() })).default([]) })
    .default({ Filters: [] }),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  BisectBatchOnFunctionError: yesOrNo.default(false),
  /** -1: for ever. */
  MaximumRetryAttempts: z.coerce.number().int().min(-1).max(10_000).default(-1),
  /** -1: as long as the stream keeps it. */
  MaximumRecordAgeInSeconds: z.coerce
    .number()
    .int()
    .max(604_800)
    .refine((seconds) => seconds === -1 || seconds >= 60, 'it is -1, or a minute at least')
    .default(-1),
  DestinationConfig: z
    .strictObject({
      OnFailure: z
        .strictObject({ Destination: z.string().regex(/^arn:[^:]+:sqs:/, 'only queues are told') })
        .optional(),
    })
    .optional(),
  Enabled: yesOrNo.default(true),
  /** On AWS, batches in flight per shard; the order within one item holds either way, and here there is one. */
  ParallelizationFactor: z.coerce.number().optional(),
  Tags: z.unknown().optional(),
});

/** How a function is fed from a stream. */
export interface Mapping {
  readonly streamArn: string;
  readonly tableName: string;
  readonly region: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  readonly batchSize: number;
  readonly windowMs: number;
  readonly matches: Matches;
  readonly reportsItemFailures: boolean;
  readonly bisects: boolean;
  readonly retries: number;
  readonly maximumAgeMs: number;
  readonly destination: string | undefined;
  readonly enabled: boolean;
}

/**
 * Reads a mapping of the template.
 * @throws ZodError for a property that is unknown or wrong, UnknownPattern for a filter that is
 */
export function readMapping(properties: unknown): Mapping {
  const given = MappingProperties.parse(properties);
  const parts = /^arn:[^:]+:dynamodb:([^:]+):([^:]*):table\/([^/]+)\/stream\//.exec(given.EventSourceArn);
  if (parts === null)
    throw new Error(`The local cloud feeds functions from DynamoDB streams only, and ${given.EventSourceArn} is none`);
  const [, region = '', account = '', tableName = ''] = parts;
  const { FunctionName } = given;
  const filters = given.FilterCriteria.Filters.map(({ Pattern }) => readPattern(Pattern));
  return {
    streamArn: given.EventSourceArn,
    tableName,
    region,
    functionName: FunctionName,
    functionArn: FunctionName.startsWith('arn:')
      ? FunctionName
      : `arn:aws:lambda:${region}:${account}:function:${FunctionName}`,
    startingPosition: given.StartingPosition,
    batchSize: given.BatchSize,
    windowMs: given.MaximumBatchingWindowInSeconds * 1000,
    matches: (event) => filters.length === 0 || filters.some((filter) => filter(event)),
    reportsItemFailures: given.FunctionResponseTypes.length > 0,
    bisects: given.BisectBatchOnFunctionError,
    retries: given.MaximumRetryAttempts === -1 ? Number.POSITIVE_INFINITY : given.MaximumRetryAttempts,
    maximumAgeMs:
      given.MaximumRecordAgeInSeconds === -1 ? lifeMs : Math.min(lifeMs, given.MaximumRecordAgeInSeconds * 1000),
    destination: given.DestinationConfig?.OnFailure?.Destination,
    enabled: given.Enabled,
  };
}
