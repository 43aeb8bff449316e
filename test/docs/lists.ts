/**
 * `npm run bench:lists [-- --dossiers 100000]`: what a page of each list reads, and how long it takes, with a hundred
 * dossiers on one unit's desk and with so many; both in one run, in turns. The tables have no stream.
 */
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { cursors } from '../../adapters/cursor.ts';
import { listDoor } from '../../adapters/dynamodb/doors/lists.ts';
import { deskKey, headKeys, lodgedKey } from '../../adapters/dynamodb/indexes.ts';
import { headItem } from '../../adapters/dynamodb/items.ts';
import { dossierKey, eventKey, head, matterKey, trackingKey } from '../../adapters/dynamodb/keys.ts';
import type { listDossiers as operation } from '../../contract/list-dossiers.ts';
import type { Answer, Request } from '../../contract/operation.ts';
import type { Party } from '../../domain/journey/dossier.ts';
import { drawnDigits, trackingCodeFrom } from '../../domain/codes/tracking-code.ts';
import { listDossiers } from '../../lambdas/list-dossiers/list-dossiers.ts';
import { clerk, dossierAt, hour, monday, officer } from '../domain/journey/town.ts';
import { startTables } from '../adapters/dynamodb/tables.ts';
import { metered } from './metered.ts';

type Query = Request<typeof operation>['query'];

const now = monday + 1000 * hour;

/** Beside most of them. */
const otherPlaces = ['InTransitToAgency', 'ResultReady', 'OutForDelivery', 'HeldAtPostOffice'] as const;
const item = z.record(z.string(), z.unknown());

/** Of ten, so many are at one place, overdue, and disputed: at either size a page of any list is full. */
const mostOfTen = 6;

/** A dossier on the desk with its first event, its slip and, mostly, something to settle. */
function itemsOf(n: number): readonly Record<string, unknown>[] {
  const isOfMost = n % 10 < mostOfTen;
  const place = isOfMost ? 'Collected' : (otherPlaces[n % otherPlaces.length] ?? 'Collected');
  const dossierId = `d-${String(n).padStart(26, '0')}`;
  const apart = 1 + ((n * 7919) % 500);
  const dueAt = now + (isOfMost ? -apart : apart) * hour;
  const dossier = dossierAt(place, {
    dossierId,
    trackingCode: trackingCodeFrom(String(n).padStart(drawnDigits, '0')),
    officialCode: 'H15.50.05.13-260302-0975',
    lostFrom: 'Collected',
    dueAt,
  });
  const pk = dossierKey(dossierId);
  const [matter, at] = [{ kind: 'dispute', eventId: `e-${n}` }, new Date(dueAt).toISOString()];
  const { trackingCode, procedureCode } = dossier;
  return [
    { pk, sk: head, ...headKeys(dossier), ...item.parse(z.encode(headItem, dossier)) },
    { pk, sk: eventKey(1), listed: lodgedKey({ agency: officer.unit, month: '2026-03' }), listedAt: at },
    { pk: trackingKey(trackingCode), sk: trackingKey(trackingCode), dossierId },
    ...(isOfMost
      ? [
          {
            pk,
            sk: matterKey(matter),
            desk: deskKey(clerk.unit, matter.kind),
            urgentAt: at,
            trackingCode,
            procedureCode,
            since: at,
          },
        ]
      : []),
  ];
}

function* allOf(dossiers: number): Generator<Record<string, unknown>> {
  for (let n = 0; n < dossiers; n += 1) yield* itemsOf(n);
}

/** Which, whose, how asked for, and so many pages on. */
const lists: readonly (readonly [string, Party, Query, number?])[] = [
  ['what waits at one place', clerk, { place: 'Collected' }],
  ['what waits at all places', clerk, {}],
  ['what is overdue at all places', clerk, { overdue: 'true' }],
  ['what has to be settled, of one kind', clerk, { matter: 'dispute' }],
  ['all of an agency in a month', officer, { lodged: '2026-03' }],
  ['what waits at all places, a page further on', clerk, {}, 1],
  ['by a tracking code', clerk, { trackingCode: trackingCodeFrom('3'.padStart(drawnDigits, '0')) }],
];
interface Told {
  readonly ms: number;
  readonly units: number;
  readonly rows: number;
}

