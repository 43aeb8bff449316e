/**
 * A portal that is told instead of asking: it listens, subscribes, registers a dossier and hears of it; what it missed it
 * fetches from the feed.
 *
 *   npm start                              in one terminal
 *   npm run example -- webhook-receiver    in another
 */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import first from './first-dossier.json' with { type: 'json' };
import { portal } from './connection.ts';

const api = portal();

/** Whose signature counts: known once the subscription is made. */
let secret = '';
/** What has been heard; in a real receiver a table, so that a restart forgets nothing. */
const heard = new Map<string, string>();

const server = createServer((request, answer) => {
  void receive(request.headers, text(request)).then((status) => answer.writeHead(status).end());
});

/** Checks, keeps, and answers at once: whatever takes long is done later. */
async function receive(headers: Readonly<Record<string, unknown>>, body: Promise<string>): Promise<number> {
  const id = String(headers['webhook-id']);
  const said = await body;
  try {
    // Over the bytes as they came, before anything is read in them.
    new Webhook(secret).verify(said, {
      'webhook-id': id,
      'webhook-timestamp': String(headers['webhook-timestamp']),
      'webhook-signature': String(headers['webhook-signature']),
    });
  } catch {
    return 401;
  }
  // The same event may come twice, when an answer was lost.
  if (!heard.has(id)) heard.set(id, said);
  return 204;
}

await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = server.address();
const port = typeof address === 'object' && address !== null ? address.port : 0;

const subscription = await api.subscriptions.add({ url: `http://127.0.0.1:${port}/dossier-post` });
const { subscriptionId } = subscription;
secret = subscription.secret ?? '';
try {
  const tried = await api.subscriptions.test(subscriptionId);
  console.log(`The test call was answered with ${tried.status}.`);

  const stranger = await fetch(`http://127.0.0.1:${port}/dossier-post`, { method: 'POST', body: '{"type":"forged"}' });
  console.log(`A call that nobody signed was answered with ${stranger.status}.`);

  const { dossierId } = await api.register({ ...first, frontDoor: 'counter' });
  for (let tries = 0; tries < 300 && ![...heard.keys()].some((id) => id.startsWith(dossierId)); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  for (const [id, said] of heard) {
    const event: unknown = JSON.parse(said);
    const type = typeof event === 'object' && event !== null && 'type' in event ? String(event.type) : '';
    if (id.startsWith(dossierId)) console.log(`Heard of ${dossierId}: ${type}.`);
  }

  // The same by asking: a cursor is kept by whoever reads, and stays good.
  const { events, next } = await api.subscriptions.events(subscriptionId);
  console.log(`Fetched: ${events.map(({ type }) => type).join(', ')}; next time from ${next.slice(0, 12)}….`);
} finally {
  await api.subscriptions.end(subscriptionId);
  server.closeAllConnections();
  server.close();
}
