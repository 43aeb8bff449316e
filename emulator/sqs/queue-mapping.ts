import * as z from 'zod';

const yesOrNo = z.union([z.boolean(), z.stringbool()]);

/**
 * `AWS::Lambda::EventSourceMapping` of a queue with every reference resolved. What is not named here stops the start:
 * it would change what is delivered.
 */
const MappingProperties = z.strictObject({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  /** Above ten AWS wants a window, and waits that long for a batch to fill. */
  BatchSize: z.coerce.number().int().min(1).max(10).default(10),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  ScalingConfig: z
    .strictObject({ MaximumConcurrency: z.coerce.number().int().min(2).max(1000).optional() })
    .default({}),
  Enabled: yesOrNo.default(true),
  Tags: z.unknown().optional(),
});

/** How a function is fed from a queue. */
export interface QueueMapping {
  readonly queueArn: string;
  readonly functionName: string;
  readonly batchSize: number;
  readonly reportsItemFailures: boolean;
  /** So many batches at once. */
  readonly concurrency: number;
  readonly enabled: boolean;
}

/** Lambda begins with five and adds more while messages wait; here there are as many as a function has threads. */
const usualConcurrency = 5;

export function isOfQueue(properties: Readonly<Record<string, unknown>>): boolean {
  return /^arn:[^:]+:sqs:/.test(String(properties['EventSourceArn']));
}

/**
 * Reads a mapping of the template.
 * @throws ZodError for a property that is unknown or wrong
 */
export function readQueueMapping(properties: unknown): QueueMapping {
  const given = MappingProperties.parse(properties);
  return {
    queueArn: given.EventSourceArn,
    functionName: given.FunctionName,
    batchSize: given.BatchSize,
    reportsItemFailures: given.FunctionResponseTypes.length > 0,
    concurrency: given.ScalingConfig.MaximumConcurrency ?? usualConcurrency,
    enabled: given.Enabled,
  };
}
