/** `npm run findings`: what stands on the desk of ops, and what mends each. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { readFlags } from '../../emulator/command-line.ts';
import { opsActs } from './acts.ts';
import { bookIn, clientOptions, reached, runCommand, systemFlags, systemHelp } from './connection.ts';

const help = `npm run findings                 what does not heal by itself, the oldest first
${systemHelp('npm run findings --')}`;

await runCommand(async () => {
  const { values } = readFlags({ options: systemFlags });
  if (values.help) return help;
  const client = new DynamoDBClient(clientOptions(values));
  try {
    const acts = opsActs(DynamoDBDocumentClient.from(client), await bookIn(client, values), Date.now);
    const lines = (await reached(acts.findings())).map(
      ({ dossierId, since, remedy }) => `${since}  ${dossierId}: ${remedy}\n`,
    );
    return lines.length === 0 ? 'Nothing stands on the desk of ops.\n' : lines.join('');
  } finally {
    client.destroy();
  }
});
