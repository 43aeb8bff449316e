import * as z from 'zod';
import type { ExecutionRow } from './store.ts';

/** What EventBridge is told when an execution starts or ends. */
export const StatusChange = z.object({
  'source': z.literal('aws.states'),
  'detail-type': z.literal('Step Functions Execution Status Change'),
  'resources': z.array(z.string()).readonly(),
  'detail': z.record(z.string(), z.unknown()),
});
export type StatusChange = z.infer<typeof StatusChange>;

/** Whoever wants to hear of it. */
export interface StatusListener {
  takes(change: StatusChange): boolean;
  /** Resolves when the change has arrived: until then it is told again after a restart. */
  put(change: StatusChange): Promise<void>;
}

/**
 * The event of an execution as it stands.
 * https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export function statusChangeOf(execution: ExecutionRow): StatusChange {
  const { arn, machineArn, name, status, startedAt, stoppedAt, input, output, error, cause } = execution;
  return {
    'source': 'aws.states',
    'detail-type': 'Step Functions Execution Status Change',
    'resources': [arn],
    'detail': {
      executionArn: arn,
      stateMachineArn: machineArn,
      name,
      status,
      startDate: startedAt,
      stopDate: stoppedAt ?? null,
      input,
      inputDetails: { included: true },
      output: output ?? null,
      outputDetails: output === undefined ? null : { included: true },
      error: error ?? null,
      cause: cause ?? null,
      stateMachineVersionArn: null,
      stateMachineAliasArn: null,
      redriveCount: execution.redriveCount,
      redriveDate: execution.redrivenAt ?? null,
    },
  };
}
