import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { BootedType } from '../../../emulator/template/resource-types.ts';
import { readAssembly } from '../../../emulator/template/read-assembly.ts';
import { readStack, type Stack } from '../../../emulator/template/read-stack.ts';
import { place, writeAssembly } from './small-assembly.ts';

function read(template: unknown, assets: Record<string, string> = {}): Stack {
  return readStack(readAssembly(writeAssembly(template, assets)), place);
}
function only(stack: Stack, type: BootedType) {
  const [resource, ...more] = stack.ofType(type);
  if (resource === undefined || more.length > 0) throw new Error('not exactly one');
  return resource;
}

describe('a stack', () => {
  it('a stack gives every resource the same name on every start', () => {
    const template = { Resources: { Book1A2B: { Type: 'AWS::DynamoDB::Table', Properties: {} } } };
    expect(only(read(template), 'AWS::DynamoDB::Table').ref).toBe('Small-Book1A2B');
    expect(read(template).ofType('AWS::DynamoDB::Table')).toEqual(read(template).ofType('AWS::DynamoDB::Table'));
  });

  it('a stack keeps the names that the template gives, also when they are made of others', () => {
    const stack = read({
      Resources: {
        Book: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'book' } },
        Follower: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            FunctionName: { 'Fn::Join': ['-', [{ Ref: 'Book' }, 'follower']] },
            Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
          },
        },
        Role: { Type: 'AWS::IAM::Role' },
      },
    });
    expect(only(stack, 'AWS::Lambda::Function')).toMatchObject({
      ref: 'book-follower',
      attributes: { Arn: 'arn:aws:lambda:ap-southeast-1:000000000000:function:book-follower' },
      properties: { Role: 'arn:aws:iam::000000000000:role/Small-Role' },
    });
  });

  it('a stack shortens a name that AWS would not take, and keeps two of them apart', () => {
    const long = 'AdvanceJourneyFunctionWithAVeryLongNameIndeedWhichNobodyShouldGive';
    const stack = read({
      Resources: { [`${long}A`]: { Type: 'AWS::Lambda::Function' }, [`${long}B`]: { Type: 'AWS::Lambda::Function' } },
    });
    const names = stack.ofType('AWS::Lambda::Function').map(({ ref }) => ref);
    expect(names.map((name) => name.length)).toEqual([64, 64]);
    expect(new Set(names).size).toBe(2);
  });

  it('a stack names buckets in lower case', () => {
    expect(only(read({ Resources: { Scans: { Type: 'AWS::S3::Bucket' } } }), 'AWS::S3::Bucket').ref).toBe(
      'small-scans',
    );
  });

  it('a stack lets the authorizer and the issuer agree on the address of the user pool', () => {
    const stack = read({
      Resources: {
        People: { Type: 'AWS::Cognito::UserPool' },
        Portal: { Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId: { Ref: 'People' } } },
        Door: {
          Type: 'AWS::ApiGatewayV2::Authorizer',
          Properties: {
            JwtConfiguration: {
              Audience: [{ Ref: 'Portal' }],
              Issuer: {
                'Fn::Join': [
                  '',
                  ['https://cognito-idp.', { Ref: 'AWS::Region' }, '.amazonaws.com/', { Ref: 'People' }],
                ],
              },
            },
          },
        },
      },
    });
    const pool = only(stack, 'AWS::Cognito::UserPool');
    expect(pool.ref).toMatch(/^ap-southeast-1_[a-z0-9]{9}$/);
    const { ref: client } = only(stack, 'AWS::Cognito::UserPoolClient');
    expect(only(stack, 'AWS::ApiGatewayV2::Authorizer').properties).toEqual({
      JwtConfiguration: { Audience: [client], Issuer: pool.attributes['ProviderURL'] },
    });
  });

  it('a stack passes over what only AWS can keep, and says why', () => {
    const stack = read({
      Resources: {
        Log: { Type: 'AWS::Logs::LogGroup' },
        Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { Period: { 'Fn::ImportValue': 'not looked at' } } },
      },
    });
    expect(stack.inert).toEqual([
      { logicalId: 'Log', type: 'AWS::Logs::LogGroup', reason: 'logs are files in the data directory' },
      { logicalId: 'Alarm', type: 'AWS::CloudWatch::Alarm', reason: 'there are no metrics on this machine' },
    ]);
  });

  it('a stack leaves out a resource whose condition does not hold', () => {
    const stack = read({
      Conditions: { Elsewhere: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] } },
      Resources: { Unknown: { Type: 'AWS::Never::Heard', Condition: 'Elsewhere' } },
    });
    expect(stack.inert).toEqual([]);
  });

  it('a stack takes the default of a parameter', () => {
    const stack = read({
      Parameters: { Name: { Type: 'String', Default: 'book' } },
      Resources: { Book: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: { Ref: 'Name' } } } },
    });
    expect(only(stack, 'AWS::DynamoDB::Table').ref).toBe('book');
  });

  it('a stack finds the folder of an asset by its key in the bootstrap bucket', () => {
    const directory = writeAssembly({ Resources: {} }, { abc123: 'asset.abc123' });
    const stack = readStack(readAssembly(directory), place);
    expect(stack.assetFolder('abc123.zip')).toBe(join(directory, 'asset.abc123'));
    expect(() => stack.assetFolder('other.zip')).toThrow(
      `The asset other.zip is not listed in ${join(directory, 'Small.assets.json')}.`,
    );
  });
});

