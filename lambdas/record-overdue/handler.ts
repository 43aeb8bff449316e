import { dynamoBook } from '../../adapters/dynamodb/book.ts';
import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { overdueTask } from '../../adapters/stepfunctions/overdue-task.ts';
import { env } from './env.ts';
import { recordOverdue } from './record-overdue.ts';

const { BOOK_TABLE } = env.parse(process.env);

export const handler = overdueTask(recordOverdue(dynamoBook(documentClient(), BOOK_TABLE), Date.now));