/** One size: its table, and how a page of it is read. */
async function size(dossiers: number) {
  const tables = await startTables(allOf(dossiers));
  const client = tables.another();
  const meter = metered(client);
  const list = listDossiers({ door: listDoor(client, 'Book'), cursors, now: () => now }).page;
  const read = async (caller: Party, query: Query): Promise<Told> => {
    const [before, began] = [meter.read, performance.now()];
    const answer: Answer<typeof operation> | { refusal: unknown } = await list({ query }, caller);
    const ms = performance.now() - began;
    if ('refusal' in answer) throw new Error('a list was refused');
    return { ms, units: meter.read - before, rows: answer.body.items.length };
  };
  /** The same list so many pages on, as far as it goes. */
  const farInto = async (caller: Party, query: Query, pages: number): Promise<Query> => {
    let cursor: string | undefined;
    for (let page = 0; page < pages; page += 1) {
      const answer = await list({ query: { ...query, ...(cursor === undefined ? {} : { cursor }) } }, caller);
      if ('refusal' in answer) throw new Error('a list was refused');
      if (answer.body.next === undefined) break;
      cursor = answer.body.next;
    }
    return { ...query, ...(cursor === undefined ? {} : { cursor }) };
  };
  return { read, farInto, close: tables.close };
}

/** What a quarter of them are below: whatever else the machine does makes the slower ones. */
function quarter(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 4)] ?? 0;
}

/** A list, read at both sizes. */
export interface Read {
  readonly list: string;
  readonly rows: readonly number[];
  readonly units: readonly number[];
  /** What the fastest quarter of all readings took. */
  readonly ms: readonly number[];
}

/**
 * Reads a page of each list with so few and with so many dossiers on one desk, in turns.
 * @param rounds so often at either size
 */
export async function measureLists(few: number, many: number, rounds: number): Promise<readonly Read[]> {
  const sizes = [await size(few), await size(many)];
  try {
    const reads: Read[] = [];
    for (const [list, caller, query, pages = 0] of lists) {
      const taken = await Promise.all(
        sizes.map(async ({ read, farInto }) => ({
          read,
          query: await farInto(caller, query, pages),
          told: new Array<Told>(),
        })),
      );
      for (let round = 0; round < rounds; round += 1)
        for (const { read, query: asked, told } of taken) told.push(await read(caller, asked));
      reads.push({
        list,
        rows: taken.map(({ told }) => told[0]?.rows ?? 0),
        units: taken.map(({ told }) => told[0]?.units ?? 0),
        ms: taken.map(({ told }) => quarter(told.map(({ ms }) => ms))),
      });
    }
    return reads;
  } finally {
    for (const { close } of sizes) await close();
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { dossiers: { type: 'string', default: '100000' } } });
  const many = Number(values.dossiers);
  const started = performance.now();
  const reads = await measureLists(100, many, 120);
  console.log(`A page of 50, with 100 and with ${many} dossiers on one desk:\n`);
  console.log('| list | rows | read units | ms, fastest quarter | time |\n|---|---:|---:|---:|---:|');
  for (const { list, rows, units, ms } of reads) {
    const [less = 0, more = 0] = ms;
    const times = `${less.toFixed(1)} · ${more.toFixed(1)} | ${(more / less).toFixed(2)} ×`;
    console.log(`| ${list} | ${rows.join(' · ')} | ${units.join(' · ')} | ${times} |`);
  }
  console.log(`\nLoaded and read in ${((performance.now() - started) / 1000).toFixed(0)} s.`);
}
