import { afterAll, beforeAll } from '@jest/globals';
import { dynamoTellings } from '../../../adapters/dynamodb/tellings.ts';
import { keepsTellings } from '../../doubles/tellings.suite.ts';
import { startTables, type Tables } from './tables.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(async () => tables.close());

keepsTellings('on DynamoDB', async () => dynamoTellings(tables.client, 'Book'));
