import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { takingInAll } from '../../adapters/dynamodb/doors/reports.ts';
import { endpoint, thrownProblem } from '../../adapters/http/endpoint.ts';
import { count } from '../../adapters/count.ts';
import { pause } from '../../adapters/pause.ts';
import { recordEvents as operation } from '../../contract/record-events.ts';
import { Env } from './env.ts';
import { recordEvents } from './record-events.ts';

const { BOOK_TABLE, PEOPLE_TABLE } = Env.parse(process.env);
const door = { client: documentClient(), book: BOOK_TABLE, people: PEOPLE_TABLE, now: Date.now, pause };

export const handler = endpoint(
  operation,
  recordEvents(takingInAll(door), (thrown, dossierId) => {
    count('ItemsFailed', 1);
    return thrownProblem(thrown, { dossierId });
  }),
);
