import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readCases, type RecordedCase } from '../../../emulator/stepfunctions/asl-cases/cases.ts';
import { compare, type Observed } from '../../../emulator/stepfunctions/asl-cases/compare.ts';
import { runCase, throwAwayEndpoint, type Endpoint } from '../../../emulator/stepfunctions/asl-cases/run.ts';

const file = resolve(process.env['DOSSIER_POST_ASL_CASES'] ?? '../shared/asl/aws-recorded-cases.json');
const found = existsSync(file);
const cases = found ? readCases(file) : [];
if (!found)
  console.warn(`skipped: the executions that AWS recorded are not at ${file} (DOSSIER_POST_ASL_CASES names the file)`);

let endpoint: Endpoint;
beforeAll(async () => {
  endpoint = await throwAwayEndpoint();
});
afterAll(() => endpoint.close());

describe('an execution that AWS recorded', () => {
  if (!found)
    it.skip('an execution that AWS recorded has the same end and the same history here (the recordings are not here)', () =>
      undefined);
  for (const [index, recorded] of cases.entries()) {
    it(`an execution that AWS recorded has the same end and the same history here: ${recorded.id}`, async () => {
      expect(compare(recorded, await runCase(endpoint, recorded, `case-${index}`)).differences).toEqual([]);
    });
  }
});

describe('the comparison with a recording', () => {
  const recorded: RecordedCase = {
    id: 'a case',
    definition: {},
    input: {},
    lambdas: [],
    expected: {
      status: 'SUCCEEDED',
      output: { a: 1, id: '<uuid:1>' },
      history: [
        {
          id: 1,
          previousEventId: 0,
          timestamp: 'timestamp',
          type: 'ExecutionStarted',
          executionStartedEventDetails: { input: { b: 2 } },
        },
        { id: 2, previousEventId: 1, timestamp: 'timestamp', type: 'ExecutionSucceeded' },
      ],
    },
    placeholders: ['<uuid:1>'],
    masked: [],
  };
  const observed: Observed = {
    status: 'SUCCEEDED',
    output: '{"id":"0b5c","a":1}',
    history: [
      {
        id: 1,
        previousEventId: 0,
        timestamp: 1,
        type: 'ExecutionStarted',
        executionStartedEventDetails: { input: '{"b":2}' },
      },
      { id: 2, previousEventId: 1, timestamp: 2, type: 'ExecutionSucceeded' },
    ],
  };
  const [first, second] = observed.history;
  if (!first || !second) throw new Error('two events are written above');

  it('the comparison with a recording finds no difference in times, made-up ids and the order of fields', () => {
    expect(compare(recorded, observed)).toEqual({
      status: true,
      output: true,
      types: true,
      history: true,
      differences: [],
    });
  });

  it('the comparison with a recording tells another status, and another output', () => {
    expect(compare(recorded, { ...observed, status: 'FAILED', output: '{"id":"0b5c","a":2}' })).toMatchObject({
      status: false,
      output: false,
    });
    expect(compare(recorded, { ...observed, error: 'E' })).toMatchObject({ output: false });
  });

  it('the comparison with a recording tells another order, a missing event and one too many', () => {
    expect(compare(recorded, { ...observed, history: [second, first] }).types).toBe(false);
    expect(compare(recorded, { ...observed, history: [first] })).toMatchObject({ types: false, history: false });
    expect(compare(recorded, { ...observed, history: [first, second, { ...second, id: 3 }] })).toMatchObject({
      types: false,
      history: false,
    });
  });

  it('the comparison with a recording tells other details and another predecessor', () => {
    const details = { ...first, executionStartedEventDetails: { input: '{"b":3}' } };
    expect(compare(recorded, { ...observed, history: [details, second] })).toMatchObject({
      types: true,
      history: false,
    });
    expect(compare(recorded, { ...observed, history: [first, { ...second, previousEventId: 0 }] })).toMatchObject({
      types: true,
      history: false,
    });
  });
});
