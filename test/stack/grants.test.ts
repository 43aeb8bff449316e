import { describe, expect, it } from '@jest/globals';
import { functionsThat } from '../../contract/operations.ts';
import { functionsOf } from './functions.ts';
import { grantsOf, type Grants } from './grants.ts';
import { Synthesized } from './synthesized.ts';

const stack = new Synthesized();
const functions = functionsOf(stack);

const throughDynamoDb = 'PeopleKey through dynamodb.Region.amazonaws.com';
const throughS3 = 'PeopleKey through s3.Region.amazonaws.com';
const throughLooksKey = 'LooksKey through dynamodb.Region.amazonaws.com';
const throughFeedsKey = 'FeedsKey through dynamodb.Region.amazonaws.com';
const writing = [
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];
const writePeople = { People: ['dynamodb:PutItem'], [throughDynamoDb]: writing };
/** Whoever is shown people is written down; whoever writes it down reads and changes none of it (ADR 0031). */
const noteLooks = { Looks: ['dynamodb:PutItem'], [throughLooksKey]: writing };

/** Those that count their callers. */
const behindDoors: readonly string[] = functionsThat(({ doors }) => doors !== 'open');
const askForScans = {
  'Book': ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
  'Scans/quarantine/*': ['s3:PutObject'],
  [throughS3]: ['kms:GenerateDataKey'],
};

const takingIn = [
  'dynamodb:BatchGetItem',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:UpdateItem',
];

