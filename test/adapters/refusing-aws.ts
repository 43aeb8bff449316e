import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
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
  /** The operations that were asked since the last `refuses`, and what was said with each. */
  readonly asked: readonly string[];
  readonly said: readonly unknown[];
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
  const said: unknown[] = [];
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const operation = String(request.headers['x-amz-target']).replace(/^.*\./, '');
    const { [operation]: refused } = refusals;
    const answer = refused && {
      __type: `com.amazonaws#${refused.name}`,
      message: 'refused',
      ...(refused.cancellations && { CancellationReasons: refused.cancellations.map((Code) => ({ Code })) }),
    };
    asked.push(operation);
    said.push(await json(request));
    response.writeHead(answer === undefined ? 200 : 400, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(answer ?? {}));
  };
  const server = createServer((request, response) => void serve(request, response));
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
    said,
    refuses: (next) => {
      refusals = next;
      asked.length = 0;
      said.length = 0;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
