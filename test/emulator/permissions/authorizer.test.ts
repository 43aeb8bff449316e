import { describe, expect, it } from '@jest/globals';
import { createAuthorizer } from '../../../emulator/permissions/authorizer.ts';
import { statementsByRole, type IamResource } from '../../../emulator/permissions/roles.ts';
import { readStatements } from '../../../emulator/permissions/statements.ts';

const account = { region: 'ap-southeast-1', accountId: '000000000000', emailIdentities: ['post.example'] };
function table(name: string) {
  return `arn:aws:dynamodb:ap-southeast-1:000000000000:table/${name}`;
}
const machine = 'arn:aws:states:ap-southeast-1:000000000000:stateMachine:Journey';

function allow(Action: string | string[], Resource: string | string[]) {
  return { Effect: 'Allow', Action, Resource };
}
function deny(Action: string | string[], Resource: string | string[]) {
  return { Effect: 'Deny', Action, Resource };
}

/** Whether a function with these statements may make this call, and in which words not. */
function judge(statements: unknown[], target: string, body: unknown) {
  const principal = {
    roleName: 'Role',
    sessionName: 'register-dossier',
    statements: readStatements({ Version: '2012-10-17', Statement: statements }),
  };
  const answer = createAuthorizer((accessKeyId) => (accessKeyId === 'function' ? principal : undefined), account).gate(
    'function',
    target,
    body,
  );
  return answer === undefined ? 'may' : answer.body;
}
function put(TableName: string) {
  return { Put: { TableName, Item: {} } };
}

