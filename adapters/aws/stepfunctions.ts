import * as z from 'zod';
import { commandOf, refusedAs, Service, type Command, type Settings } from './service.ts';

/** Stands in for `@aws-sdk/client-sfn` in the bundles (ADR 0029). */
export class SFNClient extends Service {
  constructor(settings: Settings = {}) {
    super({ host: 'states', target: 'AWSStepFunctions', variable: 'SFN' }, settings);
  }

  override async send(command: Command): Promise<unknown> {
    return Answer.parse(await super.send(command));
  }
}

/** Times come as seconds. */
const Answer = z.looseObject({
  startDate: z
    .number()
    .transform((seconds) => new Date(seconds * 1000))
    .optional(),
});

export const StartExecutionCommand = commandOf('StartExecution');
export const StopExecutionCommand = commandOf('StopExecution');
export const DescribeExecutionCommand = commandOf('DescribeExecution');
export const SendTaskSuccessCommand = commandOf('SendTaskSuccess');
export const SendTaskFailureCommand = commandOf('SendTaskFailure');

export const ExecutionAlreadyExists = refusedAs('ExecutionAlreadyExists');
export const ExecutionDoesNotExist = refusedAs('ExecutionDoesNotExist');
export const InvalidToken = refusedAs('InvalidToken');
export const TaskDoesNotExist = refusedAs('TaskDoesNotExist');
export const TaskTimedOut = refusedAs('TaskTimedOut');
