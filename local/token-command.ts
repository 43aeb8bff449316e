/** `npm run token`: fetches a token of a role from the local system that is running. */
import * as z from 'zod';
import { scopeOf } from '../contract/roles.ts';
import { roles } from '../domain/roles.ts';
import { clientsPath, tokenPath } from '../emulator/control.ts';
import { BadFlag, readFlags, readPort } from '../emulator/command-line.ts';

const help = `npm run token -- clerk PO-NARI                     prints an access token of a role, and of a unit where it has one
npm run token -- portal                            portal and ops have none
npm run token -- --client portal                   prints the client of a role, with its secret where it has one, for a shell
npm run token -- --aws-port 4567 clerk PO-BACKAN   of the local system on that AWS port (default 4566)
TOKEN=$(npm run --silent token -- clerk PO-BACKAN) keeps it
`;

const Clients = z.object({
  clients: z.array(
    z.object({
      clientId: z.string(),
      clientSecret: z.string().optional(),
      scopes: z.array(z.string()),
      callbackUrls: z.array(z.string()),
    }),
  ),
});
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
    options: {
      'aws-port': { type: 'string', default: '4566' },
      'client': { type: 'string' },
      'help': { type: 'boolean' },
    },
  });
  const [role, unit, ...more] = positionals;
  const port = readPort('--aws-port', values['aws-port']);
  if (values.help !== true && values.client !== undefined && role === undefined)
    return clientFor(values.client, `http://127.0.0.1:${port}`, port);
  if (values.help === true || values.client !== undefined || role === undefined || more.length > 0) return help;
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

/** What signs in as a role, as a shell reads it with `eval`. */
async function clientFor(name: string, signInUrl: string, port: number): Promise<string> {
  const role = roles.find((known) => known === name);
  if (role === undefined) throw new BadFlag(`There is no role ${name}; the roles are ${roles.join(', ')}.`);
  const { clients } = Clients.parse(await reach(signInUrl + clientsPath, {}, port));
  const client = clients.find(({ scopes }) => scopes.includes(scopeOf(role)));
  if (client === undefined) throw new BadFlag(`The template has no client for the role ${role}.`);
  return Object.entries({
    SIGN_IN_URL: signInUrl,
    CLIENT_ID: client.clientId,
    CLIENT_SECRET: client.clientSecret,
    CALLBACK_URL: client.callbackUrls[0],
  })
    .flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}\n`]))
    .join('');
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
