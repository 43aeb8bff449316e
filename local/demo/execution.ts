import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  paginateGetExecutionHistory,
  SFNClient,
  type ExecutionStatus,
  type HistoryEvent,
} from '@aws-sdk/client-sfn';
import type { Cloud } from '../../emulator/cloud.ts';
import { executionName } from '../../domain/codes/dossier-id.ts';

/** What Step Functions tells of one dossier's execution. */
export interface ExecutionSummary {
  readonly arn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  /** Every state entered, in order. */
  readonly states: readonly string[];
  readonly retries: number;
  /** AWS counts a transition each time a step is executed, and one for each retry. */
  readonly billedTransitions: number;
}

/** A client for the local cloud's AWS port, with the keys of the machine's owner. */
export function stepFunctionsAt({ awsUrl, accessKey }: Pick<Cloud, 'awsUrl' | 'accessKey'>): SFNClient {
  return new SFNClient({ endpoint: awsUrl, region: 'ap-southeast-1', credentials: accessKey });
}

/**
 * Reads the execution of a generation of a dossier as any outsider would: list, describe, history.
 * @throws when no execution follows the dossier
 */
export async function executionOf(client: SFNClient, dossierId: string, generation = 1): Promise<ExecutionSummary> {
  const name = executionName(dossierId, generation);
  const executionArn = await arnOf(client, name);
  const { status } = await client.send(new DescribeExecutionCommand({ executionArn }));
  if (status === undefined) throw new Error(`execution ${name} has no status`);
  return { arn: executionArn, name, status, ...countHistory(await historyOf(client, executionArn)) };
}

/** Every event of an execution's history, in order. */
export async function historyOf(client: SFNClient, executionArn: string): Promise<readonly HistoryEvent[]> {
  const pages = await Array.fromAsync(paginateGetExecutionHistory({ client }, { executionArn }));
  return pages.flatMap((page) => page.events ?? []);
}

/** The states entered and what AWS would bill for them. */
function countHistory(
  history: readonly HistoryEvent[],
): Pick<ExecutionSummary, 'states' | 'retries' | 'billedTransitions'> {
  const states = history.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []);
  const count = (type: HistoryEvent['type']): number => history.filter((event) => event.type === type).length;
  // A task is scheduled once when its state is entered; every further time is a retry.
  const retries = count('TaskScheduled') - count('TaskStateEntered');
  return { states, retries, billedTransitions: states.length + retries };
}

async function arnOf(client: SFNClient, name: string): Promise<string> {
  const { stateMachines } = await client.send(new ListStateMachinesCommand({}));
  for (const { stateMachineArn } of stateMachines ?? []) {
    const { executions } = await client.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 1000 }));
    const found = executions?.find((execution) => execution.name === name);
    if (found?.executionArn !== undefined) return found.executionArn;
  }
  throw new Error(`no execution follows the dossier: ${name} is not in the list`);
}
