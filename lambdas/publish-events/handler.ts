import { dynamoArrivals } from '../../adapters/dynamodb/arrivals.ts';
import { dynamoBook } from '../../adapters/dynamodb/book.ts';
import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { dynamoFeeds } from '../../adapters/dynamodb/feeds.ts';
import { tellEachInOrder } from '../../adapters/dynamodb/stream.ts';
import { dynamoTellings } from '../../adapters/dynamodb/tellings.ts';
import { deadLetters, sqsClient } from '../../adapters/sqs/dead-letters.ts';
import { wakingThrough } from '../../adapters/sqs/wakes.ts';
import { statusQueue } from '../../adapters/sqs/status-queue.ts';
import { announce } from './announce.ts';
import { Env } from './env.ts';
import { mirrorStatus } from './mirror-status.ts';
import { publishBatch } from './publish-batch.ts';
import { publishEvents } from './publish-events.ts';

const { BOOK_TABLE, FEEDS_TABLE, WAKE_QUEUE_URL, STATUS_QUEUE_URL, DEAD_LETTER_QUEUE_URL, FEED_SOURCE } = Env.parse(
  process.env,
);
const client = documentClient();
const sqs = sqsClient();
const feeds = dynamoFeeds(client, FEEDS_TABLE);
const setAside = deadLetters(sqs, DEAD_LETTER_QUEUE_URL);

export const handler = publishBatch(
  {
    subscriptions: feeds.subscriptions,
    publish: publishEvents({ book: dynamoArrivals(client, BOOK_TABLE), feeds, source: FEED_SOURCE, now: Date.now }),
    wake: wakingThrough(sqs, WAKE_QUEUE_URL),
    announce: announce(dynamoBook(client, BOOK_TABLE), dynamoTellings(client, BOOK_TABLE), Date.now),
    mirror: mirrorStatus(dynamoBook(client, BOOK_TABLE), statusQueue(sqs, STATUS_QUEUE_URL)),
  },
  (tell) => tellEachInOrder(tell, setAside),
);
