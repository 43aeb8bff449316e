import * as z from 'zod';
import type { InvocationResult } from '../lambda/invoker.ts';
import { parseJson } from '../stepfunctions/json.ts';
import { cannotRun } from '../template/problem.ts';
import type { Stack } from '../template/read-stack.ts';

/** `AWS::Lambda::EventInvokeConfig`; what is not named here stops the start, for it would change what is kept. */
const Properties = z.strictObject({
  FunctionName: z.string(),
  Qualifier: z.string().optional(),
  MaximumRetryAttempts: z.coerce.number().int().min(0).max(2).default(2),
  MaximumEventAgeInSeconds: z.coerce.number().int().min(60).max(21_600).default(21_600),
  DestinationConfig: z
    .strictObject({
      OnSuccess: z.undefined('no destination is told of a success here').optional(),
      OnFailure: z
        .strictObject({ Destination: z.string().regex(/^arn:[^:]+:sqs:/, 'only queues are told') })
        .optional(),
    })
    .default({}),
});

/** How often a function is called again that failed when nobody waited for it, and who is told in the end. */
export type InvokeConfig = z.infer<typeof Properties>;

/** What holds for a function of which the template says nothing. */
export const plainInvocation: Pick<
  InvokeConfig,
  'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds' | 'DestinationConfig'
> = {
  MaximumRetryAttempts: 2,
  MaximumEventAgeInSeconds: 21_600,
  DestinationConfig: {},
};

/**
 * What a stack says of functions that are called asynchronously, by the function's ARN.
 * @throws TemplateProblem naming what cannot be kept here
 */
export function invokeConfigsOf(stack: Stack): ReadonlyMap<string, InvokeConfig> {
  const functions = stack.ofType('AWS::Lambda::Function');
  return new Map(
    stack.ofType('AWS::Lambda::EventInvokeConfig').map((resource) => {
      const read = Properties.safeParse(resource.properties);
      if (!read.success) throw cannotRun(resource, stack.templateFile, read.error);
      const { FunctionName } = read.data;
      const named = functions.find(({ ref, attributes }) => [ref, attributes['Arn']].includes(FunctionName));
      return [named?.attributes['Arn'] ?? FunctionName, read.data];
    }),
  );
}

interface FailedCall {
  readonly arn: string;
  readonly payload: string;
  readonly condition: 'RetriesExhausted' | 'EventAgeExceeded';
  readonly attempts: number;
  readonly answer: InvocationResult;
  readonly instant: number;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
export function failedCall({ arn, payload, condition, attempts, answer, instant }: FailedCall): object {
  return {
    version: '1.0',
    timestamp: new Date(instant).toISOString(),
    requestContext: {
      requestId: answer.requestId,
      functionArn: `${arn}:$LATEST`,
      condition,
      approximateInvokeCount: attempts,
    },
    requestPayload: parseJson(payload),
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: answer.functionError },
    responsePayload: parseJson(answer.payload),
  };
}
