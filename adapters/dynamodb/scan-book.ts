import {
  GetCommand,
  paginateQuery,
  TransactWriteCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { ScanBook } from '../../domain/ports/scan-store.ts';
import { mostAnnouncements, mostScanBytes, mostScans, roomTaken, type Scan } from '../../domain/scans.ts';
import { pause } from '../pause.ts';
import { cancellationCodes } from './book.ts';
import { scanItem } from './items.ts';
import { dossierKey, scanKey, scanRoom } from './keys.ts';
import { readItem } from './unreadable.ts';

/** Of fifty who ask at once for one dossier, one gets through each time. */
const mostTries = 60;

/**
 * The scans' lines in the book, one item each, in their dossier's partition, and beside them the room that they take.
 */
export function dynamoScanBook(client: DynamoDBDocumentClient, table: string): ScanBook {
  return {
    scan: async (dossierId, scanId) => {
      const { Item } = await client.send(
        new GetCommand({
          TableName: table,
          Key: { pk: dossierKey(dossierId), sk: scanKey(scanId) },
          ConsistentRead: true,
        }),
      );
      return Item === undefined ? undefined : readScan(Item);
    },

    scans: async (dossierId) => {
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :scans)',
          ExpressionAttributeValues: { ':pk': dossierKey(dossierId), ':scans': scanKey('') },
          ConsistentRead: true,
        },
      );
      const found: Scan[] = [];
      for await (const { Items = [] } of pages) found.push(...Items.map(readScan));
      return found.toSorted((one, other) => one.requestedAt - other.requestedAt);
    },

    request: async (scan, before) => {
      const codes = await inOneAct(client, [asking(table, scan, before), takingRoom(table, scan, before)]);
      if (codes[0] === 'ConditionalCheckFailed') return 'overtaken';
      return codes[1] === 'ConditionalCheckFailed' ? 'full' : 'written';
    },

    judge: async (scan) => {
      const verdict = judging(table, scan);
      if (scan.status === 'refused')
        return (await inOneAct(client, [{ Update: verdict }, givingBack(table, scan)])).length === 0;
      try {
        await client.send(new UpdateCommand(verdict));
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}

function readScan(item: unknown): Scan {
  return readItem(scanItem, item, 'SCAN');
}

type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** @returns nothing when it is done; the reasons, write by write, when a condition does not hold */
async function inOneAct(client: DynamoDBDocumentClient, writes: Write[]): Promise<readonly string[]> {
  for (let tries = 1; ; tries += 1) {
    try {
      await client.send(new TransactWriteCommand({ TransactItems: writes }));
      return [];
    } catch (error) {
      const codes = cancellationCodes(error);
      if (codes.includes('ConditionalCheckFailed')) return codes;
      // Somebody else is asking for a place in this dossier now, and will be through in a moment.
      if (!codes.includes('TransactionConflict') || tries === mostTries) throw error;
      await pause(tries);
    }
  }
}

/** The line, unless it is another by now than was read. */
function asking(TableName: string, scan: Scan, before: Scan | undefined): Write {
  const Item = { pk: dossierKey(scan.dossierId), sk: scanKey(scan.scanId), ...z.encode(scanItem, scan) };
  if (before === undefined) return { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
  return {
    Put: {
      TableName,
      Item,
      ConditionExpression: '#status = :status AND contentType = :type AND #size = :size',
      ExpressionAttributeNames: { '#status': 'status', '#size': 'size' },
      ExpressionAttributeValues: { ':status': before.status, ':type': before.contentType, ':size': before.size },
    },
  };
}

function takingRoom(TableName: string, scan: Scan, before: Scan | undefined): Write {
  const now = roomTaken([scan]);
  const then = roomTaken(before === undefined ? [] : [before]);
  const more = { scans: now.scans - then.scans, bytes: now.bytes - then.bytes };
  return {
    Update: {
      TableName,
      Key: { pk: dossierKey(scan.dossierId), sk: scanRoom },
      UpdateExpression: 'ADD announced :announced, scans :scans, bytes :bytes',
      ConditionExpression:
        'attribute_not_exists(pk) OR (announced <= :mostAnnounced AND scans <= :mostScans AND bytes <= :mostBytes)',
      ExpressionAttributeValues: {
        ':announced': before === undefined ? 1 : 0,
        ':scans': more.scans,
        ':bytes': more.bytes,
        ':mostAnnounced': before === undefined ? mostAnnouncements - 1 : mostAnnouncements,
        ':mostScans': mostScans - more.scans,
        ':mostBytes': mostScanBytes - more.bytes,
      },
    },
  };
}

function givingBack(TableName: string, { dossierId, size }: Scan): Write {
  return {
    Update: {
      TableName,
      Key: { pk: dossierKey(dossierId), sk: scanRoom },
      UpdateExpression: 'ADD scans :scans, bytes :bytes',
      ExpressionAttributeValues: { ':scans': -1, ':bytes': -size },
    },
  };
}

function judging(TableName: string, scan: Scan) {
  const { status, decidedAt, fault, contents } = z.encode(scanItem, scan);
  const verdict = Object.entries({ decidedAt, fault, contents }).filter(([, value]) => value !== undefined);
  return {
    TableName,
    Key: { pk: dossierKey(scan.dossierId), sk: scanKey(scan.scanId) },
    UpdateExpression: `SET #status = :status${verdict.map(([name]) => `, ${name} = :${name}`).join('')}`,
    ConditionExpression: '#status = :awaited',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':status': status,
      ':awaited': 'awaited',
      ...Object.fromEntries(verdict.map(([name, value]) => [`:${name}`, value])),
    },
  };
}
