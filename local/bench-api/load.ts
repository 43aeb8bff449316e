/**
 * A thread that reports events over so many kept-alive connections at once, each dossier's one after the other, so that
 * whoever asks takes no time from whoever answers.
 */
import { randomUUID } from 'node:crypto';
import { Agent, request, type IncomingMessage } from 'node:http';
import { parentPort, Worker } from 'node:worker_threads';
import { text as readText } from 'node:stream/consumers';
import type { Stage } from './road.ts';

/** A dossier, and what is to be reported of it. */
export interface Journey {
  readonly dossierId: string;
  readonly stages: readonly Stage[];
}

export interface Load {
  readonly apiUrl: string;
  readonly connections: number;
  readonly tokens: Readonly<Record<Stage['by'], string>>;
  readonly journeys: readonly Journey[];
}

export interface Loaded {
  readonly accepted: number;
  readonly seconds: number;
  /** Of each event, in the order of their answers. */
  readonly milliseconds: readonly number[];
}

/** Reports all of it from a thread of its own. @throws when an event is not accepted */
export async function loadFromAside(load: Load): Promise<Loaded> {
  const worker = new Worker(new URL(import.meta.url), { execArgv: ['--no-warnings'] });
  try {
    return await new Promise<Loaded>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.postMessage(load, []);
    });
  } finally {
    await worker.terminate();
  }
}

parentPort?.once('message', (load: Load) => {
  void report(load).then((loaded) => parentPort?.postMessage(loaded, []));
});

async function report({ apiUrl, connections, tokens, journeys }: Load): Promise<Loaded> {
  const say = reporter(apiUrl, connections, tokens);
  const milliseconds: number[] = [];
  const next = journeys.values();
  const connection = async (): Promise<void> => {
    for (const { dossierId, stages } of next)
      for (const stage of stages) milliseconds.push(await say(dossierId, stage));
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: connections }, connection));
  return { accepted: milliseconds.length, seconds: (performance.now() - startedAt) / 1000, milliseconds };
}

/** Reports one event, over connections that are kept. @returns how long it took, in milliseconds */
export function reporter(
  apiUrl: string,
  connections: number,
  tokens: Load['tokens'],
): (dossierId: string, stage: Stage) => Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return async (dossierId, { by, type, details }) => {
    const body = JSON.stringify({ eventId: randomUUID(), type, occurredAt: new Date().toISOString(), details });
    const startedAt = performance.now();
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = {
        'authorization': `Bearer ${tokens[by]}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      };
      const asked = request(`${apiUrl}/v1/dossiers/${dossierId}/events`, { method: 'POST', agent, headers }, resolve);
      asked.on('error', reject);
      asked.end(body);
    });
    const said = await readText(answer);
    if (answer.statusCode !== 201) throw new Error(`${type} was answered ${answer.statusCode} ${said}`);
    return performance.now() - startedAt;
  };
}
