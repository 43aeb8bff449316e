import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { dynoxideBinary, NoDynamoDbForThisMachine } from '../../../emulator/dynamodb/binary.ts';
import { DataInUse } from '../../../emulator/dynamodb/pid-file.ts';
import { startDynamoDb } from '../../../emulator/dynamodb/start-dynamodb.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
function clientOf(endpoint: string) {
  return new DynamoDBClient({ endpoint, region: 'ap-southeast-1', credentials });
}
const Owners = z.object({ supervisor: z.number(), dynoxide: z.number() });
function ownersIn(dataDir: string) {
  return Owners.parse(JSON.parse(readFileSync(join(dataDir, 'dynamodb', 'dynoxide.pid'), 'utf8')));
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(10);
}

/** Whether a process runs; one that ended and was not yet collected by its parent does not. */
function runs(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

const notes = {
  TableName: 'Notes',
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }],
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' as const }],
  BillingMode: 'PAY_PER_REQUEST' as const,
};

describe('the local DynamoDB', () => {
  let dataDir = '';
  beforeAll(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'dynamodb-'));
  });
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  it('the local DynamoDB listens where no page can guess, because it lets in every page', async () => {
    const hosts: string[] = [];
    for (let start = 0; start < 2; start += 1) {
      const dynamodb = await startDynamoDb({ dataDir });
      hosts.push(new URL(dynamodb.endpoint).hostname);
      await dynamodb.close();
    }
    expect(hosts).toEqual([expect.stringMatching(/^127\./), expect.not.stringMatching(hosts[0] ?? '')]);
    expect(hosts).not.toContain('127.0.0.1');
  });

  it('the local DynamoDB keeps what was written when it is closed and started again', async () => {
    const first = await startDynamoDb({ dataDir });
    await clientOf(first.endpoint).send(new CreateTableCommand(notes));
    await clientOf(first.endpoint).send(new PutItemCommand({ TableName: 'Notes', Item: { id: { S: 'Bắc Kạn' } } }));
    await first.close();
    const second = await startDynamoDb({ dataDir });
    const found = await clientOf(second.endpoint).send(
      new GetItemCommand({ TableName: 'Notes', Key: { id: { S: 'Bắc Kạn' } } }),
    );
    await second.close();
    expect(found.Item).toEqual({ id: { S: 'Bắc Kạn' } });
  });

  it('the local DynamoDB is started again on the same port when it dies, says so, and the next call waits for it', async () => {
    const lines: string[] = [];
    const dynamodb = await startDynamoDb({ dataDir, log: (line) => lines.push(line) });
    process.kill(ownersIn(dataDir).dynoxide, 'SIGKILL');
    await until(() => lines.length > 0);
    const { body } = await dynamodb.call('GetItem', { TableName: 'Notes', Key: { id: { S: 'Bắc Kạn' } } });
    await dynamodb.close();
    expect(body).toEqual({ Item: { id: { S: 'Bắc Kạn' } } });
    expect(lines).toEqual([expect.stringContaining('DynamoDB was started again')]);
  });

  it('the local DynamoDB tells its listeners of writes and not of reads', async () => {
    const dynamodb = await startDynamoDb({ dataDir });
    let writes = 0;
    dynamodb.onWrite(() => (writes += 1));
    await dynamodb.call('PutItem', { TableName: 'Notes', Item: { id: { S: '1' } } });
    await dynamodb.call('GetItem', { TableName: 'Notes', Key: { id: { S: '1' } } });
    await dynamodb.close();
    expect(writes).toBe(1);
  });

  it('the local DynamoDB does not stay behind when the process that started it is killed', async () => {
    const program = `
      import { startDynamoDb } from ${JSON.stringify(new URL('../../../emulator/dynamodb/start-dynamodb.ts', import.meta.url).href)};
      await startDynamoDb({ dataDir: ${JSON.stringify(dataDir)} });
      console.log('up');`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(parent.stdout, 'data');
    const { supervisor, dynoxide } = ownersIn(dataDir);
    parent.kill('SIGKILL');
    await until(() => !runs(supervisor) && !runs(dynoxide));
    expect(runs(dynoxide)).toBe(false);
  });

  it('the local DynamoDB ends a left-over whose supervisor was killed too, and takes the file over', async () => {
    const lines: string[] = [];
    const first = await startDynamoDb({ dataDir, log: (line) => lines.push(line) });
    const { supervisor, dynoxide } = ownersIn(dataDir);
    process.kill(supervisor, 'SIGKILL');
    await until(() => lines.length > 0);
    expect(lines).toEqual(['DynamoDB cannot be kept running, start again: it lost its supervisor']);
    const second = await startDynamoDb({ dataDir });
    expect(runs(dynoxide)).toBe(false);
    const { status } = await second.call('ListTables', {});
    await second.close();
    await first.close();
    expect(status).toBe(200);
  });

  it('the local DynamoDB refuses a data directory that a running one uses, and leaves that one alone', async () => {
    const first = await startDynamoDb({ dataDir });
    await expect(startDynamoDb({ dataDir })).rejects.toThrow(DataInUse);
    const { status } = await first.call('ListTables', {});
    await first.close();
    expect(status).toBe(200);
  });

  it('the local DynamoDB uses the DynamoDB it is told of instead of its own, and does not end it', async () => {
    const other = await startDynamoDb({ dataDir });
    const dynamodb = await startDynamoDb({ dataDir: join(dataDir, 'unused'), endpoint: other.endpoint });
    expect(dynamodb.endpoint).toBe(other.endpoint);
    await dynamodb.close();
    const { status } = await other.call('ListTables', {});
    await other.close();
    expect(status).toBe(200);
  });

  it('the local DynamoDB says what to do on a machine it has no program for', () => {
    expect(() => dynoxideBinary('sunos', 'sparc')).toThrow(NoDynamoDbForThisMachine);
    expect(() => dynoxideBinary('sunos', 'sparc')).toThrow(/DYNAMODB_ENDPOINT=/);
  });
});
