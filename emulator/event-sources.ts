import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from './clock/clock.ts';
import { withFile } from './data-directory/file-problem.ts';
import type { DynamoDb } from './dynamodb/start-dynamodb.ts';
import type { Faults } from './faults.ts';
import type { LambdaInvoker } from './lambda/invoker.ts';
import type { SendToDestination } from './streams/delivery.ts';
import { isOfQueue } from './sqs/queue-mapping.ts';
import { startQueuePoller, type QueuePoller } from './sqs/start-queue-poller.ts';
import type { Queues } from './sqs/start-queues.ts';
import { startStreamPoller } from './streams/start-stream-poller.ts';
import { cannotRun } from './template/problem.ts';
import type { Stack } from './template/read-stack.ts';

export interface EventSourcesOptions {
  readonly stack: Stack;
  readonly dynamodb: DynamoDb;
  readonly lambda: LambdaInvoker;
  readonly queues: Pick<Queues, 'source'>;
  /** Positions in the streams lie in `<dataDir>/streams/`. */
  readonly dataDir: string;
  /** Puts word of what was given up into a queue. */
  readonly send: SendToDestination;
  readonly clock: Pick<Clock, 'now'>;
  readonly faults: Pick<Faults, 'any' | 'isAway' | 'onChange'>;
  readonly log: (line: string) => void;
}

/**
 * Feeds the functions from streams and queues as the template's event source mappings say.
 * @throws TemplateProblem naming the mapping that cannot run here
 */
export async function startEventSources({
  stack,
  dynamodb,
  lambda,
  queues,
  dataDir,
  send,
  clock,
  faults,
  log,
}: EventSourcesOptions): Promise<QueuePoller> {
  const positions = join(dataDir, 'streams');
  withFile(positions, () => mkdirSync(positions, { recursive: true }));
  const pollers: QueuePoller[] = [];
  let closed: Promise<void> | undefined;
  const endAll = async () => {
    await Promise.all(pollers.map((poller) => poller.close()));
  };
  for (const resource of stack.ofType('AWS::Lambda::EventSourceMapping')) {
    try {
      if (isOfQueue(resource.properties)) {
        pollers.push(startQueuePoller({ mapping: resource.properties, queues, lambda, log }));
        continue;
      }
      pollers.push(
        await startStreamPoller({
          mapping: resource.properties,
          dynamodb,
          lambda,
          checkpointFile: join(positions, `${resource.logicalId}.json`),
          send,
          clock,
          faults,
          log,
        }),
      );
    } catch (cause) {
      await endAll();
      throw cannotRun(resource, stack.templateFile, cause);
    }
  }
  return {
    drained: async () => {
      await Promise.all(pollers.map((poller) => poller.drained()));
    },
    close: () => (closed ??= endAll()),
  };
}
