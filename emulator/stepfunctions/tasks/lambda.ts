import { randomUUID } from 'node:crypto';
import { FunctionNotFound, ServiceException, type InvocationResult, type LambdaInvoker } from '../../lambda/invoker.ts';
import { isObject, tryParseJson, type Json } from '../json.ts';
import type { TaskOutcome } from '../run.ts';
import { lambdaMetadata } from './metadata.ts';

/** A Task whose resource is a function's ARN: payload in, payload out. */
export async function callFunction(lambda: LambdaInvoker, arn: string, payload: Json): Promise<TaskOutcome> {
  return outcomeOf(lambda, arn, payload, (result) => tryParseJson(result.payload) ?? null);
}

/**
 * `lambda:invoke`. `now` in epoch milliseconds.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
 */
export async function invokeFunction(lambda: LambdaInvoker, parameters: Json, now: number): Promise<TaskOutcome> {
  const name = isObject(parameters) ? parameters['FunctionName'] : undefined;
  if (!isObject(parameters) || typeof name !== 'string') {
    return { error: 'Lambda.ValidationException', cause: "The parameter 'FunctionName' must be a string" };
  }
  const qualifier = parameters['Qualifier'];
  const target = typeof qualifier === 'string' ? `${name}:${qualifier}` : name;
  return outcomeOf(lambda, target, parameters['Payload'] ?? {}, (result) => ({
    ExecutedVersion: '$LATEST',
    Payload: tryParseJson(result.payload) ?? null,
    ...lambdaMetadata({ requestId: result.requestId, body: result.payload, at: now }),
    StatusCode: 200,
  }));
}

async function outcomeOf(
  lambda: LambdaInvoker,
  name: string,
  payload: Json,
  output: (result: InvocationResult) => Json,
): Promise<TaskOutcome> {
  try {
    const result = await lambda.invoke(name, JSON.stringify(payload));
    return result.functionError === undefined ? { output: output(result) } : failureOf(result.payload);
  } catch (error) {
    if (error instanceof FunctionNotFound)
      return { error: 'Lambda.ResourceNotFoundException', cause: `Function not found: ${name}` };
    if (error instanceof ServiceException)
      return {
        error: 'Lambda.ServiceException',
        cause: `${error.message} (Service: Lambda, Status Code: 500, Request ID: ${randomUUID()})`,
      };
    const cause = error instanceof Error ? error.message : String(error);
    return { error: 'Lambda.SdkClientException', cause };
  }
}

/** A function's error is named by its type, and its cause is the payload as it is. */
function failureOf(payload: string): TaskOutcome {
  const told = tryParseJson(payload);
  const type = isObject(told) ? told['errorType'] : undefined;
  return { error: typeof type === 'string' && type !== '' ? type : 'Lambda.Unknown', cause: payload };
}
