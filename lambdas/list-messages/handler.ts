import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { messageDoor } from '../../adapters/dynamodb/doors/messages.ts';
import { endpoint } from '../../adapters/http/endpoint.ts';
import { listMessages as operation } from '../../contract/list-messages.ts';
import { Env } from './env.ts';
import { listMessages } from './list-messages.ts';

const { BOOK_TABLE } = Env.parse(process.env);

export const handler = endpoint(operation, listMessages(messageDoor(documentClient(), BOOK_TABLE)));
