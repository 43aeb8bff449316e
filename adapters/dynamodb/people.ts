import { GetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Person } from '../../contract/register-dossier.ts';
import type { People, Phones } from '../../domain/ports/book.ts';
import { applicantItem, phoneItem } from './items.ts';
import { applicant, personKey } from './keys.ts';

/** The people's own table: encrypted with its own key, to be erased or moved without touching the book. */
export function dynamoPeople(client: DynamoDBDocumentClient, table: string): People<Person> {
  return {
    person: async (personId) => {
      const { Item } = await client.send(
        new GetCommand({ TableName: table, Key: { pk: personKey(personId), sk: applicant } }),
      );
      return Item === undefined ? undefined : applicantItem.parse(Item);
    },
  };
}

/** Of the same table the telephone number alone: more of it this reader may not ask for. */
export function dynamoPhones(client: DynamoDBDocumentClient, table: string): Phones {
  return {
    phoneOf: async (personId) => {
      const { Item } = await client.send(
        new GetCommand({
          TableName: table,
          Key: { pk: personKey(personId), sk: applicant },
          ProjectionExpression: 'phone',
        }),
      );
      return Item === undefined ? undefined : phoneItem.parse(Item).phone;
    },
  };
}
