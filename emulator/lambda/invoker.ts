/** Invokes a local Lambda function as the Lambda service would: payload and answer are JSON text. */
export interface LambdaInvoker {
  /**
   * @param functionName name, or full or partial ARN, with an optional `:qualifier`
   * @param payload JSON text
   * @throws FunctionNotFound when no such function exists, ServiceException when the service cannot run it now
   */
  invoke(functionName: string, payload: string): Promise<InvocationResult>;
}
export interface InvocationResult {
  /** Set when the handler threw, timed out or ended: the payload is then `{errorType, errorMessage, trace}`. */
  readonly functionError?: 'Unhandled' | 'Handled';
  readonly payload: string;
  readonly requestId: string;
}
export class FunctionNotFound extends Error {
  override readonly name = 'FunctionNotFound';
}
/** The call did not reach the function; https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors */
export class ServiceException extends Error {
  override readonly name = 'ServiceException';

  constructor() {
    super('The AWS Lambda service encountered an internal error.');
  }
}
