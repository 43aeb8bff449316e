import {
  ExecutionAlreadyExists,
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
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
  return {
    start: async (dossierId, generation, resumeAt, position) => {
      try {
        const input = JSON.stringify({ dossierId, generation, resumeAt, ...position });
        await client.send(
          new StartExecutionCommand({ stateMachineArn, name: executionName(dossierId, generation), input }),
        );
      } catch (error) {
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
      }
    },

    leadOn: async (taskToken, position) =>
      unlessGone(client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(position) }))),

    // The position travels in the cause, which the state's Catch parses.
    leadAside: async (taskToken, to, position) =>
      unlessGone(client.send(new SendTaskFailureCommand({ taskToken, error: to, cause: JSON.stringify(position) }))),
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
