/**
 * `npm run resume`: the next generation of a dossier's execution takes over where the book says, whatever became of the
 * one before: paused, stuck, too old, or lost with a table that was restored.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { BadFlag, readFlags } from '../../emulator/command-line.ts';
import { opsActs, resumedWords } from './acts.ts';
import { bookIn, clientOptions, clockOf, reached, runCommand, systemFlags, systemHelp } from './connection.ts';

const help = `npm run resume -- DOSSIER…       has the next execution of these dossiers take over, and lifts their pause
npm run resume -- --every-open   of every open dossier, after the book was restored
${systemHelp('npm run resume -- DOSSIER')}`;

await runCommand(async () => {
  const { values, positionals } = readFlags({
    allowPositionals: true,
    options: { ...systemFlags, 'every-open': { type: 'boolean', default: false } },
  });
  const every = values['every-open'];
  if (values.help || every === positionals.length > 0) return help;
  const client = new DynamoDBClient(clientOptions(values));
  try {
    const acts = opsActs(DynamoDBDocumentClient.from(client), await bookIn(client, values), await clockOf(values));
    if (every) return `The next execution takes over for ${await acts.resumeEveryOpen()} open dossiers.\n`;
    const lines: string[] = [];
    for (const dossierId of positionals) {
      const resumed = await reached(acts.resume(dossierId));
      if (resumed === undefined) throw new BadFlag(`There is no dossier ${dossierId}.`);
      lines.push(`${dossierId}: ${resumedWords[resumed]}.\n`);
    }
    return lines.join('');
  } finally {
    client.destroy();
  }
});
