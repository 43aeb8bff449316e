/**
 * The payloads with which Lambda tells that a function did not answer.
 * Wording as observed: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html and the runtime's own logs.
 */
export function timedOut(requestId: string, timeoutMs: number): string {
  return failure(
    'Sandbox.Timedout',
    `RequestId: ${requestId} Error: Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`,
  );
}

/** The runtime process ended by itself. */
export function exited(requestId: string, exitCode: number): string {
  const how =
    exitCode === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${exitCode}`;
  return failure('Runtime.ExitError', `RequestId: ${requestId} Error: ${how}`);
}

/** Lambda kills a process that wants more memory than the function has. */
export function outOfMemory(requestId: string): string {
  return failure('Runtime.ExitError', `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`);
}

/** A synchronous answer has at most 6 MB: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const longestAnswerBytes = 6_291_556;

export function answerTooLong(): string {
  return failure(
    'Function.ResponseSizeTooLarge',
    `Response payload size exceeded maximum allowed payload size (${longestAnswerBytes} bytes).`,
  );
}

function failure(errorType: string, errorMessage: string): string {
  return JSON.stringify({ errorType, errorMessage });
}
