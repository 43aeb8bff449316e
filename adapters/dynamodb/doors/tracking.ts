import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { guardedTrackingIn, trackingIn, type Guarded, type Track } from '../../../domain/people/tracking.ts';
import { dynamoPhones } from '../people.ts';
import { dynamoEndedCodes, dynamoTracking } from '../tracking.ts';

/** The public's narrow door to the book on DynamoDB. */
export function trackingDoor(client: DynamoDBDocumentClient, table: string): Track {
  return trackingIn(dynamoTracking(client, table), Date.now);
}

/** The same with details, which the registered telephone number guards. */
export function guardedTrackingDoor(
  client: DynamoDBDocumentClient,
  tables: { readonly book: string; readonly people: string },
): (trackingCode: string) => Promise<Guarded | undefined> {
  return guardedTrackingIn(dynamoTracking(client, tables.book), dynamoPhones(client, tables.people), Date.now);
}

/** The tracking codes that were replaced, and nothing else of any dossier. */
export function endedCodesDoor(client: DynamoDBDocumentClient, table: string): () => Promise<readonly string[]> {
  return async () => dynamoEndedCodes(client, table).ended();
}
