import { join } from 'node:path';
import { startDynamoDb } from '../../dynamodb/start-dynamodb.ts';
import { eachInTurn } from '../in-turn.ts';

const writes = 1_000;
const atOnce = 20;

/** Two-item transactions a second of the DynamoDB emulator alone, on disk: the work of one event of the book. */
export async function emulatorWrites(directory: string): Promise<number> {
  const dynamodb = await startDynamoDb({ dataDir: join(directory, 'dynamodb') });
  try {
    await accepted(
      dynamodb.call('CreateTable', {
        TableName: 'Bench',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    const began = performance.now();
    await Promise.all(Array.from({ length: atOnce }, (_, writer) => writeMany(dynamodb.call, writer)));
    return writes / ((performance.now() - began) / 1_000);
  } finally {
    await dynamodb.close();
  }
}

type Call = (operation: string, body: unknown) => Promise<{ readonly status: number; readonly body: unknown }>;

async function writeMany(call: Call, writer: number): Promise<void> {
  const numbers = Array.from({ length: writes / atOnce }, (_, index) => index);
  await eachInTurn(numbers, (index) => {
    const put = (sk: string): unknown => ({
      Put: { TableName: 'Bench', Item: { pk: { S: `D-${writer}` }, sk: { S: sk }, version: { N: String(index) } } },
    });
    return accepted(call('TransactWriteItems', { TransactItems: [put('HEAD'), put(`EVENT#${index}`)] }));
  });
}

async function accepted(answer: ReturnType<Call>): Promise<void> {
  const { status, body } = await answer;
  if (status !== 200) throw new Error(`the emulator refused: ${JSON.stringify(body)}`);
}
