import { count } from '../../adapters/count.ts';
import { dynamoBags } from '../../adapters/dynamodb/bags.ts';
import { dynamoDesk } from '../../adapters/dynamodb/book.ts';
import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { dynamoDue } from '../../adapters/dynamodb/due.ts';
import { isUnreadable } from '../../adapters/dynamodb/unreadable.ts';
import { pause } from '../../adapters/pause.ts';
import { scheduledRound } from '../../adapters/scheduled-round.ts';
import { finishBag } from '../../domain/custody/finish-bag.ts';
import { Env } from './env.ts';
import { sweepDue } from './sweep-due.ts';

const { BOOK_TABLE } = Env.parse(process.env);
const client = documentClient();
// A bag says nothing of people: their table is never asked.
const desk = dynamoDesk(client, { book: BOOK_TABLE, people: 'none' });

export const handler = scheduledRound(
  'swept',
  sweepDue(
    dynamoDue(client, BOOK_TABLE),
    isUnreadable,
    Date.now,
    finishBag({ book: desk, now: Date.now, pause }, dynamoBags(client, BOOK_TABLE)),
  ),
  ({ standing }) => count('Findings', standing),
);
