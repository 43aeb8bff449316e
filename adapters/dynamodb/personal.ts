import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Dossier, Note } from '../../domain/journey/dossier.ts';
import type { Personal } from '../../domain/ports/book.ts';
import { applicant, contactKey, personKey, receiverKey } from './keys.ts';

type Writes = NonNullable<TransactWriteCommandInput['TransactItems']>;

/**
 * Keeps what an event says of people: who took the paper, or a corrected telephone number, with who corrected it and
 * when. Old numbers stay: the first beside the new one, each later one in its own correction.
 */
export function keepingPersonal(
  table: string,
  { personId }: Dossier,
  { eventId, receivedAt, by }: Pick<Note, 'eventId' | 'receivedAt' | 'by'>,
  { receiverName, phone }: Personal,
): Writes {
  const pk = personKey(personId);
  const receiver = { Put: { TableName: table, Item: { pk, sk: receiverKey(eventId), name: receiverName } } };
  const correction = {
    Put: {
      TableName: table,
      Item: { pk, sk: contactKey(eventId), field: 'phone', value: phone, by, at: new Date(receivedAt).toISOString() },
    },
  };
  const corrected = {
    Update: {
      TableName: table,
      Key: { pk, sk: applicant },
      UpdateExpression: 'SET firstPhone = if_not_exists(firstPhone, phone), phone = :phone',
      // Whoever has been erased is not brought back.
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':phone': phone },
    },
  };
  return [...(receiverName === undefined ? [] : [receiver]), ...(phone === undefined ? [] : [correction, corrected])];
}

/** Holds what an event is said to have told of people against what was kept, without reading it. */
export function comparingPersonal(
  table: string,
  personId: string,
  eventId: string,
  { receiverName, phone }: Personal,
): Writes {
  const is = (sk: string, attribute: string, value: string | undefined): Writes =>
    value === undefined
      ? []
      : [
          {
            ConditionCheck: {
              TableName: table,
              Key: { pk: personKey(personId), sk },
              ConditionExpression: 'attribute_not_exists(pk) OR #said = :said',
              ExpressionAttributeNames: { '#said': attribute },
              ExpressionAttributeValues: { ':said': value },
            },
          },
        ];
  return [...is(receiverKey(eventId), 'name', receiverName), ...is(contactKey(eventId), 'value', phone)];
}
