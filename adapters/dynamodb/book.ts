import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Appended, BookWriter, DeskWriter, JourneyReader, TimelineReader } from '../../domain/ports/book.ts';
import type { Step } from '../../domain/journey/step.ts';
import { localDay } from '../../domain/calendar/local-time.ts';
import type { Dossier, JourneyEvent } from '../../domain/journey/dossier.ts';
import { dueItems } from '../../domain/execution/generations.ts';
import type { Matter } from '../../domain/journey/matters.ts';
import { isEnd } from '../../domain/journey/places.ts';
import { notesADay } from '../../domain/limits.ts';
import {
  deviceItem,
  endedCodeItem,
  eventIdItem,
  eventItem,
  executionItem,
  headItem,
  matterItem,
  noteIdItem,
  noteItem,
  readEvent,
  trackingItem,
} from './items.ts';
import { sealed } from './chain.ts';
import { arrivalKeys, deskKey, headKeys, roundKeys } from './indexes.ts';
import {
  deviceKey,
  dossierKey,
  endedCodeKey,
  endedCodes,
  eventIdKey,
  eventKey,
  execution,
  head,
  itemCodeKey,
  matterKey,
  noteCountKey,
  noteKey,
  officialCodeKey,
  trackingKey,
} from './keys.ts';
import { readingAlone, readingTogether, type Get } from './together.ts';
import { readItem } from './unreadable.ts';
import { comparingPersonal, keepingPersonal } from './personal.ts';

/**
 * The book on DynamoDB; `docs/book.md` shows the items and what each access costs. Reads are strongly consistent:
 * people decide on them.
 */
export function dynamoBook(
  client: DynamoDBDocumentClient,
  table: string,
  get: Get = readingAlone(client, table),
): BookWriter & TimelineReader & JourneyReader {
  const read = async <T>(dossierId: string, sk: string, schema: z.ZodType<T>): Promise<T | undefined> => {
    const pk = dossierKey(dossierId);
    const item = await get({ pk, sk });
    return item === undefined ? undefined : readItem(schema, item, `${pk} ${sk}`);
  };

  /** Every event item after `after`, page by page, each page parsed. */
  const eventsAfter = async function* (dossierId: string, after: number): AsyncGenerator<JourneyEvent> {
    let startKey: Record<string, unknown> | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
          ExpressionAttributeValues: {
            ':pk': dossierKey(dossierId),
            ':first': eventKey(after + 1),
            ':last': eventKey(999_999),
          },
          ConsistentRead: true,
          ...(startKey ? { ExclusiveStartKey: startKey } : {}),
        }),
      );
      yield* (page.Items ?? []).map(readEvent);
      startKey = page.LastEvaluatedKey;
    } while (startKey);
  };

  /** So many items between two keys, from the one end or the other. */
  const some = async (dossierId: string, [first, end]: readonly string[], most: number, fromTheFirst: boolean) => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
        ExpressionAttributeValues: { ':pk': dossierKey(dossierId), ':first': first, ':last': end },
        ScanIndexForward: fromTheFirst,
        Limit: most,
      }),
    );
    return Items;
  };
  const readNote = (item: unknown) => readItem(noteItem, item, 'NOTE');
  const endOfNotes = noteKey('9', '');

  return {
    head: async (dossierId) => read(dossierId, head, headItem),
    executionLine: async (dossierId) => read(dossierId, execution, executionItem),

    timeline: async (dossierId) => Array.fromAsync(eventsAfter(dossierId, 0)),

    newest: async (dossierId, most) =>
      (await some(dossierId, [eventKey(1), eventKey(999_999)], most, false)).toReversed().map(readEvent),
    // Not consistently: what is written once does not change, and whoever tracks can wait for the newest.
    numbered: async (dossierId, numbers) => {
      const pk = dossierKey(dossierId);
      const found = await Promise.all(
        numbers.map(async (number) =>
          client.send(new GetCommand({ TableName: table, Key: { pk, sk: eventKey(number) } })),
        ),
      );
      return found.flatMap(({ Item }) => (Item === undefined ? [] : [readEvent(Item)]));
    },
    notes: async (dossierId, most, until) => {
      const end = until === undefined ? endOfNotes : noteKey(new Date(until).toISOString(), '~');
      return (await some(dossierId, [noteKey('', ''), end], most, false)).toReversed().map(readNote);
    },
    notesAfter: async (dossierId, place, most) => {
      const after = place && noteKey(new Date(place.receivedAt).toISOString(), place.eventId);
      // Its own place is the first of the range.
      const found = await some(dossierId, [after ?? noteKey('', ''), endOfNotes], most + 1, true);
      return found
        .map(readNote)
        .filter(({ eventId }) => eventId !== place?.eventId)
        .slice(0, most);
    },

    nextMilestone: async (dossierId, followed) => {
      for await (const event of eventsAfter(dossierId, followed)) {
        if (event.milestone) return event;
      }
      return undefined;
    },

    eventById: async (dossierId, eventId) => {
      const known = await read(dossierId, eventIdKey(eventId), z.union([eventIdItem, noteIdItem]));
      if (known === undefined) return undefined;
      if ('note' in known) return read(dossierId, known.note, noteItem);
      if (known.event !== undefined) return readEvent(known.event);
      return readEvent(await read(dossierId, eventKey(known.number), z.unknown()));
    },

    append: async (step) => inOneAct(client, step, appending(table, step)),
  };
}

