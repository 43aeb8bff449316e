import { afterAll, beforeAll } from '@jest/globals';
import { dynamoPrints } from '../../../adapters/dynamodb/prints.ts';
import { countsPrints } from '../../doubles/prints.suite.ts';
import { startTables, type Tables } from './tables.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(async () => tables.close());

countsPrints('on DynamoDB', async () => dynamoPrints(tables.client, 'Book'));
