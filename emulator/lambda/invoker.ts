/** Invokes a local Lambda function as the Lambda service would: payload and answer are JSON text. */
export interface LambdaInvoker {
  /**
   * @param functionName name, or full or partial ARN, with an optional `:qualifier`
   * @param payload JSON text
   * @throws FunctionNotFound when no such function exists
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