/**
 * The same book for the desk that also hears about people: their data go to the people's table in the event's own act.
 */
export function dynamoDesk(
  client: DynamoDBDocumentClient,
  tables: { readonly book: string; readonly people: string },
): DeskWriter & TimelineReader & JourneyReader {
  const get = readingTogether(client, tables.book);
  return {
    ...dynamoBook(client, tables.book, get),
    append: async (step, personal = {}) =>
      inOneAct(client, step, [
        ...appending(tables.book, step),
        ...keepingPersonal(tables.people, step.dossier, step.event, personal),
      ]),
    note: async (dossier, note, personal) => {
      const pk = dossierKey(dossier.dossierId);
      const receivedAt = new Date(note.receivedAt).toISOString();
      if (!(await hasRoom(client, tables.book, pk, localDay(note.receivedAt)))) return 'too-many';
      const sk = noteKey(receivedAt, note.eventId);
      const put = (Item: Record<string, unknown>) => ({
        Put: { TableName: tables.book, Item, ConditionExpression: 'attribute_not_exists(pk)' },
      });
      const writes = [
        put({ pk, sk: eventIdKey(note.eventId), note: sk }),
        put({ pk, sk, ...z.encode(noteItem, note) }),
        ...keepingPersonal(tables.people, dossier, note, personal),
      ];
      try {
        await client.send(new TransactWriteCommand({ TransactItems: writes }));
        return 'written';
      } catch (error) {
        if (cancellationCodes(error)[0] === 'ConditionalCheckFailed') return 'known';
        throw error;
      }
    },
    isSamePersonal: async ({ personId }, eventId, personal) => {
      const checks = comparingPersonal(tables.people, personId, eventId, personal);
      if (checks.length === 0) return true;
      try {
        await client.send(new TransactWriteCommand({ TransactItems: checks }));
        return true;
      } catch (error) {
        if (cancellationCodes(error).includes('ConditionalCheckFailed')) return false;
        throw error;
      }
    },
    deviceClock: async (unit, deviceId) => {
      const key = deviceKey(unit, deviceId);
      const item = await get({ pk: key, sk: key });
      return item === undefined ? undefined : readItem(deviceItem, item, key);
    },
    keepDeviceClock: async (unit, deviceId, clock) => {
      const key = deviceKey(unit, deviceId);
      const Item = { pk: key, sk: key, ...z.encode(deviceItem, clock) };
      await client.send(new PutCommand({ TableName: tables.book, Item }));
    },
  };
}

