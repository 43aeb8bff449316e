/** `npm run token`: fetches a token of a role from the local system that is running. */
import * as z from 'zod';
import { tokenPath } from '../emulator/control.ts';
import { BadFlag, readFlags, readPort } from '../emulator/command-line.ts';

const help = `npm run token -- clerk PO-NARI                     prints an access token of a role, and of a unit where it has one
npm run token -- portal                            portal and ops have none
npm run token -- --aws-port 4567 clerk PO-BACKAN   of the local system on that AWS port (default 4566)
TOKEN=$(npm run --silent token -- clerk PO-BACKAN) keeps it
`;

const Answer = z.object({ access_token: z.string().optional(), message: z.string().optional() });

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
    options: { 'aws-port': { type: 'string', default: '4566' }, 'help': { type: 'boolean' } },
  });
  const [role, unit, ...more] = positionals;
  if (values.help === true || role === undefined || more.length > 0) return help;
  const port = readPort('--aws-port', values['aws-port']);
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ role, ...(unit === undefined ? {} : { unit }) }),
  };
  const { access_token: token, message } = Answer.parse(
    await reach(`http://127.0.0.1:${port}${tokenPath}`, init, port),
  );
  if (token === undefined) throw new BadFlag(message ?? 'There is no such token.');
  return `${token}\n`;
}

async function reach(url: string, init: RequestInit, port: number): Promise<unknown> {
  try {
    return await (await fetch(url, init)).json();
  } catch (cause) {
    throw new BadFlag(
      `No local system answers on port ${port}. Start it with npm start, or name its port with --aws-port.`,
      { cause },
    );
  }
}
