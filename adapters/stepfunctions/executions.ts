import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StopExecutionCommand,
  TaskDoesNotExist,
  SFNClient,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { executionName } from '../../domain/codes/dossier-id.ts';
import type { Executions } from '../../domain/ports/executions.ts';

/** One client for a function's lifetime. */
export function sfnClient(): SFNClient {
  return new SFNClient({});
}

/** The journeys' executions on Step Functions. Their data are ids, numbers and dates: nothing about people. */
export function sfnExecutions(client: SFNClient, stateMachineArn: string): Executions {
  const arnOf = (dossierId: string, generation: number): string =>
    `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${executionName(dossierId, generation)}`;
  return {
    start: async (dossierId, generation, resumeAt, position) => {
      try {
        const input = JSON.stringify({ dossierId, generation, resumeAt, ...position });
        await client.send(
          new StartExecutionCommand({ stateMachineArn, name: executionName(dossierId, generation), input }),
        );
        return 'started';
      } catch (error) {
        if (error instanceof ExecutionAlreadyExists) return 'exists';
        throw error;
      }
    },

    leadOn: async (taskToken, position) =>
      unlessGone(client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(position) }))),

    // The position travels in the cause, which the state's Catch parses.
    leadAside: async (taskToken, to, position) =>
      unlessGone(client.send(new SendTaskFailureCommand({ taskToken, error: to, cause: JSON.stringify(position) }))),

    status: async (dossierId, generation) => {
      try {
        const { status, startDate } = await client.send(
          new DescribeExecutionCommand({ executionArn: arnOf(dossierId, generation) }),
        );
        if (startDate === undefined) throw new Error('Step Functions tells when every execution started');
        return { isRunning: status === 'RUNNING', startedAt: startDate.getTime() };
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return undefined;
        throw error;
      }
    },

    end: async (dossierId, generation, taskToken) => {
      // As if the wait of the next generation had stood in its way: every edition of the definition ends well then.
      const error = 'DynamoDb.ConditionalCheckFailedException';
      if (
        taskToken !== undefined &&
        (await unlessGone(client.send(new SendTaskFailureCommand({ taskToken, error })))) === 'led'
      )
        return;
      try {
        await client.send(
          new StopExecutionCommand({ executionArn: arnOf(dossierId, generation), error: 'Superseded' }),
        );
      } catch (problem) {
        if (!(problem instanceof ExecutionDoesNotExist)) throw problem;
      }
    },
  };
}

/**
 * A token that was used, timed out, or belongs to a stopped execution: whoever held it has moved on, and the book says
 * where the paper is.
 */
async function unlessGone(sent: Promise<unknown>): Promise<'led' | 'gone'> {
  try {
    await sent;
    return 'led';
  } catch (error) {
    if (error instanceof TaskTimedOut || error instanceof TaskDoesNotExist || error instanceof InvalidToken)
      return 'gone';
    throw error;
  }
}
