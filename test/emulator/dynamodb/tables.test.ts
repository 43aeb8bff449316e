import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDynamoDb, type DynamoDb } from '../../../emulator/dynamodb/start-dynamodb.ts';
import { ensureTable, TableMismatch } from '../../../emulator/dynamodb/tables.ts';

const book = {
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
  BillingMode: 'PAY_PER_REQUEST',
  DeletionProtectionEnabled: true,
  PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  SSESpecification: { SSEEnabled: true },
  StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
  TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
};
const dueAttributes = [...book.AttributeDefinitions, { AttributeName: 'due', AttributeType: 'S' }];
const byDue = {
  IndexName: 'byDue',
  KeySchema: [{ AttributeName: 'due', KeyType: 'HASH' }],
  Projection: { ProjectionType: 'KEYS_ONLY' },
};

describe('a table of the template', () => {
  let dataDir = '';
  let dynamodb: DynamoDb;
  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'tables-'));
    dynamodb = await startDynamoDb({ dataDir });
  });
  afterAll(async () => {
    await dynamodb.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('a table of the template is created with its keys, its stream and its time to live', async () => {
    const table = await ensureTable(dynamodb, book, 'Book');
    expect(table.streamArn).toMatch(/:table\/Book\/stream\//);
    expect((await dynamodb.call('DescribeTable', { TableName: 'Book' })).body).toMatchObject({
      Table: { KeySchema: book.KeySchema, StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' } },
    });
    expect((await dynamodb.call('DescribeTimeToLive', { TableName: 'Book' })).body).toMatchObject({
      TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' },
    });
  });

  it('a table of the template is left as it is, with its items, when it is there already', async () => {
    await dynamodb.call('PutItem', { TableName: 'Book', Item: { pk: { S: 'a' }, sk: { S: 'b' } } });
    const before = await ensureTable(dynamodb, book, 'Book');
    const after = await ensureTable(dynamodb, book, 'Book');
    expect(after).toEqual(before);
    expect((await dynamodb.call('Scan', { TableName: 'Book', Select: 'COUNT' })).body).toMatchObject({ Count: 1 });
  });

  it('a table of the template gets an index that the template has gained', async () => {
    await ensureTable(
      dynamodb,
      { ...book, AttributeDefinitions: dueAttributes, GlobalSecondaryIndexes: [byDue] },
      'Book',
    );
    expect(
      (
        await dynamodb.call('Query', {
          TableName: 'Book',
          IndexName: 'byDue',
          KeyConditionExpression: 'due = :d',
          ExpressionAttributeValues: { ':d': { S: 'x' } },
        })
      ).status,
    ).toBe(200);
  });

  it('a table of the template cannot be deleted while the template protects it', async () => {
    await ensureTable(dynamodb, { ...book, DeletionProtectionEnabled: false }, 'Protected');
    await ensureTable(dynamodb, book, 'Protected');
    expect(await dynamodb.call('DeleteTable', { TableName: 'Protected' })).toMatchObject({
      status: 400,
      body: { __type: expect.stringMatching(/ValidationException$/) },
    });
    await ensureTable(dynamodb, { ...book, DeletionProtectionEnabled: false }, 'Protected');
    expect((await dynamodb.call('DeleteTable', { TableName: 'Protected' })).status).toBe(200);
  });

  it('a table of the template stops with a sentence when the table on disk has other keys', async () => {
    const other = { ...book, KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] };
    await expect(ensureTable(dynamodb, other, 'Book')).rejects.toThrow(TableMismatch);
    await expect(ensureTable(dynamodb, other, 'Book')).rejects.toThrow(
      /table Book .* pk \(S, HASH\) and sk \(S, RANGE\), and the template says pk \(S, HASH\)\./,
    );
  });

  it('a table of the template stops with a sentence when an index on disk has other keys', async () => {
    const other = {
      ...book,
      AttributeDefinitions: dueAttributes,
      GlobalSecondaryIndexes: [{ ...byDue, KeySchema: [{ AttributeName: 'sk', KeyType: 'HASH' }] }],
    };
    await expect(ensureTable(dynamodb, other, 'Book')).rejects.toThrow(/index byDue/);
  });

  it('a table of the template stops with a sentence when the stream on disk carries something else', async () => {
    await expect(
      ensureTable(dynamodb, { ...book, StreamSpecification: { StreamViewType: 'KEYS_ONLY' } }, 'Book'),
    ).rejects.toThrow(/carries NEW_IMAGE, and the template says KEYS_ONLY/);
  });
});
