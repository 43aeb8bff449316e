import { drawRequest } from './request.ts';
import { wrongWith } from './judge.ts';
import { plantWorld, type Sent, type World } from './world.ts';

export interface Finding {
  readonly number: number;
  readonly sent: Sent;
  readonly what: string;
}

export interface Outcome {
  readonly requests: number;
  readonly perSecond: number;
  /** How often each status came, of each operation by its name. */
  readonly byStatus: ReadonlyMap<number, number>;
  readonly found: Finding | undefined;
}

export interface Limits {
  readonly seed: number;
  readonly requests: number;
  /** Ends before the last of them when this is over. */
  readonly seconds?: number;
  /** This one alone. */
  readonly only?: number;
}

const together = 16;

/**
 * Sends the requests of a seed to a town of its own, until one is answered wrongly; that one is made as small as it may
 * be and still goes wrong.
 */
export async function fuzz({ seed, requests, seconds = Infinity, only }: Limits): Promise<Outcome> {
  const world = await plantWorld();
  try {
    const startedAt = performance.now();
    const byStatus = new Map<number, number>();
    const findings: Finding[] = [];
    const numbers = only === undefined ? Array.from({ length: requests }, (_none, index) => index) : [only];
    let done = 0;
    while (numbers.length > 0 && findings.length === 0 && performance.now() - startedAt < seconds * 1000) {
      await Promise.all(
        numbers.splice(0, together).map(async (number) => {
          const { sent } = drawRequest(seed, number, world);
          const answer = await world.send(sent);
          byStatus.set(answer.status, (byStatus.get(answer.status) ?? 0) + 1);
          const what = wrongWith(sent, answer, world);
          if (what !== undefined) findings.push({ number, sent, what });
          done += 1;
        }),
      );
      if (done % (together * 8) < together) await world.forget();
    }
    const perSecond = Math.round(done / ((performance.now() - startedAt) / 1000));
    const [first] = findings.toSorted((one, other) => one.number - other.number);
    return { requests: done, perSecond, byStatus, found: first && (await smallest(first, world)) };
  } finally {
    await world.close();
  }
}

/** Leaves out what does not matter, as long as something is still wrong with the answer. */
async function smallest(finding: Finding, world: World): Promise<Finding> {
  let best = finding;
  for (let tries = 0, again = true; again && tries < 200;) {
    again = false;
    for (const sent of smaller(best.sent)) {
      tries += 1;
      if (tries % 20 === 0) await world.forget();
      const what = wrongWith(sent, await world.send(sent), world);
      if (what === undefined) continue;
      best = { ...best, sent, what };
      again = true;
      break;
    }
  }
  return best;
}

function* smaller(sent: Sent): Generator<Sent> {
  for (const header of sent.headers) yield { ...sent, headers: sent.headers.filter((one) => one !== header) };
  const [path = '', query] = sent.path.split('?');
  if (query !== undefined) {
    yield { ...sent, path };
    const named = query.split('&');
    for (const one of named)
      if (named.length > 1) yield { ...sent, path: `${path}?${named.filter((it) => it !== one).join('&')}` };
  }
  if (sent.body === undefined) return;
  let whole: unknown;
  try {
    whole = JSON.parse(sent.body);
  } catch {
    return;
  }
  for (const less of lessOf(whole)) yield { ...sent, body: JSON.stringify(less) };
}

/** The same value without one of its parts. */
function* lessOf(whole: unknown): Generator {
  if (Array.isArray(whole)) {
    const items: readonly unknown[] = whole;
    if (items.length > 3) yield items.slice(0, Math.ceil(items.length / 2));
    for (const [index, item] of items.slice(0, 20).entries()) {
      yield items.toSpliced(index, 1);
      for (const less of lessOf(item)) yield items.with(index, less);
    }
  } else if (typeof whole === 'object' && whole !== null) {
    const entries = Object.entries(whole);
    for (const [key, value] of entries) {
      yield Object.fromEntries(entries.filter(([name]) => name !== key));
      for (const less of lessOf(value))
        yield Object.fromEntries(entries.map(([name, it]) => [name, name === key ? less : it]));
    }
  }
}
