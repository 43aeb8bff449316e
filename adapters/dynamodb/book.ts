import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  type DynamoDBDocumentClient,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Appended, BookWriter, DeskWriter, JourneyReader, TimelineReader } from '../../domain/ports/book.ts';
import type { Step } from '../../domain/journey/decide.ts';
import type { JourneyEvent } from '../../domain/journey/dossier.ts';
import { isEnd } from '../../domain/journey/places.ts';
import { eventIdItem, eventItem, executionItem, headItem, readEvent } from './items.ts';
import { headKeys } from './indexes.ts';
import { dossierKey, eventIdKey, eventKey, execution, head, itemCodeKey } from './keys.ts';
import { readItem } from './unreadable.ts';
import { comparingPersonal, keepingPersonal } from './personal.ts';

/**
 * The book on DynamoDB; `docs/book.md` shows the items and what each access costs. Reads are strongly consistent:
 * people decide on them.
 */
export function dynamoBook(client: DynamoDBDocumentClient, table: string): BookWriter & TimelineReader & JourneyReader {
  const read = async <T>(dossierId: string, sk: string, item: z.ZodType<T>): Promise<T | undefined> => {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: { pk: dossierKey(dossierId), sk }, ConsistentRead: true }),
    );
    return Item === undefined ? undefined : readItem(item, Item, `${dossierKey(dossierId)} ${sk}`);
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

  return {
    head: async (dossierId) => read(dossierId, head, headItem),
    executionLine: async (dossierId) => read(dossierId, execution, executionItem),

    timeline: async (dossierId) => Array.fromAsync(eventsAfter(dossierId, 0)),

    nextMilestone: async (dossierId, followed) => {
      for await (const event of eventsAfter(dossierId, followed)) {
        if (event.milestone) return event;
      }
      return undefined;
    },

    eventById: async (dossierId, eventId) => {
      const known = await read(dossierId, eventIdKey(eventId), eventIdItem);
      return known && readEvent(await read(dossierId, eventKey(known.number), z.unknown()));
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
  return {
    ...dynamoBook(client, tables.book),
    append: async (step, personal = {}) =>
      inOneAct(client, step, [
        ...appending(tables.book, step),
        ...keepingPersonal(tables.people, step.dossier, step.event, personal),
      ]),
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
  };
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
function appending(table: string, { event, dossier }: Step): Writes {
  const pk = dossierKey(dossier.dossierId);
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
        Item: { pk, sk: eventKey(event.number), ...z.encode(eventItem, event) },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    {
      Put: {
        TableName: table,
        Item: { pk, sk: eventIdKey(event.eventId), number: event.number },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    ...takingCode(table, event, dossier.dossierId),
    ...(isEnd(dossier.place) ? dossier.legs.map(({ itemCode }) => givingBack(table, itemCode)) : []),
  ];
}

function takingCode(table: string, { details: { itemCode } }: JourneyEvent, dossierId: string): Writes {
  if (itemCode === undefined) return [];
  const key = itemCodeKey(itemCode);
  return [
    {
      Put: {
        TableName: table,
        Item: { pk: key, sk: key, dossierId },
        ConditionExpression: 'attribute_not_exists(pk) OR dossierId = :mine OR attribute_exists(freed)',
        ExpressionAttributeValues: { ':mine': dossierId },
      },
    },
  ];
}

/** Another dossier's item may bear the code from now on. */
function givingBack(table: string, itemCode: string): Writes[number] {
  const key = itemCodeKey(itemCode);
  return {
    Update: {
      TableName: table,
      Key: { pk: key, sk: key },
      UpdateExpression: 'SET freed = :yes',
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
  if (isMine && event.details.itemCode !== undefined && codes[3] === 'ConditionalCheckFailed') return 'code-taken';
  // A conflict means that somebody is writing this very dossier now: for the loser that is the same as having been
  // overtaken.
  if (codes.some((code) => code === 'ConditionalCheckFailed' || code === 'TransactionConflict')) return 'overtaken';
  throw error;
}
