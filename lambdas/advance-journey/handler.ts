import { SFNClient } from '@aws-sdk/client-sfn';
import { dynamoBook } from '../../adapters/dynamodb/book.ts';
import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { tellInOrder } from '../../adapters/dynamodb/stream.ts';
import { sfnExecutions } from '../../adapters/stepfunctions/executions.ts';
import { advanceJourney } from './advance-journey.ts';
import { env } from './env.ts';

const { BOOK_TABLE, STATE_MACHINE_ARN } = env.parse(process.env);

export const handler = tellInOrder(advanceJourney(dynamoBook(documentClient(), BOOK_TABLE), sfnExecutions(new SFNClient({}), STATE_MACHINE_ARN)));
