import type { Operation } from './api.ts';
import {
  describeExecution,
  describeStateMachineForExecution,
  listExecutions,
  redriveExecution,
  startExecution,
  stopExecution,
} from './executions.ts';
import { getExecutionHistory } from './history.ts';
import {
  createStateMachine,
  deleteStateMachine,
  describeStateMachine,
  listStateMachines,
  updateStateMachine,
} from './machines.ts';
import { sendTaskFailure, sendTaskHeartbeat, sendTaskSuccess } from './tokens.ts';

/** Every call that this Step Functions knows, by its name on the wire. */
export const operations: ReadonlyMap<string, Operation> = new Map([
  ['CreateStateMachine', createStateMachine],
  ['UpdateStateMachine', updateStateMachine],
  ['DeleteStateMachine', deleteStateMachine],
  ['DescribeStateMachine', describeStateMachine],
  ['ListStateMachines', listStateMachines],
  ['StartExecution', startExecution],
  ['StopExecution', stopExecution],
  ['RedriveExecution', redriveExecution],
  ['DescribeExecution', describeExecution],
  ['ListExecutions', listExecutions],
  ['DescribeStateMachineForExecution', describeStateMachineForExecution],
  ['GetExecutionHistory', getExecutionHistory],
  ['SendTaskSuccess', sendTaskSuccess],
  ['SendTaskFailure', sendTaskFailure],
  ['SendTaskHeartbeat', sendTaskHeartbeat],
]);
