import { dynamoBook } from '../../adapters/dynamodb/book.ts';
import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { tellInOrder } from '../../adapters/dynamodb/stream.ts';
import { deadLetters, sqsClient } from '../../adapters/sqs/dead-letters.ts';
import { statusQueue } from '../../adapters/sqs/status-queue.ts';
import { Env } from './env.ts';
import { mirrorStatus } from './mirror-status.ts';

const { BOOK_TABLE, STATUS_QUEUE_URL, DEAD_LETTER_QUEUE_URL } = Env.parse(process.env);
const sqs = sqsClient();

export const handler = tellInOrder(
  mirrorStatus(dynamoBook(documentClient(), BOOK_TABLE), statusQueue(sqs, STATUS_QUEUE_URL)),
  deadLetters(sqs, DEAD_LETTER_QUEUE_URL),
);
