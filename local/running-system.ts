import * as z from 'zod';
import { scopeOf } from '../contract/roles.ts';
import { roles } from '../domain/roles.ts';
import { clientsPath, tokenPath } from '../emulator/control.ts';
import { BadFlag } from '../emulator/command-line.ts';

const Client = z.object({
  clientId: z.string(),
  clientSecret: z.string().optional(),
  scopes: z.array(z.string()),
  callbackUrls: z.array(z.string()),
});
const Clients = z.object({ clients: z.array(Client) });
const Token = z.object({ access_token: z.string().optional(), message: z.string().optional() });

/**
 * An access token of a role, and of a unit where it has one, from the local system that runs on an AWS port.
 * @throws BadFlag when there is no such token, or nobody answers
 */
export async function tokenFrom(port: number, role: string, unit?: string): Promise<string> {
  const { access_token: token, message } = Token.parse(
    await reach(port, tokenPath, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ role, ...(unit === undefined ? {} : { unit }) }),
    }),
  );
  if (token === undefined) throw new BadFlag(message ?? 'There is no such token.');
  return token;
}

/**
 * What signs in as a role, by the names under which a program finds it in its environment.
 * @throws BadFlag when there is no such role or client, or nobody answers
 */
export async function clientFrom(port: number, name: string): Promise<Readonly<Record<string, string>>> {
  const role = roles.find((known) => known === name);
  if (role === undefined) throw new BadFlag(`There is no role ${name}; the roles are ${roles.join(', ')}.`);
  const { clients } = Clients.parse(await reach(port, clientsPath, {}));
  const client = clients.find(({ scopes }) => scopes.includes(scopeOf(role)));
  if (client === undefined) throw new BadFlag(`The template has no client for the role ${role}.`);
  const [callback] = client.callbackUrls;
  return {
    SIGN_IN_URL: `http://127.0.0.1:${port}`,
    CLIENT_ID: client.clientId,
    ...(client.clientSecret === undefined ? {} : { CLIENT_SECRET: client.clientSecret }),
    ...(callback === undefined ? {} : { CALLBACK_URL: callback }),
  };
}

async function reach(port: number, path: string, init: RequestInit): Promise<unknown> {
  try {
    return await (await fetch(`http://127.0.0.1:${port}${path}`, init)).json();
  } catch (cause) {
    throw new BadFlag(
      `No local system answers on port ${port}. Start it with npm start, or name its port with --aws-port.`,
      { cause },
    );
  }
}
