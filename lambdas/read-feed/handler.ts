import { feedCursors } from '../../adapters/cursor.ts';
import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { feedDoor } from '../../adapters/dynamodb/doors/subscriptions.ts';
import { endpoint } from '../../adapters/http/endpoint.ts';
import { readFeed as operation } from '../../contract/read-feed.ts';
import { Env } from './env.ts';
import { readFeed } from './read-feed.ts';

const { FEEDS_TABLE } = Env.parse(process.env);

export const handler = endpoint(
  operation,
  readFeed({ door: feedDoor(documentClient(), FEEDS_TABLE), cursors: feedCursors, now: Date.now }),
);
