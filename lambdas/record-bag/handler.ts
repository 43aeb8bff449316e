import { dynamoBags } from '../../adapters/dynamodb/bags.ts';
import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { takingInBags } from '../../adapters/dynamodb/doors/reports.ts';
import { endpoint, thrownProblem } from '../../adapters/http/endpoint.ts';
import { count } from '../../adapters/count.ts';
import { pause } from '../../adapters/pause.ts';
import { recordBag as operation } from '../../contract/record-bag.ts';
import { Env } from './env.ts';
import { recordBag } from './record-bag.ts';

const { BOOK_TABLE } = Env.parse(process.env);
const client = documentClient();
const bags = dynamoBags(client, BOOK_TABLE);
const door = { client, book: BOOK_TABLE, now: Date.now, pause };

export const handler = endpoint(
  operation,
  recordBag(takingInBags(door, bags), bags, Date.now, (thrown, dossierId) => {
    count('ItemsFailed', 1);
    return thrownProblem(thrown, { dossierId });
  }),
);
