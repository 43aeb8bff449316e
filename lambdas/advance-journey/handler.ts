import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { dynamoGenerations } from '../../adapters/dynamodb/generations.ts';
import { tellInOrder } from '../../adapters/dynamodb/stream.ts';
import { sfnClient, sfnExecutions } from '../../adapters/stepfunctions/executions.ts';
import { editions } from '../../domain/execution/editions.ts';
import { advanceJourney } from './advance-journey.ts';
import { env } from './env.ts';

const { BOOK_TABLE, STATE_MACHINE_ARN } = env.parse(process.env);

export const handler = tellInOrder(
  advanceJourney(
    dynamoGenerations(documentClient(), BOOK_TABLE),
    sfnExecutions(sfnClient(), STATE_MACHINE_ARN),
    editions,
    Date.now,
  ),
);
