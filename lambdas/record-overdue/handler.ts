import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { dynamoGenerations } from '../../adapters/dynamodb/generations.ts';
import { overdueTask } from '../../adapters/stepfunctions/overdue-task.ts';
import { editions } from '../../domain/execution/editions.ts';
import { Env } from './env.ts';
import { recordOverdue } from './record-overdue.ts';

const { BOOK_TABLE } = Env.parse(process.env);

export const handler = overdueTask(recordOverdue(dynamoGenerations(documentClient(), BOOK_TABLE), editions, Date.now));
