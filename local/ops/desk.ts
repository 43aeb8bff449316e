import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { deadLetterQueueOf } from '../../adapters/sqs/dead-letters.ts';
import type { Surroundings } from '../../emulator/cloud.ts';
import type { OpsDesk } from '../../emulator/console/ops-desk.ts';
import { opsActs, resumedWords, type OpsActs } from './acts.ts';
import { bookIn } from './connection.ts';

/** The desk of ops on the pages of the local cloud: the findings, the dead letters, and what the commands do. */
export function opsDesk({ awsUrl, region, accessKey, clock }: Surroundings): OpsDesk {
  const options = { endpoint: awsUrl, region, credentials: accessKey };
  const [dynamodb, sqs] = [new DynamoDBClient(options), new SQSClient(options)];
  // Asked for anew each time: an answer that failed in an outage must not be remembered.
  const acts = async (): Promise<OpsActs> =>
    opsActs(DynamoDBDocumentClient.from(dynamodb), await bookIn(dynamodb, {}), () => clock.now());
  const resume = async (dossierId: string): Promise<string> => {
    const resumed = await (await acts()).resume(dossierId);
    return resumed === undefined ? `There is no dossier ${dossierId}.` : `${dossierId}: ${resumedWords[resumed]}.`;
  };
  return {
    findings: async () =>
      (await (await acts()).findings()).map(({ dossierId, since, remedy }) => ({
        subject: dossierId,
        since,
        words: remedy,
      })),
    waiting: async () => {
      const QueueUrl = await deadLetterQueueOf(sqs);
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
      );
      return `${Attributes['ApproximateNumberOfMessages'] ?? 0} dead letters wait in the queue.`;
    },
    acts: [
      {
        name: 'resume',
        label: 'Resume',
        words: 'The next execution of a dossier takes over where the book says, and its pause is lifted.',
        of: 'Dossier',
        act: resume,
      },
      {
        name: 'renew',
        label: 'Renew every execution',
        words:
          'The next execution of every open dossier takes over: after the book was restored, or before they are old.',
        act: async () => `The next execution takes over for ${await (await acts()).resumeEveryOpen()} open dossiers.`,
      },
      {
        name: 'redrive',
        label: 'Redrive the dead letters',
        words: 'Every dossier that a dead letter names is led on from the book, whatever the age of the letter.',
        act: async () => {
          const queue = await deadLetterQueueOf(sqs);
          if (queue === undefined) return 'There is no one queue of dead letters.';
          const { letters, dossiers } = await (await acts()).redrive(sqs, queue);
          return `${letters} letters; ${dossiers} dossiers are led on from the book.`;
        },
      },
    ],
  };
}
