import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Somebody else listens on a port that was asked for. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';
}

/** Below the ports that systems hand out for outgoing connections: one of those may be gone again before it is used. */
const lowest = 20_000;
const highest = 32_000;

/**
 * Makes sure that a loopback port can be listened on, before anything is started that would have to be stopped again.
 * @param port 0 picks any free one
 * @param flag how the person at the terminal chooses another
 * @returns the port
 * @throws PortTaken
 */
export async function freePort(port: number, flag: string): Promise<number> {
  if (port === 0) return anyFreePort();
  const refused = await tryPort(port);
  if (refused !== undefined)
    throw new PortTaken(`The port ${port} is taken or not allowed; choose another one with ${flag}.`, {
      cause: refused,
    });
  return port;
}

/** Each process draws from so many of its own first: two that start at once do not take each other's. */
const ownPorts = 40;
const processes = Math.floor((highest - lowest) / ownPorts);
/** Whoever was given one may not listen on it yet. */
const handedOut = new Set<number>();

/**
 * A loopback port that nobody listens on, for a program that cannot say which one it got; never the same twice.
 * @throws PortTaken
 */
export async function anyFreePort(): Promise<number> {
  const first = lowest + (process.pid % processes) * ownPorts;
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const any = attempt < ownPorts ? first + randomInt(ownPorts) : randomInt(lowest, highest);
    if (handedOut.has(any) || (await tryPort(any)) !== undefined) continue;
    handedOut.add(any);
    return any;
  }
  throw new PortTaken(`No free port was found between ${lowest} and ${highest}.`);
}

/** Listens and stops again; answers what stood in the way. */
async function tryPort(port: number): Promise<unknown> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (refused) {
    return refused;
  }
  server.close();
  await once(server, 'close');
  return undefined;
}
