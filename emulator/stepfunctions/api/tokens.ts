import * as z from 'zod';
import { tryParseJson, parseJson } from '../json.ts';
import type { Signal } from '../interpreter.ts';
import type { TokenSubject } from '../tokens.ts';
import { operation, type Api } from './api.ts';
import { ApiError } from './error.ts';

const taskToken = z.string().min(1).max(2_048);
const largestOutputBytes = 262_144;

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html */
export const sendTaskSuccess = operation(z.object({ taskToken, output: z.string() }), async (api, input) => {
  if (Buffer.byteLength(input.output) > largestOutputBytes || tryParseJson(input.output) === undefined) {
    throw new ApiError(
      'InvalidOutput',
      `Invalid Output: 'the output is not JSON, or larger than ${largestOutputBytes} bytes'`,
    );
  }
  const outcome = { output: parseJson(input.output) };
  return tell(api, input.taskToken, (of) => ({ kind: 'callback', ...of, outcome }));
});

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskFailure.html */
export const sendTaskFailure = operation(
  z.object({ taskToken, error: z.string().max(256).optional(), cause: z.string().max(32_768).optional() }),
  async (api, { taskToken: token, error, cause }) => {
    const outcome = { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
    return tell(api, token, (of) => ({ kind: 'callback', ...of, outcome }));
  },
);

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskHeartbeat.html */
export const sendTaskHeartbeat = operation(z.object({ taskToken }), async (api, input) =>
  tell(api, input.taskToken, (of) => ({ kind: 'heartbeat', ...of })),
);

/**
 * A token that was never given is invalid; one whose task is over has timed out, whatever ended the task (AWS says so
 * for
 * a token used before, too); one whose execution is not kept names a task that does not exist.
 */
async function tell(
  api: Api,
  token: string,
  signal: (of: { branch: number; scheduled: number }) => Signal,
): Promise<Record<string, never>> {
  const subject: TokenSubject | undefined = api.engine.tokens.read(token);
  if (!subject) throw new ApiError('InvalidToken', "Invalid Token: 'Invalid token'");
  if (!api.store.hasExecution(subject.execution))
    throw new ApiError('TaskDoesNotExist', "Task Does Not Exist: 'Provided task does not exist'");
  const met = await api.engine.signal(
    subject.execution,
    signal({ branch: subject.branch, scheduled: subject.scheduled }),
  );
  if (!met) throw new ApiError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
  return {};
}
