import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DynamoDb } from './dynamodb/start-dynamodb.ts';
import type { LambdaInvoker } from './lambda/invoker.ts';
import { startStreamPoller, type StreamPoller } from './streams/start-stream-poller.ts';
import { TemplateProblem } from './template/problem.ts';
import type { Stack } from './template/read-stack.ts';

export interface EventSourcesOptions {
  readonly stack: Stack;
  readonly dynamodb: DynamoDb;
  readonly lambda: LambdaInvoker;
  /** Positions in the streams lie in `<dataDir>/streams/`, what was given up in `<dataDir>/queues/<queue>.jsonl`. */
  readonly dataDir: string;
  readonly log: (line: string) => void;
}

/**
 * Feeds the functions from the streams as the template's event source mappings say.
 * @throws TemplateProblem naming the mapping that cannot run here
 */
export async function startEventSources({ stack, dynamodb, lambda, dataDir, log }: EventSourcesOptions): Promise<StreamPoller> {
  const positions = join(dataDir, 'streams');
  mkdirSync(positions, { recursive: true });
  const send = queueFiles(stack, join(dataDir, 'queues'), log);
  const pollers: StreamPoller[] = [];
  for (const { logicalId, properties: mapping } of stack.ofType('AWS::Lambda::EventSourceMapping')) {
    try {
      pollers.push(await startStreamPoller({ mapping, dynamodb, lambda, checkpointFile: join(positions, `${logicalId}.json`), send, log }));
    } catch (cause) {
      await Promise.all(pollers.map((poller) => poller.close()));
      throw new TemplateProblem(`Cannot run the event source mapping ${logicalId} in ${stack.templateFile}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
  }
  return {
    drained: async () => {
      await Promise.all(pollers.map((poller) => poller.drained()));
    },
    close: async () => {
      await Promise.all(pollers.map((poller) => poller.close()));
    },
  };
}

/** Nobody reads the queue here but a developer: each message is a line of a file, and is told. */
function queueFiles(stack: Stack, directory: string, log: (line: string) => void): (queueArn: string, body: string) => Promise<void> {
  return async (queueArn, body) => {
    const queue = stack.ofType('AWS::SQS::Queue').find(({ attributes }) => attributes['Arn'] === queueArn);
    const file = join(directory, `${queue?.attributes['QueueName'] ?? 'unknown'}.jsonl`);
    mkdirSync(directory, { recursive: true });
    appendFileSync(file, `${body}\n`);
    log(`Records of a stream were given up after all retries; what Lambda tells of them lies in ${file}`);
  };
}