/** Besides its own log and its traces, this is all that each function may do. */
const granted: Readonly<Record<string, Grants>> = {
  'register-dossier': { Book: ['dynamodb:GetItem', 'dynamodb:PutItem'], ...writePeople },
  'record-event': {
    Book: takingIn,
    ...writePeople,
    People: ['dynamodb:ConditionCheckItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
  },
  'record-events': {
    Book: takingIn,
    ...writePeople,
    People: ['dynamodb:ConditionCheckItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
  },
  'record-bag': { Book: takingIn },
  'list-dossiers': {
    'Book': ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
    'Book/index/all': ['dynamodb:Query'],
    'Book/index/desk': ['dynamodb:Query'],
  },
  'read-desk': {
    'Book': ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
    'Book/index/desk': ['dynamodb:Query'],
  },
  'read-round': {
    'Book': ['dynamodb:BatchGetItem'],
    'Book/index/all': ['dynamodb:Query'],
    'Book/index/desk': ['dynamodb:Query'],
  },
  'read-dossier': {
    Book: ['dynamodb:GetItem', 'dynamodb:Query'],
    People: ['dynamodb:GetItem'],
    [throughDynamoDb]: ['kms:Decrypt', 'kms:DescribeKey'],
    ...noteLooks,
  },
  'read-looks': {
    Book: ['dynamodb:GetItem'],
    Looks: ['dynamodb:Query'],
    [throughLooksKey]: ['kms:Decrypt', 'kms:DescribeKey'],
  },
  'read-timeline': { Book: ['dynamodb:GetItem', 'dynamodb:Query'] },
  'read-custody': { Book: ['dynamodb:GetItem', 'dynamodb:Query'] },
  'list-messages': { Book: ['dynamodb:GetItem', 'dynamodb:Query'] },
  'read-clock': { Book: ['dynamodb:GetItem', 'dynamodb:Query'] },
  'check-slips': { 'Book': ['dynamodb:Query'], 'SlipKeys/KeyA': ['kms:GetPublicKey'] },
  'print-paper': {
    'SlipKeys/KeyA': ['kms:Sign'],
    'Book': ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    'People': ['dynamodb:GetItem'],
    [throughDynamoDb]: ['kms:Decrypt', 'kms:DescribeKey'],
    ...noteLooks,
  },
  'request-scan-upload': askForScans,
  'request-scan-uploads': askForScans,
  'list-scans': { Book: ['dynamodb:GetItem', 'dynamodb:Query'] },
  'confirm-scan': {
    'Book': ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
    'Scans': ['s3:ListBucket'],
    'Scans/quarantine/*': ['s3:DeleteObject', 's3:GetObject', 's3:GetObjectVersion'],
    'Scans/verified/*': ['s3:PutObject'],
    'Scans/pictures/*': ['s3:PutObject'],
    [throughS3]: ['kms:Decrypt', 'kms:GenerateDataKey'],
  },
  'open-scan': {
    'Book': ['dynamodb:GetItem'],
    ...noteLooks,
    'Scans/verified/*': ['s3:GetObject'],
    'Scans/pictures/*': ['s3:GetObject'],
    [throughS3]: ['kms:Decrypt'],
  },
  'archive-dossier': {
    'Book': ['dynamodb:GetItem', 'dynamodb:Query'],
    ...noteLooks,
    'Scans/verified/*': ['s3:GetObject'],
    'Scans/pictures/*': ['s3:GetObject'],
    'Seals': ['s3:ListBucket'],
    'Seals/*': ['s3:GetObject'],
    'Scans/archives/*': ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
    [throughS3]: ['kms:Decrypt', 'kms:GenerateDataKey'],
  },
  'track-in-detail': {
    'Book': ['dynamodb:GetItem', 'dynamodb:Query'],
    'Limits': ['dynamodb:UpdateItem'],
    'People of it pk, sk, phone alone': ['dynamodb:GetItem'],
    [throughDynamoDb]: ['kms:Decrypt', 'kms:DescribeKey'],
  },
  'track-dossier': { Book: ['dynamodb:GetItem', 'dynamodb:Query'], Limits: ['dynamodb:UpdateItem'] },
  'read-catalogue': {},
  'report-health': {},
  'record-overdue': { Book: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'] },
  'resume-execution': {
    'Book': ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
    'JourneyFeed/DeadLetters': ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'],
  },
  'report-status': { Book: takingIn },
  'manage-subscriptions': {
    'Feeds': ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    [throughFeedsKey]: writing,
    'Webhooks/Wakes': ['sqs:SendMessage'],
  },
  'call-webhook': {
    Feeds: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
    [throughFeedsKey]: writing,
  },
  'send-webhooks': {
    'Feeds': ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    [throughFeedsKey]: writing,
    'Webhooks/Wakes': ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage', 'sqs:SendMessage'],
  },
  'wake-webhooks': {
    'Feeds': ['dynamodb:Query'],
    [throughFeedsKey]: ['kms:Decrypt', 'kms:DescribeKey'],
    'Webhooks/Wakes': ['sqs:SendMessage'],
    'JourneyFeed/DeadLetters': ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'],
  },
  'read-feed': {
    Feeds: ['dynamodb:GetItem', 'dynamodb:Query'],
    [throughFeedsKey]: ['kms:Decrypt', 'kms:DescribeKey'],
  },
  'publish-events': {
    'Book': ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
    'Feeds': ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    [throughFeedsKey]: writing,
    'Book.StreamArn': [
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
    ],
    'Webhooks/Wakes': ['sqs:SendMessage'],
    'Publisher/StatusUpdates': ['sqs:SendMessage'],
    'JourneyFeed/DeadLetters': ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'],
  },
  'seal-days': {
    'Book/index/arrivals': ['dynamodb:Query'],
    'Seals': ['s3:ListBucket'],
    'Seals/*': ['s3:GetObject', 's3:PutObject'],
    'JourneyFeed/DeadLetters': ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'],
  },
  'sweep-due': {
    'Book': takingIn,
    'Book/index/desk': ['dynamodb:Query'],
    'Book/index/due': ['dynamodb:Query'],
    'JourneyFeed/DeadLetters': ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'],
  },
  'tell-citizens': {
    'Book': takingIn,
    'Book/index/due': ['dynamodb:Query'],
    'People': ['dynamodb:GetItem'],
    [throughDynamoDb]: ['kms:Decrypt', 'kms:DescribeKey'],
    'Telling/Zalo': ['sqs:SendMessage'],
    'arn:Partition:ses:Region:AccountId:identity/Telling/Email': ['ses:SendEmail'],
    '*': ['sns:Publish', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
    'JourneyFeed/DeadLetters': ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'],
  },
  'advance-journey': {
    'Book': ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    'Book.StreamArn': [
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
    ],
    'Journey/StateMachine': ['states:SendTaskFailure', 'states:SendTaskSuccess', 'states:StartExecution'],
    'arn:Partition:states:Region:AccountId:execution:Journey/StateMachine.Name:*': [
      'states:DescribeExecution',
      'states:StopExecution',
    ],
    'JourneyFeed/DeadLetters': ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'],
  },
};

describe('what a function may do', () => {
  it.each(functions.map((one) => [one.operation, one] as const))(
    '%s may do exactly its work',
    (operation, { role, logGroup }) => {
      expect(grantsOf(stack, role)).toEqual({
        [logGroup.name]: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        '*': ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
        ...granted[operation],
        ...(behindDoors.includes(operation) ? { Limits: ['dynamodb:UpdateItem'] } : {}),
      });
    },
  );

  it('a role of a function is taken by Lambda and nobody else', () => {
    for (const { role } of functions)
      expect(role.properties['AssumeRolePolicyDocument']).toMatchObject({
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
      });
  });

  it('no two functions share a role', () => {
    expect(new Set(functions.map(({ role }) => role.id)).size).toBe(functions.length);
  });

  it('no role borrows a policy that AWS may widen', () => {
    for (const { properties } of stack.ofType('AWS::IAM::Role'))
      expect(properties).not.toHaveProperty('ManagedPolicyArns');
  });

  it('no role may do more than its named actions', () => {
    const actions = stack.ofType('AWS::IAM::Role').flatMap((role) => Object.values(grantsOf(stack, role)).flat());
    expect(actions.length).toBeGreaterThan(functions.length);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  it('nobody may change a look, and nobody but read-looks may read one', () => {
    const onLooks = functions.flatMap(({ operation, role }) =>
      (grantsOf(stack, role)['Looks'] ?? []).map((action) => [operation, action]),
    );
    expect(onLooks.map((one) => one.join(' ')).toSorted()).toEqual([
      'archive-dossier dynamodb:PutItem',
      'open-scan dynamodb:PutItem',
      'print-paper dynamodb:PutItem',
      'read-dossier dynamodb:PutItem',
      'read-looks dynamodb:Query',
    ]);
  });

  it('nobody may delete from the book or read all of it', () => {
    const onTables = stack.ofType('AWS::IAM::Role').flatMap((role) => Object.values(grantsOf(stack, role)).flat());
    expect(onTables).not.toContain('dynamodb:Scan');
    expect(onTables).not.toContain('dynamodb:DeleteItem');
  });
});

describe('what the state machine may do', () => {
  it('the state machine takes its role in this account only', () => {
    expect(stack.the('Journey/Role').properties).toMatchObject({
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Principal: { Service: 'states.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          },
        ],
      },
    });
  });

  it('the state machine writes waits into the book, calls record-overdue, and delivers its log and traces', () => {
    expect(grantsOf(stack, stack.the('Journey/Role'))).toEqual({
      'Book': ['dynamodb:UpdateItem'],
      'Journey/RecordOverdue': ['lambda:InvokeFunction'],
      '*': [
        'logs:CreateLogDelivery',
        'logs:DeleteLogDelivery',
        'logs:DescribeLogGroups',
        'logs:DescribeResourcePolicies',
        'logs:GetLogDelivery',
        'logs:ListLogDeliveries',
        'logs:PutResourcePolicy',
        'logs:UpdateLogDelivery',
        'xray:GetSamplingRules',
        'xray:GetSamplingTargets',
        'xray:PutTelemetryRecords',
        'xray:PutTraceSegments',
      ],
    });
  });
});
