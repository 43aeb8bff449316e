/** `npm run token`: fetches a token of a role from the local system that is running. */
import { BadFlag, readFlags, readPort } from '../emulator/command-line.ts';
import { clientFrom, tokenFrom } from './running-system.ts';

const help = `npm run token -- clerk PO-NARI                     prints an access token of a role, and of a unit where it has one
npm run token -- portal                            portal and ops have none
npm run token -- --client portal                   prints the client of a role, with its secret where it has one, for a shell
npm run token -- --aws-port 4567 clerk PO-BACKAN   of the local system on that AWS port (default 4566)
TOKEN=$(npm run --silent token -- clerk PO-BACKAN) keeps it
`;

try {
  process.stdout.write(await answer());
} catch (error) {
  if (!(error instanceof BadFlag)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function answer(): Promise<string> {
  const { values, positionals } = readFlags({
    allowPositionals: true,
    options: {
      'aws-port': { type: 'string', default: '4566' },
      'client': { type: 'string' },
      'help': { type: 'boolean' },
    },
  });
  const [role, unit, ...more] = positionals;
  const port = readPort('--aws-port', values['aws-port']);
  if (values.help !== true && values.client !== undefined && role === undefined)
    return shellLines(await clientFrom(port, values.client));
  if (values.help === true || values.client !== undefined || role === undefined || more.length > 0) return help;
  return `${await tokenFrom(port, role, unit)}\n`;
}

/** As a shell reads it with `eval`. */
function shellLines(client: Readonly<Record<string, string>>): string {
  return Object.entries(client)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}
