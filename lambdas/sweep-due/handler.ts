import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { dynamoDue } from '../../adapters/dynamodb/due.ts';
import { isUnreadable } from '../../adapters/dynamodb/unreadable.ts';
import { scheduledSweep } from '../../adapters/sweep.ts';
import { Env } from './env.ts';
import { sweepDue } from './sweep-due.ts';

const { BOOK_TABLE } = Env.parse(process.env);

export const handler = scheduledSweep(sweepDue(dynamoDue(documentClient(), BOOK_TABLE), isUnreadable, Date.now));
