/** `npm run redrive`: empties the dead-letter queue, and has every dossier in it led on from the book. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { deadLetterQueueOf } from '../../adapters/sqs/dead-letters.ts';
import { BadFlag, readFlags } from '../../emulator/command-line.ts';
import { opsActs } from './acts.ts';
import { bookIn, clientOptions, clockOf, reached, runCommand, systemFlags, systemHelp } from './connection.ts';

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
    const acts = opsActs(DynamoDBDocumentClient.from(dynamodb), await bookIn(dynamodb, values), await clockOf(values));
    const queue = values.queue ?? (await reached(deadLetterQueueOf(sqs)));
    if (queue === undefined) throw new BadFlag('Name the queue with --queue: there is none, or several.');
    const { letters, dossiers } = await reached(acts.redrive(sqs, queue));
    return `${letters} letters; ${dossiers} dossiers are led on from the book.\n`;
  } finally {
    dynamodb.destroy();
    sqs.destroy();
  }
});
