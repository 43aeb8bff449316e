import { describe, expect, it } from '@jest/globals';
import { parseJsonStrictly } from '../../../adapters/http/json.ts';

describe('JSON that is read strictly', () => {
  it.each([
    '{"a":"b","b":"a"}',
    '{"a":"a"}',
    '{"a":["a","a","b"],"b":[{"a":1},{"a":2}]}',
    '{"a":{"a":{"a":1}},"b":{"a":1}}',
    '[{"a":1},{"a":1},"a","a"]',
    '{"a":"{\\"a\\":1,\\"a\\":2}"}',
    '{"a":"\\\\","b":1}',
    '{"đ":1,"d":2}',
    '"a"',
    '7',
    'null',
    '{}',
    '[]',
  ])('%s says no key twice, and is read as it is everywhere', (text) => {
    expect(parseJsonStrictly(text)).toEqual(JSON.parse(text));
  });

  it.each([
    ['{"a":1,"a":1}', '/a'],
    ['{"a":1,"\\u0061":2}', '/a'],
    ['{"é":1,"e\u0301":2}', '/e\u0301'],
    ['{"a":"x","b":"y","a":"z"}', '/a'],
    ['{"a":{"b":1,"c":[],"b":2}}', '/a/b'],
    ['{"a":[1,{"b":1},{"c":1,"c":2}]}', '/a/2/c'],
    ['[[],[{"a":1,"a":2}]]', '/1/0/a'],
    ['{"a/b":1,"a/b":2}', '/a~1b'],
    ['{"a~b":1,"a~b":2}', '/a~0b'],
    ['{"a":{"x":1},"b":1,"b":2}', '/b'],
    ['{"":1,"":2}', '/'],
  ])('%s is refused, and the key that is there twice is pointed at: %s', (text, pointer) => {
    expect(() => parseJsonStrictly(text)).toThrow(expect.objectContaining({ name: 'DuplicateKey', pointer }));
  });

  it.each(['', '{', '{"a":1,}', "{'a':1}", '{"a":1}{"a":1}', 'undefined'])('%j is no JSON at all', (text) => {
    expect(() => parseJsonStrictly(text)).toThrow(SyntaxError);
  });
});
