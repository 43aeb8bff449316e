/** A failure to which the Lambda runtime gives its own name, for example `Runtime.HandlerNotFound`. */
export class RuntimeFailure extends Error {
  readonly errorType: string;

  constructor(errorType: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.errorType = errorType;
  }
}

/** The payload with which the runtime tells of something thrown: JSON text of `{errorType, errorMessage, trace}`. */
export function failurePayload(thrown: unknown): string {
  if (thrown instanceof RuntimeFailure)
    return JSON.stringify({ errorType: thrown.errorType, errorMessage: thrown.message, trace: traceOf(thrown) });
  if (thrown instanceof Error)
    return JSON.stringify({ errorType: thrown.name, errorMessage: thrown.message, trace: traceOf(thrown) });
  return JSON.stringify({ errorType: typeof thrown, errorMessage: String(thrown), trace: [] });
}

function traceOf(error: Error): readonly string[] {
  return error.stack?.split('\n') ?? [];
}
