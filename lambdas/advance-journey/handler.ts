import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { dynamoGenerations } from '../../adapters/dynamodb/generations.ts';
import { tellInOrder } from '../../adapters/dynamodb/stream.ts';
import { deadLetters, sqsClient } from '../../adapters/sqs/dead-letters.ts';
import { sfnClient, sfnExecutions } from '../../adapters/stepfunctions/executions.ts';
import { editions } from '../../domain/execution/editions.ts';
import { advanceJourney } from './advance-journey.ts';
import { Env } from './env.ts';

const { BOOK_TABLE, STATE_MACHINE_ARN, DEAD_LETTER_QUEUE_URL } = Env.parse(process.env);

export const handler = tellInOrder(
  advanceJourney(
    dynamoGenerations(documentClient(), BOOK_TABLE),
    sfnExecutions(sfnClient(), STATE_MACHINE_ARN),
    editions,
    Date.now,
  ),
  deadLetters(sqsClient(), DEAD_LETTER_QUEUE_URL),
);
