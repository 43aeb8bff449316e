import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import * as z from 'zod';

/** A call as the receiver got it. */
export interface Got {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly at: number;
  readonly type: string;
  readonly subject: string | undefined;
  readonly lane: number | undefined;
  readonly sequence: string | undefined;
}

/** How it answers: with a status, or as it likes. */
export type Manner = number | ((answer: ServerResponse, got: Got) => void);

export interface Receiver {
  readonly url: string;
  readonly got: readonly Got[];
  /** From now on. */
  answerWith(manner: Manner): void;
  /** Nobody listens until `comeBack`. */
  die(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

const Event = z.looseObject({
  type: z.string(),
  subject: z.string().optional(),
  lane: z.number().optional(),
  sequence: z.string().optional(),
});

/** Somebody's receiver of webhooks, on this machine. */
export async function startReceiver(first: Manner = 204): Promise<Receiver> {
  const got: Got[] = [];
  let manner = first;
  const start = async (port: number) => {
    const server = createServer((request, answer) => {
      void answerTo(request, answer);
    });
    const answerTo = async (request: IncomingMessage, answer: ServerResponse): Promise<void> => {
      const body = await text(request);
      const { type, subject, lane, sequence } = Event.parse(JSON.parse(body));
      const call = { headers: request.headers, body, at: performance.now(), type, subject, lane, sequence };
      got.push(call);
      if (typeof manner === 'number') answer.writeHead(manner).end();
      else manner(answer, call);
    };
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return server;
  };
  let server = await start(0);
  const { port } = z.custom<AddressInfo>((address) => typeof address === 'object').parse(server.address());
  const die = async (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    url: `http://127.0.0.1:${port}/hook`,
    got,
    answerWith: (next) => (manner = next),
    die,
    comeBack: async () => void (server = await start(port)),
    close: die,
  };
}
