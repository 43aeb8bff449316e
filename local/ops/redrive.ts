/** `npm run redrive`: empties the dead-letter queue, and has every dossier in it led on from the book. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { dynamoDue } from '../../adapters/dynamodb/due.ts';
import { deadLetterQueueOf, emptyQueue } from '../../adapters/sqs/dead-letters.ts';
import { BadFlag, readFlags } from '../../emulator/command-line.ts';
import { bookIn, clientOptions, farAway, reached, runCommand, systemFlags, systemHelp } from './connection.ts';

const help = `npm run redrive                 empties the dead-letter queue of the local system
npm run redrive -- --queue URL  empties this queue (output DeadLetterQueueUrl), where several are called DeadLetters
${systemHelp('npm run redrive --')}
Whatever a letter's age: it names the dossier, and the book says what to do. Batches of the stream name nobody; where there
is one, every open dossier is looked after. What still cannot be handled comes back to the queue.
`;

await runCommand(async () => {
  const { values } = readFlags({ options: { ...systemFlags, queue: { type: 'string' } } });
  if (values.help) return help;
  const options = clientOptions(values);
  const [dynamodb, sqs] = [new DynamoDBClient(options), new SQSClient(options)];
  try {
    const book = dynamoDue(DynamoDBDocumentClient.from(dynamodb), await bookIn(dynamodb, values));
    const queue = values.queue ?? (await reached(deadLetterQueueOf(sqs)));
    if (queue === undefined) throw new BadFlag('Name the queue with --queue: there is none, or several.');
    const looked = new Set<string>();
    const lookAfter = async (dossierId: string): Promise<void> => {
      if (!looked.has(dossierId)) await book.nudge(dossierId, Date.now());
      looked.add(dossierId);
    };
    const lookAfterAll = async (): Promise<void> => {
      for await (const { dossierId } of book.dueBefore(farAway)) await lookAfter(dossierId);
    };
    const letters = await reached(
      emptyQueue(sqs, queue, async (letter) => {
        if (letter === 'records') await lookAfterAll();
        else if (letter !== 'nothing') await lookAfter(letter.dossierId);
      }),
    );
    return `${letters} letters; ${looked.size} dossiers are led on from the book.\n`;
  } finally {
    dynamodb.destroy();
    sqs.destroy();
  }
});
