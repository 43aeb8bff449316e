import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { ArrivalReader } from '../../domain/ports/feeds.ts';
import { noteItem, readEvent } from './items.ts';
import { dossierKey, eventKey } from './keys.ts';
import { readingAlone } from './together.ts';
import { readItem } from './unreadable.ts';

/** What has arrived in the book on DynamoDB, as the publisher reads it: consistently, for it is told at once. */
export function dynamoArrivals(client: DynamoDBDocumentClient, table: string): ArrivalReader {
  const get = readingAlone(client, table);
  return {
    between: async (dossierId, after, upTo) => {
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
          ExpressionAttributeValues: {
            ':pk': dossierKey(dossierId),
            ':first': eventKey(after + 1),
            ':last': eventKey(upTo),
          },
          ConsistentRead: true,
        },
      );
      return (await Array.fromAsync(pages)).flatMap(({ Items = [] }) => Items.map(readEvent));
    },
    noted: async (dossierId, key) => {
      const pk = dossierKey(dossierId);
      const item = await get({ pk, sk: key });
      return item === undefined ? undefined : readItem(noteItem, item, `${pk} ${key}`);
    },
  };
}
