import { dynamoBags } from '../../adapters/dynamodb/bags.ts';
import { dynamoDesk } from '../../adapters/dynamodb/book.ts';
import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { endpoint, thrownProblem } from '../../adapters/http/endpoint.ts';
import { count } from '../../adapters/count.ts';
import { pause } from '../../adapters/pause.ts';
import { recordBag as operation } from '../../contract/record-bag.ts';
import { Env } from './env.ts';
import { recordBag } from './record-bag.ts';

const { BOOK_TABLE } = Env.parse(process.env);
const client = documentClient();
// A bag says nothing of people: their table is never asked.
const book = dynamoDesk(client, { book: BOOK_TABLE, people: 'none' });

export const handler = endpoint(
  operation,
  recordBag({ book, now: Date.now, pause }, dynamoBags(client, BOOK_TABLE), (thrown, dossierId) => {
    count('ItemsFailed', 1);
    return thrownProblem(thrown, { dossierId });
  }),
);
