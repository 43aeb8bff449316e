import { once } from 'node:events';
import { createServer } from 'node:http';
import * as z from 'zod';

/** An AWS that refuses, and says so in the words of the JSON protocol. */
export interface RefusingAws {
  /** For a client of the SDK, which asks once. */
  readonly clientConfig: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly maxAttempts: 1;
  };
  /** The operations that were asked since the last `refuses`. */
  readonly asked: readonly string[];
  /** From now on each operation is refused so; what is not named succeeds. */
  refuses(refusals: Readonly<Record<string, Refused>>): void;
  close(): Promise<void>;
}

export interface Refused {
  readonly name: string;
  /** Of a cancelled transaction, item by item. */
  readonly cancellations?: readonly string[];
}

/** Listens on the loopback. */
export async function startRefusingAws(): Promise<RefusingAws> {
  let refusals: Readonly<Record<string, Refused>> = {};
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const operation = String(request.headers['x-amz-target']).replace(/^.*\./, '');
    asked.push(operation);
    request.resume();
    const refused = refusals[operation];
    response.writeHead(refused === undefined ? 200 : 400, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(
      refused === undefined
        ? '{}'
        : JSON.stringify({
            __type: `com.amazonaws#${refused.name}`,
            message: 'refused',
            ...(refused.cancellations && { CancellationReasons: refused.cancellations.map((Code) => ({ Code })) }),
          }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    clientConfig: {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'ap-southeast-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    },
    asked,
    refuses: (next) => {
      refusals = next;
      asked.length = 0;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
