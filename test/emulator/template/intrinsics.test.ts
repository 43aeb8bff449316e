import { describe, expect, it } from '@jest/globals';
import { resolve, resolveCondition, type Scope } from '../../../emulator/template/intrinsics.ts';
import type { Json } from '../../../emulator/template/json.ts';

const scope: Scope = {
  ref: (name) => `<${name}>`,
  attribute: (logicalId, attribute) => `<${logicalId}|${attribute}>`,
  condition: (name) => name === 'Yes',
  mapping: (map, key, name) => `${map}/${key}/${name}`,
};
function answer(value: Json) {
  return resolve(value, scope);
}

describe('an intrinsic function', () => {
  it.each<[Json, Json]>([
    [{ Ref: 'Book' }, '<Book>'],
    [{ 'Fn::GetAtt': ['Book', 'StreamArn'] }, '<Book|StreamArn>'],
    [{ 'Fn::GetAtt': 'Book.Arn' }, '<Book|Arn>'],
    [{ 'Fn::GetAtt': ['Nested', 'Outputs.Name'] }, '<Nested|Outputs.Name>'],
    [
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::', { Ref: 'Scans' }]] },
      'arn:<AWS::Partition>:s3:::<Scans>',
    ],
    [{ 'Fn::Join': ['/', { 'Fn::Split': ['-', 'a-b'] }] }, 'a/b'],
    [{ 'Fn::Sub': 'x-${AWS::Region}-${Book.Arn}-${!Literal}' }, 'x-<AWS::Region>-<Book|Arn>-${Literal}'],
    [{ 'Fn::Sub': ['${Own}/${Other}', { Own: { Ref: 'Book' } }] }, '<Book>/<Other>'],
    [{ 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    [{ 'Fn::Select': ['0', ['first']] }, 'first'],
    [{ 'Fn::If': ['Yes', 1, 2] }, 1],
    [{ 'Fn::If': ['No', 1, { Ref: 'Book' }] }, '<Book>'],
    [{ 'Fn::FindInMap': ['Hosts', { Ref: 'AWS::Region' }, 'name'] }, 'Hosts/<AWS::Region>/name'],
    [{ 'Fn::Base64': 'việc' }, 'dmnhu4dj'],
    [{ a: [{ Ref: 'Book' }, 1, true, null] }, { a: ['<Book>', 1, true, null] }],
  ])('an intrinsic function %j stands for %j', (value, expected) => {
    expect(answer(value)).toEqual(expected);
  });

  it('an intrinsic function leaves out what AWS::NoValue stands for, in objects and in lists', () => {
    const nothing = { 'Fn::If': ['No', 'here', { Ref: 'AWS::NoValue' }] };
    expect(answer({ kept: 1, gone: nothing, list: [nothing, 2] })).toEqual({ kept: 1, list: [2] });
  });

  it('an intrinsic function keeps a property that is called Condition but is an object, as policies have it', () => {
    expect(answer({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } })).toEqual({
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
  });

  it.each<[Json, string]>([
    [{ 'Fn::ImportValue': 'other' }, 'the function Fn::ImportValue is not known to the local cloud'],
    [{ 'Fn::Select': [3, ['a']] }, 'Fn::Select finds no item 3 in its list'],
    [{ 'Fn::Join': ['', 'no list'] }, 'Fn::Join wants a list and found "no list"'],
    [{ 'Fn::Join': ['', [{ a: 1, b: 2 }]] }, 'Fn::Join wants a text and found {"a":1,"b":2}'],
    [
      { 'Fn::Join': ['', [{ 'Fn::Select': [0, [{ Ref: 'AWS::NoValue' }]] }]] },
      'Fn::Select finds no item 0 in its list',
    ],
    [
      '{{resolve:secretsmanager:key}}',
      'the dynamic reference {{resolve:secretsmanager:key}} cannot be looked up on this machine',
    ],
  ])('an intrinsic function %j is refused in words', (value, message) => {
    expect(() => answer(value)).toThrow(message);
  });
});

describe('a condition', () => {
  it.each<[Json, boolean]>([
    [{ 'Fn::Equals': [{ Ref: 'A' }, '<A>'] }, true],
    [{ 'Fn::Equals': ['a', 'b'] }, false],
    [{ 'Fn::And': [{ Condition: 'Yes' }, { 'Fn::Not': [{ Condition: 'No' }] }] }, true],
    [{ 'Fn::Or': [{ Condition: 'No' }, { 'Fn::Equals': ['a', 'b'] }] }, false],
  ])('a condition %j is %j', (value, expected) => {
    expect(resolveCondition(value, scope)).toBe(expected);
  });

  it('a condition that is no condition is refused in words', () => {
    expect(() => resolveCondition('yes', scope)).toThrow('"yes" is not a condition');
    expect(() => resolveCondition({ 'Fn::Join': ['', []] }, scope)).toThrow('Fn::Join is not a function of conditions');
  });
});