describe('a function on this machine', () => {
  it('a function on this machine may do what its role grants', () => {
    expect(
      judge([allow(['dynamodb:GetItem', 'dynamodb:PutItem'], table('Book'))], 'DynamoDB_20120810.PutItem', {
        TableName: 'Book',
      }),
    ).toBe('may');
  });

  it.each([
    ['another action', 'DynamoDB_20120810.DeleteItem', { TableName: 'Book' }],
    ['another table', 'DynamoDB_20120810.PutItem', { TableName: 'People' }],
    ['a table whose name only begins alike', 'DynamoDB_20120810.PutItem', { TableName: 'Book2' }],
    ['an index of its table', 'DynamoDB_20120810.Query', { TableName: 'Book', IndexName: 'byDue' }],
    ['no table at all', 'DynamoDB_20120810.ListTables', {}],
    ['another service', 'AWSStepFunctions.StartExecution', { stateMachineArn: machine }],
    ['a telephone', 'SNS.Publish', { PhoneNumber: '+84912345678' }],
    ['a mailbox', 'SES.SendEmail', { FromEmailAddress: 'noreply@post.example' }],
  ])('a function on this machine may not reach for %s', (_what, target, body) => {
    expect(judge([allow(['dynamodb:PutItem', 'dynamodb:Query'], table('Book'))], target, body)).toMatchObject({
      message: expect.stringMatching(/is not authorized to perform/),
    });
  });

  it.each(['__proto__', 'constructor', 'toString'])(
    'a function on this machine may not do in a transaction what is called %s',
    (kind) => {
      const items: unknown = JSON.parse(
        `{"TransactItems":[{"${kind}":{"TableName":"Book"}},{"Delete":{"TableName":"Book"}}]}`,
      );
      expect(
        judge([allow('dynamodb:PutItem', table('Book'))], 'DynamoDB_20120810.TransactWriteItems', items),
      ).toMatchObject({
        message: expect.stringMatching(/perform: dynamodb:(constructor|toString|DeleteItem) on resource/),
      });
    },
  );

  it('a function on this machine is refused in the words of AWS', () => {
    expect(judge([], 'DynamoDB_20120810.PutItem', { TableName: 'People' })).toEqual({
      __type: 'com.amazon.coral.service#AccessDeniedException',
      message: `User: arn:aws:sts::000000000000:assumed-role/Role/register-dossier is not authorized to perform: dynamodb:PutItem on resource: ${table('People')} because no identity-based policy allows the dynamodb:PutItem action`,
    });
  });

  it('a function on this machine may write a transaction when each of its parts is granted, and not when one is missing', () => {
    const TransactItems = [put('Book'), { ConditionCheck: { TableName: 'Book' } }, put('People')];
    const grants = [
      allow(['dynamodb:PutItem', 'dynamodb:ConditionCheckItem'], table('Book')),
      allow('dynamodb:PutItem', table('People')),
    ];
    expect(judge(grants, 'DynamoDB_20120810.TransactWriteItems', { TransactItems })).toBe('may');
    expect(judge(grants.slice(0, 1), 'DynamoDB_20120810.TransactWriteItems', { TransactItems })).toMatchObject({
      message: expect.stringContaining(table('People')),
    });
    expect(
      judge([allow('dynamodb:PutItem', '*')], 'DynamoDB_20120810.TransactWriteItems', { TransactItems }),
    ).toMatchObject({ message: expect.stringContaining('dynamodb:ConditionCheckItem') });
  });

  it('a function on this machine that may ask for one attribute gets no other, nor the whole item', () => {
    const Condition = {
      'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk', 'phone'] },
      'StringEqualsIfExists': { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
    };
    const only = [{ ...allow('dynamodb:GetItem', table('People')), Condition }];
    const get = (more: Readonly<Record<string, unknown>>) =>
      judge(only, 'DynamoDB_20120810.GetItem', { TableName: 'People', Key: { pk: {}, sk: {} }, ...more });
    const named = { ProjectionExpression: '#p', ExpressionAttributeNames: { '#p': 'phone' } };
    expect([get({ ProjectionExpression: 'phone' }), get(named)]).toEqual(['may', 'may']);
    for (const more of [{}, { ProjectionExpression: 'phone, address' }, { ProjectionExpression: 'receiver.phone' }])
      expect(get(more)).toMatchObject({ message: expect.stringContaining('dynamodb:GetItem') });
    expect(
      judge(only, 'DynamoDB_20120810.Query', { TableName: 'People', ProjectionExpression: 'phone' }),
    ).toMatchObject({ message: expect.stringContaining('dynamodb:Query') });
  });

  it('a function on this machine may write a batch when each of its tables is granted', () => {
    const RequestItems = { Book: [], People: [] };
    expect(
      judge([allow('dynamodb:BatchWriteItem', [table('Book'), table('People')])], 'DynamoDB_20120810.BatchWriteItem', {
        RequestItems,
      }),
    ).toBe('may');
    expect(
      judge([allow('dynamodb:BatchWriteItem', table('Book'))], 'DynamoDB_20120810.BatchWriteItem', { RequestItems }),
    ).toMatchObject({ message: expect.stringContaining(table('People')) });
  });

  it.each([
    [
      'an index',
      'dynamodb:Query',
      `${table('Book')}/index/*`,
      'DynamoDB_20120810.Query',
      { TableName: 'Book', IndexName: 'byDue' },
    ],
    [
      'a table named by its ARN',
      'dynamodb:GetItem',
      table('Book'),
      'DynamoDB_20120810.GetItem',
      { TableName: table('Book') },
    ],
    ['every action of a kind', 'dynamodb:Get*', table('B??k'), 'DynamoDB_20120810.GetItem', { TableName: 'Book' }],
    ['an action in whatever case', 'DynamoDB:getitem', '*', 'DynamoDB_20120810.GetItem', { TableName: 'Book' }],
    ['everything', '*', '*', 'AWSStepFunctions.ListStateMachines', {}],
    [
      'a stream',
      'dynamodb:DescribeStream',
      `${table('Book')}/stream/*`,
      'DynamoDBStreams_20120810.DescribeStream',
      { StreamArn: `${table('Book')}/stream/local` },
    ],
    ['a start', 'states:StartExecution', machine, 'AWSStepFunctions.StartExecution', { stateMachineArn: machine }],
    ['an answer to a task', 'states:SendTaskSuccess', machine, 'AWSStepFunctions.SendTaskSuccess', { taskToken: 't' }],
    ['a text message', 'sns:Publish', '*', 'SNS.Publish', { PhoneNumber: '+84912345678' }],
    [
      'an e-mail from an address below its domain',
      'ses:SendEmail',
      'arn:aws:ses:ap-southeast-1:000000000000:identity/post.example',
      'SES.SendEmail',
      { FromEmailAddress: 'Post <noreply@mail.post.example>' },
    ],
    [
      'a message',
      'sqs:SendMessage',
      'arn:aws:sqs:ap-southeast-1:000000000000:left',
      'AmazonSQS.SendMessage',
      { QueueUrl: 'http://127.0.0.1:4566/000000000000/left' },
    ],
  ])('a function on this machine may do what is granted by %s', (_what, action, resource, target, body) => {
    expect(judge([allow(action, resource)], target, body)).toBe('may');
    expect(judge([allow('dynamodb:Nothing', resource)], target, body)).toMatchObject({
      message: expect.stringContaining('not authorized'),
    });
  });

  it('a function on this machine may not do what is denied, whatever else allows it', () => {
    const statements = [allow('dynamodb:*', '*'), deny('dynamodb:DeleteItem', table('Book'))];
    expect(judge(statements, 'DynamoDB_20120810.DeleteItem', { TableName: 'Book' })).toMatchObject({
      message: expect.stringMatching(/with an explicit deny in an identity-based policy$/),
    });
    expect(judge(statements, 'DynamoDB_20120810.DeleteItem', { TableName: 'People' })).toBe('may');
  });

  it('a function on this machine reaches only the objects that are granted', () => {
    const statements = readStatements({ Statement: allow('s3:PutObject', 'arn:aws:s3:::scans/quarantine/*') });
    const { authorize } = createAuthorizer(
      () => ({ roleName: 'Role', sessionName: 'request-scan-upload', statements }),
      account,
    );
    expect(authorize('function', 's3:PutObject', 'arn:aws:s3:::scans/quarantine/a/b')).toBeUndefined();
    expect(authorize('function', 's3:PutObject', 'arn:aws:s3:::scans/verified/a')).toBe(
      'User: arn:aws:sts::000000000000:assumed-role/Role/request-scan-upload is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::scans/verified/a" because no identity-based policy allows the s3:PutObject action',
    );
  });
});

