import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import * as z from 'zod';

const Call = z.record(z.string(), z.unknown());
export type Call = z.infer<typeof Call>;

/** What stands between a client and the database. */
export interface Between {
  readonly endpoint: string;
  close(): Promise<void>;
}

/**
 * Passes calls on to a database and its answers back.
 * @param change what a call becomes on its way; or, with `__type`, the refusal that it meets
 * @param changeBack what an answer becomes on its way back
 */
export async function startBetween(
  database: string,
  change: (operation: string, call: Call) => Call,
  changeBack: (operation: string, answer: Call) => Call = (_operation, answer) => answer,
): Promise<Between> {
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { 'x-amz-target': target = '', 'x-amz-date': date = '', authorization = '' } = request.headers;
    const operation = String(target).replace(/^.*\./, '');
    const changed = change(operation, Call.parse(await json(request)));
    const isRefused = '__type' in changed;
    const answer = isRefused
      ? new Response(JSON.stringify(changed), { status: 400 })
      : await fetch(database, {
          method: 'POST',
          headers: {
            'content-type': 'application/x-amz-json-1.0',
            'x-amz-target': String(target),
            'x-amz-date': String(date),
            authorization,
          },
          body: JSON.stringify(changed),
        });
    response
      .writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' })
      .end(JSON.stringify(changeBack(operation, Call.parse(await answer.json()))));
  };
  const server = createServer((request, response) => void pass(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
