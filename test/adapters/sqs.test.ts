import { describe, expect, it } from '@jest/globals';
import { letterIn } from '../../adapters/sqs/dead-letters.ts';

const dossierId = 'd-3v7h2qk9m4e8x1c6t5w0b2n7rz';
const event = { 'detail-type': 'Step Functions Execution Status Change', 'detail': { name: `${dossierId}-3` } };

describe('a dead letter', () => {
  it.each([
    ['what was set aside by name', { dossierId, reason: 'UnreadableItem' }],
    ['an event that EventBridge could not deliver', event],
    ['a call that failed for good', { version: '1.0', requestPayload: event, responsePayload: {} }],
  ])('a dead letter names its dossier: %s', (_what, body) => {
    expect(letterIn(body)).toEqual({ dossierId });
  });

  it('a dead letter names nobody where Lambda gave up on records of the stream', () => {
    expect(letterIn({ DDBStreamBatchInfo: { shardId: 's', startSequenceNumber: '1' } })).toBe('records');
  });

  it.each([
    ['a sweep that failed', { requestPayload: { 'detail-type': 'Scheduled Event', 'detail': {} } }],
    ['an execution of somebody else', { detail: { name: 'another-1' } }],
    ['no letter at all', undefined],
    ['a word', 'hello'],
  ])('a dead letter is about nothing that has to be done: %s', (_what, body) => {
    expect(letterIn(body)).toBe('nothing');
  });
});
