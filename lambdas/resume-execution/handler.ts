import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { dynamoGenerations } from '../../adapters/dynamodb/generations.ts';
import { endedExecution } from '../../adapters/stepfunctions/ended-execution.ts';
import { Env } from './env.ts';
import { resumeExecution } from './resume-execution.ts';

const { BOOK_TABLE } = Env.parse(process.env);

export const handler = endedExecution(resumeExecution(dynamoGenerations(documentClient(), BOOK_TABLE), Date.now));
