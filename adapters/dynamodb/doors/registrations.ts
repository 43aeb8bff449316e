import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Person } from '../../../contract/register-dossier.ts';
import { registrationsIn, type Registrations } from '../../../domain/people/door.ts';
import { dynamoRegister } from '../register.ts';

/** Opens dossiers in the book on DynamoDB. */
export function registrationDoor(
  client: DynamoDBDocumentClient,
  tables: { readonly book: string; readonly people: string },
): Registrations<Person> {
  return registrationsIn(dynamoRegister(client, tables));
}
