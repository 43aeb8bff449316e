import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { ScanBook } from '../../domain/ports/scan-store.ts';
import { scanItem } from './items.ts';
import { dossierKey, scanKey } from './keys.ts';

/** The scans' lines in the book, one item each, in their dossier's partition. */
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
      return Item === undefined ? undefined : scanItem.parse(Item);
    },

    request: async (scan) => {
      const item = { pk: dossierKey(scan.dossierId), sk: scanKey(scan.scanId), ...z.encode(scanItem, scan) };
      await client.send(
        new PutCommand({ TableName: table, Item: item, ConditionExpression: 'attribute_not_exists(pk)' }),
      );
    },

    judge: async (scan) => {
      const { status, decidedAt, fault, contents } = z.encode(scanItem, scan);
      const verdict = Object.entries({ decidedAt, fault, contents }).filter(([, value]) => value !== undefined);
      try {
        await client.send(
          new UpdateCommand({
            TableName: table,
            Key: { pk: dossierKey(scan.dossierId), sk: scanKey(scan.scanId) },
            UpdateExpression: `SET #status = :status${verdict.map(([name]) => `, ${name} = :${name}`).join('')}`,
            ConditionExpression: '#status = :awaited',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: {
              ':status': status,
              ':awaited': 'awaited',
              ...Object.fromEntries(verdict.map(([name, value]) => [`:${name}`, value])),
            },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}
