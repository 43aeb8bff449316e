import { GetCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Dossier } from '../../domain/journey/dossier.ts';
import { matterKinds } from '../../domain/journey/matters.ts';
import { indexes } from '../../domain/ports/indexes.ts';
import type { Asked, Code, DeskRow, FindingRow, Lists, MatterRow, Page, Position } from '../../domain/ports/lists.ts';
import { onDesk, opsDesk } from './findings.ts';
import { dynamoBook } from './book.ts';
import { pause } from '../pause.ts';
import { headsAtOnce, headsOf } from './heads.ts';
import { deskKey, lodgedKey, roundKey } from './indexes.ts';
import { headItem, instant, trackingItem } from './items.ts';
import { dossierIdIn, dossierKey, itemCodeKey, matterIn, officialCodeKey, trackingKey } from './keys.ts';

/** The lists of the book. Of one unit at one place a page is one query; of all its places one each, at once. */
export function dynamoLists(client: DynamoDBDocumentClient, table: string): Lists {
  const desk = async <Row>(parts: readonly string[], asked: Asked, row: z.ZodType<Row>): Promise<Page<Row>> =>
    pageOf(row, asked, await rowsOf(client, table, 'desk', parts, asked));
  return {
    waiting: async (unit, places, asked) =>
      desk(
        places.map((place) => deskKey(unit, place)),
        asked,
        deskRow,
      ),
    unsettled: async (unit, kind, asked) => desk([deskKey(unit, kind)], asked, matterRow),
    found: async (asked) => desk([opsDesk], asked, findingRow),
    lodged: async (list, asked) => {
      const page = pageOf(idRow, asked, await rowsOf(client, table, 'all', [lodgedKey(list)], asked));
      const rows: Dossier[] = [];
      const unreadable: string[] = [];
      for (let first = 0; first < page.rows.length; first += headsAtOnce) {
        const read = await headsOf(client, table, page.rows.slice(first, first + headsAtOnce), pause);
        rows.push(...read.dossiers);
        unreadable.push(...read.unreadable);
      }
      return { ...page, rows, unreadable };
    },
    takenOut: async (round, most) => {
      const found = await rowsOf(client, table, 'all', [roundKey(round)], { most: most - 1 });
      return found.map(({ position: { dossierId, at } }) => ({ dossierId, at }));
    },
    heads: async (dossierIds) => (await headsOf(client, table, dossierIds, pause)).dossiers,
    bearing: async (code) => {
      const ids = await idsBearing(client, table, code);
      const heads = await Promise.all((ids.length === 0 ? [nobody] : ids).map(dynamoBook(client, table).head));
      return heads.flatMap((dossier) => dossier ?? []);
    },
  };
}

/** Read in place of a dossier that is not there: what is nobody's costs, and takes, as much as what is another's. */
const nobody = 'nobody';

/** Agencies give a code to one dossier; by mistake to two or three. */
const mostBearing = 5;

async function idsBearing(client: DynamoDBDocumentClient, table: string, code: Code): Promise<readonly string[]> {
  if ('officialCode' in code) {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': officialCodeKey(code.officialCode) },
        Limit: mostBearing,
      }),
    );
    return Items.map((item) => Keyed.parse(item).sk);
  }
  const pk = 'itemCode' in code ? itemCodeKey(code.itemCode) : trackingKey(code.trackingCode);
  const { Item } = await client.send(new GetCommand({ TableName: table, Key: { pk, sk: pk } }));
  return Item === undefined ? [] : [trackingItem.parse(Item).dossierId];
}

const ofDossier = z.string().transform((pk, context) => dossierIdIn(pk) ?? unknown(context, pk));

function unknown(context: z.RefinementCtx, input: string): never {
  context.issues.push({ code: 'custom', input, message: 'is of no dossier' });
  return z.NEVER;
}

const deskRow = headItem
  .pick({
    trackingCode: true,
    procedureCode: true,
    place: true,
    since: true,
    reminders: true,
    officialCode: true,
  })
  .extend({ pk: ofDossier, urgentAt: instant })
  .transform(({ pk: dossierId, urgentAt, ...row }): DeskRow => ({
    dossierId,
    ...row,
    ...(row.reminders > 0 ? {} : { dueAt: urgentAt }),
  }));

const matterRow = z
  .object({
    pk: ofDossier,
    sk: z
      .string()
      .transform(matterIn)
      .pipe(z.object({ kind: z.enum(matterKinds), eventId: z.string() })),
    trackingCode: z.string(),
    procedureCode: z.string(),
    since: instant,
    urgentAt: instant,
    reminders: z.int().default(0),
  })
  .transform(({ pk: dossierId, sk, urgentAt: dueAt, ...row }): MatterRow => ({ dossierId, ...sk, dueAt, ...row }));

const idRow = z.object({ pk: ofDossier }).transform(({ pk }) => pk);

