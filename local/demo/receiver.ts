import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import * as z from 'zod';
import type { ApiClient } from '../../client/api-client.ts';

const Event = z.object({ type: z.string() });

/** A system of the portal that is called with what happens to its dossiers. */
export interface Receiver {
  /** Types of the events that came with a right signature, in the order in which they came. */
  readonly heard: readonly string[];
  /** Subscribes no more, and listens no more. */
  close(): Promise<void>;
}

/** Listens on this machine and subscribes for the portal. */
export async function startReceiver(portal: ApiClient): Promise<Receiver> {
  const heard: string[] = [];
  let secret = '';
  const server = createServer((request, answer) => {
    void receive(request.headers, text(request)).then((status) => answer.writeHead(status).end());
  });

  async function receive(headers: Readonly<Record<string, unknown>>, body: Promise<string>): Promise<number> {
    const said = await body;
    // Not `verify`, which also wants a time near the machine's own: this one's clock skips days.
    const at = new Date(Number(headers['webhook-timestamp']) * 1000);
    const signature = new Webhook(secret).sign(String(headers['webhook-id']), at, said);
    if (!String(headers['webhook-signature']).split(' ').includes(signature)) return 401;
    heard.push(Event.parse(JSON.parse(said)).type);
    return 204;
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { subscriptionId, secret: given = '' } = await portal.subscriptions.add({ url: `http://127.0.0.1:${port}/` });
  secret = given;
  return {
    heard,
    close: async () => {
      await portal.subscriptions.end(subscriptionId);
      server.closeAllConnections();
      server.close();
    },
  };
}
