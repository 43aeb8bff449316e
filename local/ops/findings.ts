/** `npm run findings`: what stands on the desk of ops, and what mends each. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoFindings } from '../../adapters/dynamodb/findings.ts';
import { readFlags } from '../../emulator/command-line.ts';
import { bookIn, clientOptions, reached, runCommand, systemFlags, systemHelp } from './connection.ts';

const help = `npm run findings                 what does not heal by itself, the oldest first
${systemHelp('npm run findings --')}`;

const remedies: Record<string, string> = {
  paused: 'its execution ended three times in an hour. Mend what ends it, then: npm run resume -- ',
  due: 'its clock cannot be rung: the item cannot be read, or the law refuses it. Mend that; the next sweep rings it. See: npm run fold -- ',
};

await runCommand(async () => {
  const { values } = readFlags({ options: systemFlags });
  if (values.help) return help;
  const client = new DynamoDBClient(clientOptions(values));
  try {
    const findings = await reached(dynamoFindings(DynamoDBDocumentClient.from(client), await bookIn(client, values)));
    const lines = findings.map(
      ({ dossierId, kind, since }) => `${since}  ${dossierId}: ${remedies[kind] ?? `${kind}: `}${dossierId}\n`,
    );
    return lines.length === 0 ? 'Nothing stands on the desk of ops.\n' : lines.join('');
  } finally {
    client.destroy();
  }
});
