import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { OneStop } from '../../domain/ports/one-stop.ts';

/**
 * The queue from which the province's integration platform takes the updates for its one-stop systems, at least once
 * and in no order: `version` tells which is older.
 */
export function statusQueue(client: SQSClient, queueUrl: string): OneStop {
  return {
    tell: async ({ at, ...update }) => {
      const message = { format: 'dossier-post/status/1', ...update, at: new Date(at).toISOString() };
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) }));
    },
  };
}
