import { describe, expect, it } from '@jest/globals';
import { readPattern, UnknownPattern } from '../../../emulator/streams/event-pattern.ts';

const record = {
  eventName: 'INSERT',
  dynamodb: { Keys: { sk: { S: 'EVENT#0001' } }, NewImage: { milestone: { BOOL: true }, tags: { SS: ['a', 'b'] } } },
  size: 3,
};
function passes(pattern: unknown, event: unknown = record) {
  return readPattern(JSON.stringify(pattern))(event);
}

describe('a filter of a stream', () => {
  it.each([
    ['an exact value', { eventName: ['MODIFY', 'INSERT'] }, true],
    ['another value', { eventName: ['REMOVE'] }, false],
    ['a truth', { dynamodb: { NewImage: { milestone: { BOOL: [true] } } } }, true],
    ['a prefix', { dynamodb: { Keys: { sk: { S: [{ prefix: 'EVENT#' }] } } } }, true],
    ['another prefix', { dynamodb: { Keys: { sk: { S: [{ prefix: 'WAIT' }] } } } }, false],
    ['a suffix', { dynamodb: { Keys: { sk: { S: [{ suffix: '1' }] } } } }, true],
    ['a value without regard to case', { eventName: [{ 'equals-ignore-case': 'insert' }] }, true],
    ['all but some values', { eventName: [{ 'anything-but': ['INSERT', 'MODIFY'] }] }, false],
    ['all but other values', { eventName: [{ 'anything-but': 'REMOVE' }] }, true],
    ['all but a prefix', { dynamodb: { Keys: { sk: { S: [{ 'anything-but': { prefix: 'EVENT#' } }] } } } }, false],
    ['all but a value, of a field that is missing', { nothing: [{ 'anything-but': 'x' }] }, false],
    ['a field that is there', { dynamodb: { NewImage: { milestone: { BOOL: [{ exists: true }] } } } }, true],
    ['a field that is missing', { dynamodb: { NewImage: { place: { S: [{ exists: false }] } } } }, true],
    ['a field that ought to be missing', { eventName: [{ exists: false }] }, false],
    ['a number in a range', { size: [{ numeric: ['>', 2, '<=', 3] }] }, true],
    ['a number out of range', { size: [{ numeric: ['=', 2] }] }, false],
    ['one value of a list', { dynamodb: { NewImage: { tags: { SS: ['b'] } } } }, true],
    ['one pattern or another', { $or: [{ eventName: ['REMOVE'] }, { size: [3] }] }, true],
    ['every field of several', { eventName: ['INSERT'], size: [4] }, false],
  ])('a filter of a stream asks for %s', (_what, pattern, expected) => {
    expect(passes(pattern)).toBe(expected);
  });

  it.each([
    ['an operator that it does not know', { sk: [{ wildcard: 'a*' }] }, /"wildcard"/],
    ['an operator with the wrong operand', { sk: [{ prefix: 1 }] }, /"prefix" with 1/],
    ['a value outside of a list', { sk: 'WAIT' }, /"sk" takes a list/],
    ['a comparison that it does not know', { size: [{ numeric: ['~', 1] }] }, /"numeric"/],
  ])('a filter of a stream stops with a sentence at %s', (_what, pattern, message) => {
    expect(() => passes(pattern)).toThrow(UnknownPattern);
    expect(() => passes(pattern)).toThrow(message);
  });

  it('a filter of a stream stops with a sentence when it is not JSON', () => {
    expect(() => readPattern('{')).toThrow(UnknownPattern);
  });
});
