/**
 * `npm run resume`: the next generation of a dossier's execution takes over where the book says, whatever became of the
 * one before: paused, stuck, too old, or lost with a table that was restored.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoDue } from '../../adapters/dynamodb/due.ts';
import { replaceExecution } from '../../domain/execution/replace-execution.ts';
import { BadFlag, readFlags } from '../../emulator/command-line.ts';
import { bookIn, clientOptions, farAway, reached, runCommand, systemFlags, systemHelp } from './connection.ts';

const help = `npm run resume -- DOSSIER…       has the next execution of these dossiers take over, and lifts their pause
npm run resume -- --every-open   of every open dossier, after the book was restored
${systemHelp('npm run resume -- DOSSIER')}`;

const words = {
  raised: 'the next execution takes over',
  over: 'its journey is over: no execution is needed',
  left: 'somebody else has just replaced its execution',
  paused: 'its execution is paused',
} as const;

await runCommand(async () => {
  const { values, positionals } = readFlags({
    allowPositionals: true,
    options: { ...systemFlags, 'every-open': { type: 'boolean', default: false } },
  });
  const every = values['every-open'];
  if (values.help || every === positionals.length > 0) return help;
  const client = new DynamoDBClient(clientOptions(values));
  try {
    const book = dynamoDue(DynamoDBDocumentClient.from(client), await bookIn(client, values));
    const resume = async (dossierId: string): Promise<string> => {
      if ((await reached(book.head(dossierId))) === undefined) throw new BadFlag(`There is no dossier ${dossierId}.`);
      const line = await book.executionLine(dossierId);
      return words[await replaceExecution(book, dossierId, line, 'asked', Date.now())];
    };
    if (!every) {
      const lines: string[] = [];
      for (const dossierId of positionals) lines.push(`${dossierId}: ${await resume(dossierId)}.\n`);
      return lines.join('');
    }
    let raised = 0;
    for await (const { dossierId, kind } of book.dueBefore(farAway))
      if (kind === 'clock' && (await resume(dossierId)) === words.raised) raised += 1;
    return `The next execution takes over for ${raised} open dossiers.\n`;
  } finally {
    client.destroy();
  }
});