describe('what cannot be run here stops the start with a sentence that names the resource and the file', () => {
  it.each<[string, unknown, string]>([
    [
      'an unknown type',
      { Pump: { Type: 'AWS::Oil::Pump' } },
      'Cannot run the resource Pump of type AWS::Oil::Pump in FILE: the local cloud does not know this type; teach it in emulator/template/resource-types.ts.',
    ],
    [
      'a function of CloudFormation that is not known',
      { Book: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: { 'Fn::ImportValue': 'x' } } } },
      'Cannot run the resource Book of type AWS::DynamoDB::Table in FILE: the function Fn::ImportValue is not known to the local cloud.',
    ],
    [
      'a reference into the void',
      { Book: { Type: 'AWS::DynamoDB::Table', Properties: { Tags: [{ Ref: 'Nobody' }] } } },
      'Cannot run the resource Book of type AWS::DynamoDB::Table in FILE: it refers to Nobody, which is not in the template.',
    ],
    [
      'an attribute that is not known',
      { Book: { Type: 'AWS::S3::Bucket', Properties: { Tags: [{ 'Fn::GetAtt': ['Book', 'Colour'] }] } } },
      'Cannot run the resource Book of type AWS::S3::Bucket in FILE: it asks for Book.Colour, which the local cloud does not know.',
    ],
    [
      'a name made of itself',
      { Book: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: { Ref: 'Book' } } } },
      'Cannot run the resource Book of type AWS::DynamoDB::Table in FILE: the name of Book refers to itself.',
    ],
    [
      'a condition that is not there',
      { Book: { Type: 'AWS::DynamoDB::Table', Condition: 'Moon' } },
      'Cannot run the resource Book of type AWS::DynamoDB::Table in FILE: the condition Moon is not in the template.',
    ],
  ])('what cannot be run here stops the start with a sentence when it has %s', (_, Resources, sentence) => {
    const assembly = readAssembly(writeAssembly({ Resources }));
    expect(() => readStack(assembly, place)).toThrow(sentence.replace('FILE', assembly.templateFile));
  });

  it('a directory without a template stops the start with a sentence', () => {
    expect(() => readAssembly('/nowhere')).toThrow('There is no synthesized template in /nowhere.');
  });

  it('a template that is broken stops the start with a sentence', () => {
    const directory = writeAssembly({ Resources: [] });
    expect(() => readAssembly(directory)).toThrow(
      `${join(directory, 'Small.template.json')} cannot be read as part of a synthesized template.`,
    );
  });
});
