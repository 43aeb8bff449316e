import { once } from 'node:events';
import { createServer } from 'node:net';

/** Somebody else listens on a port that was asked for. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';
}

/**
 * Makes sure that a loopback port can be listened on, before anything is started that would have to be stopped again.
 * @param port 0 picks any free one
 * @param flag how the person at the terminal chooses another
 * @returns the port
 * @throws PortTaken
 */
export async function freePort(port: number, flag: string): Promise<number> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new PortTaken(`The port ${port} is taken or not allowed; choose another one with ${flag}.`, { cause });
  }
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The system gave no port');
  return address.port;
}
