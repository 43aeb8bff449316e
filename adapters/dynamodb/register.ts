import { sealed } from './chain.ts';
import { GetCommand, TransactWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { Person } from '../../contract/register-dossier.ts';
import type { Entry, Register } from '../../domain/ports/book.ts';
import { fold } from '../../domain/people/fold.ts';
import { cancellationCodes, dynamoBook } from './book.ts';
import { agencyKeys, arrivalKeys, headKeys, portalKeys } from './indexes.ts';
import { applicantItem, eventIdItem, eventItem, headItem, registrationItem, trackingItem } from './items.ts';
import { applicant, dossierKey, eventIdKey, eventKey, head, personKey, registrationKey, trackingKey } from './keys.ts';

/**
 * Opens dossiers: head, first event, its id, tracking code, the registration's key and the person, in one transaction
 * over both tables.
 */
export function dynamoRegister(
  client: DynamoDBDocumentClient,
  tables: { readonly book: string; readonly people: string },
): Register<Person> {
  return {
    head: dynamoBook(client, tables.book).head,

    open: async (entry) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          await client.send(new TransactWriteCommand({ TransactItems: opening(tables, entry) }));
          return 'opened';
        } catch (error) {
          const [registration, , , , trackingCode] = cancellationCodes(error);
          if (registration === 'None' && trackingCode === 'ConditionalCheckFailed') return 'code-taken';
          if (registration !== 'ConditionalCheckFailed' && registration !== 'TransactionConflict') throw error;
          const before = await openedBefore(client, tables.book, entry.key);
          if (before) return { before };
          // Two identical requests at once: the other has not committed yet, and will have in a moment.
          if (attempt === attempts) throw error;
          await sleep(attempt * pauseMs);
        }
      }
    },
  };
}

/**
 * A transaction is through in some ten milliseconds; whoever waits for it here keeps a caller waiting for half a second
 * at most.
 */
const attempts = 5;
const pauseMs = 50;

async function openedBefore(
  client: DynamoDBDocumentClient,
  table: string,
  key: string,
): Promise<z.output<typeof registrationItem> | undefined> {
  const pk = registrationKey(key);
  const { Item } = await client.send(new GetCommand({ TableName: table, Key: { pk, sk: pk }, ConsistentRead: true }));
  return Item === undefined ? undefined : registrationItem.parse(Item);
}

function opening(
  tables: { readonly book: string; readonly people: string },
  { step: decided, person, key, request }: Entry<Person>,
) {
  const step = sealed(decided);
  const { dossier, event } = step;
  const pk = dossierKey(dossier.dossierId);
  const put = (table: string, Item: Record<string, unknown>) => ({
    Put: { TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' },
  });
  return [
    put(tables.book, {
      pk: registrationKey(key),
      sk: registrationKey(key),
      ...registrationItem.encode({ dossierId: dossier.dossierId, request }),
    }),
    put(tables.book, { pk, sk: head, ...headKeys(dossier), ...z.encode(headItem, dossier) }),
    put(tables.book, {
      pk,
      sk: eventKey(event.number),
      ...agencyKeys(step),
      ...arrivalKeys(event),
      ...z.encode(eventItem, event),
    }),
    put(tables.book, {
      pk,
      sk: eventIdKey(event.eventId),
      ...portalKeys(step),
      ...eventIdItem.encode({ number: event.number }),
    }),
    put(tables.book, {
      pk: trackingKey(dossier.trackingCode),
      sk: trackingKey(dossier.trackingCode),
      ...trackingItem.encode({ dossierId: dossier.dossierId }),
    }),
    put(tables.people, {
      pk: personKey(dossier.personId),
      sk: applicant,
      ...applicantItem.encode(person),
      foldedName: fold(person.fullName),
    }),
  ];
}