/** Counts before writing, so that notes of one dossier never wait for each other; a crash between wastes one. */
async function hasRoom(client: DynamoDBDocumentClient, table: string, pk: string, day: string): Promise<boolean> {
  try {
    await client.send(
      new UpdateCommand({
        TableName: table,
        Key: { pk, sk: noteCountKey(day) },
        UpdateExpression: 'ADD notes :one',
        ConditionExpression: 'attribute_not_exists(notes) OR notes < :most',
        ExpressionAttributeValues: { ':one': 1, ':most': notesADay },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

type Writes = NonNullable<TransactWriteCommandInput['TransactItems']>;

async function inOneAct(client: DynamoDBDocumentClient, step: Step, writes: Writes): Promise<Appended> {
  try {
    await client.send(new TransactWriteCommand({ TransactItems: writes }));
    return 'written';
  } catch (error) {
    return lostTo(error, step);
  }
}

/**
 * The head if nobody moved it, the event under its number, and its id: all three or none. With them the code of an item
 * is taken, or, at the journey's end, given back.
 */
function appending(table: string, step: Step): Writes {
  const { event, dossier, matters } = sealed(step);
  const pk = dossierKey(dossier.dossierId);
  const written = z.encode(eventItem, event);
  return [
    {
      Put: {
        TableName: table,
        Item: { pk, sk: head, ...headKeys(dossier), ...z.encode(headItem, dossier) },
        ConditionExpression: 'version = :read',
        ExpressionAttributeValues: { ':read': dossier.version - 1 },
      },
    },
    {
      Put: {
        TableName: table,
        Item: { pk, sk: eventKey(event.number), ...roundKeys(event), ...arrivalKeys(event), ...written },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    {
      Put: {
        TableName: table,
        Item: { pk, sk: eventIdKey(event.eventId), number: event.number, ...besideItsId(event, written) },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    ...takingCode(table, event, dossier),
    ...takingTrackingCode(table, event, dossier),
    ...bearingCode(table, event, dossier),
    ...(isEnd(dossier.place) ? givingBack(table, event, dossier) : []),
    ...matters.opened.map((matter) => openingMatter(table, dossier, matter)),
    ...matters.closed.map((matter) => closingMatter(table, pk, matter)),
  ];
}

/** Whoever reports it again is answered by this alone; what judges others anew is long, and read where it stands. */
function besideItsId({ judgedAnew, order }: JourneyEvent, event: z.input<typeof eventItem>) {
  return judgedAnew === undefined && order === undefined ? { event } : {};
}

function takingCode(table: string, { details: { itemCode } }: JourneyEvent, dossier: Dossier): Writes {
  if (itemCode === undefined) return [];
  const { dossierId, place } = dossier;
  const key = itemCodeKey(itemCode);
  return [
    {
      Put: {
        TableName: table,
        Item: { pk: key, sk: key, dossierId, ...(isEnd(place) ? { freed: dossierId } : {}) },
        // At first it was only said that it is free, not by whom.
        ConditionExpression: 'attribute_not_exists(pk) OR dossierId = :mine OR freed = dossierId OR freed = :yes',
        ExpressionAttributeValues: { ':mine': dossierId, ':yes': true },
      },
    },
  ];
}

/**
 * The code that was replaced keeps leading to the dossier, for those who hold the old slip and have a right to it; that
 * it ended is listed for whoever checks slips.
 */
function takingTrackingCode(table: string, event: JourneyEvent, { dossierId }: Dossier): Writes {
  if (event.trackingCode === undefined) return [];
  const { from, to } = event.trackingCode;
  const key = trackingKey(to);
  return [
    {
      Put: {
        TableName: table,
        Item: { pk: key, sk: key, ...trackingItem.encode({ dossierId }) },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    {
      Put: {
        TableName: table,
        Item: {
          pk: endedCodes,
          sk: endedCodeKey(event),
          ...z.encode(endedCodeItem, { trackingCode: from, at: event.receivedAt }),
        },
      },
    },
  ];
}

/**
 * The agency's code leads to the dossier from now on. Nothing is refused for it: two dossiers with one code are found
 * both, and whether a dossier still bears it its head tells.
 */
function bearingCode(table: string, { details: { officialCode } }: JourneyEvent, { dossierId }: Dossier): Writes {
  if (officialCode === undefined) return [];
  return [{ Put: { TableName: table, Item: { pk: officialCodeKey(officialCode), sk: dossierId } } }];
}

/** Other dossiers' items may bear the codes from now on; if one does already, that stays as it is. */
function givingBack(table: string, { details }: JourneyEvent, { legs, dossierId }: Dossier): Writes {
  return legs
    .filter(({ itemCode }) => itemCode !== details.itemCode)
    .map(({ itemCode }) => ({
      Update: {
        TableName: table,
        Key: { pk: itemCodeKey(itemCode), sk: itemCodeKey(itemCode) },
        UpdateExpression: 'SET freed = :mine',
        ExpressionAttributeValues: { ':mine': dossierId },
      },
    }));
}

/** A row on its owner's desk, and on the index of what is due. */
function openingMatter(table: string, dossier: Dossier, matter: Matter): Writes[number] {
  const { kind, owner, openedAt, dueAt } = matter;
  const until = new Date(dueAt).toISOString();
  const Item = {
    pk: dossierKey(dossier.dossierId),
    sk: matterKey(matter),
    desk: deskKey(owner, kind),
    urgentAt: until,
    due: dueItems,
    dueAt: until,
    // What a line of the desk shows.
    trackingCode: dossier.trackingCode,
    procedureCode: dossier.procedureCode,
    since: new Date(openedAt).toISOString(),
    ...z.encode(matterItem, matter),
  };
  return { Put: { TableName: table, Item } };
}

/** Taken from the desk; nothing is deleted. */
function closingMatter(table: string, pk: string, matter: Matter): Writes[number] {
  return {
    Update: {
      TableName: table,
      Key: { pk, sk: matterKey(matter) },
      UpdateExpression: 'SET settled = :yes REMOVE desk, urgentAt, due, dueAt',
      ExpressionAttributeValues: { ':yes': true },
    },
  };
}

/** Why a transaction was cancelled, item by item in the order they were sent. */
export function cancellationCodes(error: unknown): readonly string[] {
  if (!(error instanceof TransactionCanceledException)) throw error;
  return (error.CancellationReasons ?? []).map((reason) => reason.Code ?? 'None');
}

function lostTo(error: unknown, { event }: Step): Appended {
  const codes = cancellationCodes(error);
  if (codes[2] === 'ConditionalCheckFailed') return 'known';
  const isMine = codes[0] !== 'ConditionalCheckFailed' && codes[1] !== 'ConditionalCheckFailed';
  const bringsCode = event.details.itemCode !== undefined || event.trackingCode !== undefined;
  if (isMine && bringsCode && codes[3] === 'ConditionalCheckFailed') return 'code-taken';
  // A conflict means that somebody is writing this very dossier now: for the loser that is the same as having been
  // overtaken.
  if (codes.some((code) => code === 'ConditionalCheckFailed' || code === 'TransactionConflict')) return 'overtaken';
  throw error;
}
