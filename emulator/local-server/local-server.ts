import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { refusalOf, type Service } from './guard.ts';

export interface LocalServerOptions extends Service {
  /** 0 takes any free one. */
  readonly port: number;
  readonly serve: (request: IncomingMessage, response: ServerResponse) => void;
  /** Clients keep connections; one that closes under a client's next request costs it a retry. */
  readonly keepAliveMs?: number;
  /** Of the request's line and headers together; default Node's. */
  readonly longestHeadBytes?: number;
}

export interface LocalServer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  /** Answers what is under way, for half a second at most, and frees the port. */
  readonly close: () => Promise<void>;
}

const closePatienceMs = 500;

/**
 * Serves HTTP on the loopback, to nobody but programs and pages of this machine: see `refusalOf`.
 * @throws the system's error, `code: 'EADDRINUSE'`, when the port is taken
 */
export async function startLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  const { longestHeadBytes: maxHeaderSize } = options;
  const server = createServer(maxHeaderSize === undefined ? {} : { maxHeaderSize }, (request, response) => {
    const refusal = refusalOf(request, options);
    if (refusal === undefined) return options.serve(request, response);
    // What is still coming is read and thrown away, so that the answer arrives.
    request.resume();
    const text = JSON.stringify({ message: refusal.message });
    response
      .writeHead(refusal.status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
      .end(text);
  });
  // Whoever has said all and still listens gets the answer. Node has the switch, and does not document it.
  Object.assign(server, { httpAllowHalfOpen: true });
  server.keepAliveTimeout = options.keepAliveMs ?? 75_000;
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const impatience = setTimeout(() => server.closeAllConnections(), closePatienceMs);
      await closed;
      clearTimeout(impatience);
    },
  };
}
