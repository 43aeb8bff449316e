import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dynamoKeptAnswers } from '../../../adapters/dynamodb/kept-answers.ts';
import { keepsAnswers } from '../../doubles/kept-answers.suite.ts';
import { startTables, type Tables } from './tables.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(async () => tables.close());

keepsAnswers('in the table of people', () => dynamoKeptAnswers(tables.client, 'People'));

// Holds ADR 0034.
describe('an answer in the table of people', () => {
  it('an answer has the second of its end, by which the table sweeps it away', async () => {
    const claim = { key: 'swept', request: 'request', holder: 'first', now: Date.parse('2026-11-24T01:00:00Z') };
    const answers = dynamoKeptAnswers(tables.client, 'People');
    await answers.claim(claim);
    await answers.keep(claim, { statusCode: 201, headers: {}, body: '{}' });
    expect((await tables.everything('People')).find(({ pk }) => pk === 'ANSWER#swept')).toMatchObject({
      expiresAt: Date.parse('2026-12-01T01:00:00Z') / 1000,
    });
  });
});