describe('the owner of this machine', () => {
  it('the owner of this machine may do all', () => {
    const { gate, authorize } = createAuthorizer(() => undefined, account);
    expect([
      gate('local', 'DynamoDB_20120810.DeleteTable', { TableName: 'Book' }),
      authorize('local', 's3:DeleteObject', 'arn:aws:s3:::scans/a'),
    ]).toEqual([undefined, undefined]);
  });
});

describe('the roles of a template', () => {
  const document = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement });
  const policy = (properties: unknown): IamResource => ({
    type: 'AWS::IAM::Policy',
    logicalId: 'TheirPolicy',
    ref: 'p',
    properties,
  });
  const role = (properties: unknown): IamResource => ({
    type: 'AWS::IAM::Role',
    logicalId: 'TheRole',
    ref: 'role-name',
    properties,
  });

  it('the roles of a template have the statements of their own policies and of those attached to them', () => {
    const roles = statementsByRole([
      policy({ PolicyDocument: document(allow('dynamodb:GetItem', table('Book'))), Roles: ['role-name'] }),
      role({
        Policies: [
          { PolicyName: 'own', PolicyDocument: document(allow(['s3:GetObject', 'xray:PutTraceSegments'], '*')) },
        ],
      }),
    ]);
    expect(roles.get('role-name')).toEqual([
      { effect: 'Allow', actions: ['dynamodb:getitem'], resources: [table('Book')] },
      { effect: 'Allow', actions: ['s3:getobject'], resources: ['*'] },
    ]);
  });

  it('the roles of a template may have conditions on what this machine has nothing of', () => {
    const kms = {
      ...allow('kms:Decrypt', '*'),
      Condition: { StringEquals: { 'kms:ViaService': 's3.ap-southeast-1.amazonaws.com' } },
    };
    expect(
      statementsByRole([policy({ PolicyDocument: document(kms), Roles: ['role-name'] })]).get('role-name'),
    ).toEqual([]);
  });

  it.each([
    [
      'a condition',
      policy({
        PolicyDocument: document({
          ...allow('dynamodb:GetItem', '*'),
          Condition: { Bool: { 'aws:SecureTransport': 'true' } },
        }),
        Roles: ['r'],
      }),
      /TheirPolicy .*judges no such conditions/,
    ],
    [
      'all actions but some',
      policy({ PolicyDocument: document({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }), Roles: ['r'] }),
      /TheirPolicy/,
    ],
    [
      'a managed policy that is not known',
      role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/Unheard'] }),
      /TheRole .*managed policy Unheard/s,
    ],
  ])('the roles of a template stop the start, by name, when they say %s', (_what, resource, message) => {
    expect(() => statementsByRole([resource])).toThrow(message);
  });
});