const findingRow = onDesk.transform(({ pk, sk: kind, urgentAt }): FindingRow => ({
  dossierId: dossierIdIn(pk) ?? pk,
  kind,
  since: Date.parse(urgentAt),
}));

/** A row as the index gives it, with its place in the list. */
interface Found {
  readonly position: Position;
  readonly item: unknown;
}

function pageOf<Row>(schema: z.ZodType<Row>, { most }: Asked, found: readonly Found[]): Page<Row> {
  const shown = found.slice(0, most).map(({ position, item }) => ({ position, read: schema.safeParse(item) }));
  const last = found.length > most ? shown.at(-1) : undefined;
  return {
    rows: shown.flatMap(({ read }) => (read.success ? [read.data] : [])),
    unreadable: shown.flatMap(({ position, read }) => (read.success ? [] : [position.dossierId])),
    ...(last === undefined ? {} : { next: last.position }),
  };
}

/**
 * The next rows of some partitions of an index as one list, and one more where there is one. The order is by instant,
 * then by partition, then as the index has it: so one position says of every partition how far it has been read.
 */
async function rowsOf(
  client: DynamoDBDocumentClient,
  table: string,
  index: keyof typeof indexes,
  parts: readonly string[],
  { before, after, most }: Asked,
): Promise<readonly Found[]> {
  const wanted = most + 1;
  const readers = parts.map((partition, part) => {
    const query = queryOf(table, index, partition, part, before, after);
    return readerOf(client, index, part, query);
  });
  // Twice what each would give if all were alike: a few rows cost no more than one, half a read unit each.
  const share = Math.min(2 * Math.ceil(wanted / parts.length), wanted);
  await Promise.all(readers.map(async (reader) => reader.fill(share)));
  const found: Found[] = [];
  while (found.length < wanted) {
    const next = readers.reduce<Reader | undefined>(earlier, undefined);
    const row = next?.take();
    if (next === undefined || row === undefined) break;
    found.push(row);
    if (found.length < wanted) await next.fill(wanted - found.length);
  }
  return found;
}

interface Reader {
  /** The first that has not been taken. */
  peek(): Found | undefined;
  take(): Found | undefined;
  /** Reads on where nothing is left to be taken. */
  fill(most: number): Promise<void>;
}

/** Of two readers the one whose row comes first; the partitions are gone through in their order. */
function earlier(best: Reader | undefined, reader: Reader): Reader | undefined {
  const [one, other] = [best?.peek(), reader.peek()];
  if (other === undefined) return best;
  return one === undefined || other.position.at < one.position.at ? reader : best;
}

type Query = NonNullable<ReturnType<typeof queryOf>>;

function readerOf(
  client: DynamoDBDocumentClient,
  index: keyof typeof indexes,
  part: number,
  query: Query | undefined,
): Reader {
  let rows: readonly Found[] = [];
  let taken = 0;
  let from: Record<string, unknown> | undefined = query?.ExclusiveStartKey;
  let isOver = query === undefined;
  return {
    peek: () => rows[taken],
    take: () => rows[taken++],
    fill: async (most) => {
      if (isOver || query === undefined || taken < rows.length) return;
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({ ...query, Limit: most, ExclusiveStartKey: from }),
      );
      rows = Items.map((item) => ({ position: positionOf(index, part, item), item }));
      taken = 0;
      from = LastEvaluatedKey;
      isOver = from === undefined;
    },
  };
}

const Keyed = z.object({ pk: z.string(), sk: z.string() });

function positionOf(index: keyof typeof indexes, part: number, item: Record<string, unknown>): Position {
  const { pk, sk } = Keyed.parse(item);
  const at = z.iso.datetime().parse(item[indexes[index].sort]);
  return { part, at: Date.parse(at), dossierId: dossierIdIn(pk) ?? pk, item: sk };
}

/** The last instant that is written with four digits of a year. */
const endOfTime = Date.UTC(9999, 11, 31);

/** What of one partition comes behind a position; undefined when that is nothing. */
function queryOf(
  table: string,
  index: keyof typeof indexes,
  partition: string,
  part: number,
  before: number = endOfTime,
  after?: Position,
) {
  const { partition: name, sort } = indexes[index];
  const text = (epoch: number): string => new Date(epoch).toISOString();
  const isMiddle = after?.part === part;
  // Of the partitions before its own, the rows of its instant have been told; of those behind it they have not.
  const from = after === undefined ? 0 : after.at + (part < after.part ? 1 : 0);
  if (from >= before) return undefined;
  return {
    TableName: table,
    IndexName: index,
    KeyConditionExpression: '#partition = :partition AND #sort BETWEEN :from AND :last',
    ExpressionAttributeNames: { '#partition': name, '#sort': sort },
    ExpressionAttributeValues: { ':partition': partition, ':from': text(from), ':last': text(before - 1) },
    ExclusiveStartKey: isMiddle
      ? { [name]: partition, [sort]: text(after.at), pk: dossierKey(after.dossierId), sk: after.item }
      : undefined,
  };
}
