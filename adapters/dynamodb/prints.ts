import { UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Prints } from '../../domain/ports/prints.ts';
import { dossierKey, printKey } from './keys.ts';

const counted = z.object({ Attributes: z.object({ prints: z.int() }) });

/** Prints, counted beside their dossier. */
export function dynamoPrints(client: DynamoDBDocumentClient, table: string): Prints {
  return {
    count: async (dossierId, paper) => {
      const answer = await client.send(
        new UpdateCommand({
          TableName: table,
          Key: { pk: dossierKey(dossierId), sk: printKey(paper) },
          UpdateExpression: 'ADD prints :one',
          ExpressionAttributeValues: { ':one': 1 },
          ReturnValues: 'UPDATED_NEW',
        }),
      );
      return counted.parse(answer).Attributes.prints;
    },
  };
}
