import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { roundDoor } from '../../adapters/dynamodb/doors/round.ts';
import { endpoint } from '../../adapters/http/endpoint.ts';
import { readRound as operation } from '../../contract/read-round.ts';
import { Env } from './env.ts';
import { readRound } from './read-round.ts';

const { BOOK_TABLE } = Env.parse(process.env);

export const handler = endpoint(operation, readRound(roundDoor(documentClient(), BOOK_TABLE), Date.now));
