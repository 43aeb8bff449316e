import * as z from 'zod';
import type { Clock } from './clock/clock.ts';
import { startDynamoDb, type DynamoDb } from './dynamodb/start-dynamodb.ts';
import { ensureTable } from './dynamodb/tables.ts';
import { startKms, type Kms } from './kms/start-kms.ts';
import { openOutbox, type Outbox } from './outbox/outbox.ts';
import type { Authorize } from './s3/access.ts';
import { startSes, type Ses } from './ses/ses.ts';
import type { FindKey } from './signature/access-keys.ts';
import { startS3, type S3 } from './s3/start-s3.ts';
import { startQueues, type Queues } from './sqs/start-queues.ts';
import { cannotRun } from './template/problem.ts';
import type { Resource, Stack } from './template/read-stack.ts';
import type { BootedType } from './template/resource-types.ts';

export interface StoresOptions {
  readonly stack: Stack;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly findKey: FindKey;
  readonly authorize: Authorize;
  readonly log: (line: string) => void;
  /** Takes what ends each store. */
  readonly onClose: (end: () => unknown) => void;
}

export interface Stores {
  readonly dynamodb: DynamoDb;
  readonly s3: S3;
  readonly queues: Queues;
  readonly kms: Kms;
  readonly outbox: Outbox;
  readonly ses: Ses;
}

/**
 * Starts what keeps data, with every table, bucket, queue, key and sender of the template.
 * @throws TemplateProblem naming what cannot be made here, TableMismatch, NoDynamoDbForThisMachine
 */
export async function startStores({
  stack,
  dataDir,
  clock,
  findKey,
  authorize,
  log,
  onClose,
}: StoresOptions): Promise<Stores> {
  const { region, accountId, awsEndpoint } = stack;
  const dynamodb = await startDynamoDb({ dataDir, now: () => clock.now(), log });
  onClose(() => dynamodb.close());
  await makeEach(stack, ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'], ({ properties, ref }) =>
    ensureTable(dynamodb, properties, ref),
  );

  const s3 = startS3({ dataDir, clock, findKey, authorize, region });
  onClose(() => s3.close());
  await makeEach(stack, ['AWS::S3::Bucket'], ({ properties, ref }) => s3.ensureBucket(properties, ref));
  await makeEach(stack, ['AWS::S3::BucketPolicy'], ({ properties }) => s3.ensureBucketPolicy(properties));
  await makeEach(stack, ['AWS::GuardDuty::MalwareProtectionPlan'], ({ properties }) => s3.protect(properties));

  const queues = startQueues({ dataDir, clock, region, accountId, endpoint: awsEndpoint });
  onClose(() => queues.close());
  await makeEach(stack, ['AWS::SQS::Queue'], ({ properties, attributes }) =>
    queues.ensureQueue(properties, attributes['QueueName'] ?? ''),
  );

  const kms = startKms(dataDir);
  await makeEach(stack, ['AWS::KMS::Key'], ({ properties, attributes }) =>
    kms.ensureKey(properties, attributes['Arn'] ?? ''),
  );

  const outbox = openOutbox(dataDir, clock);
  onClose(() => outbox.close());
  const ses = startSes({ outbox, clock, region });
  await makeEach(stack, ['AWS::SES::EmailIdentity'], ({ properties }) => ses.ensureIdentity(properties));
  return { dynamodb, s3, queues, kms, outbox, ses };
}

/** Makes what each resource of these types asks for; what cannot be read of one is told with its name. */
async function makeEach(
  stack: Stack,
  types: readonly BootedType[],
  make: (resource: Resource) => unknown,
): Promise<void> {
  for (const resource of stack.ofType(...types)) {
    try {
      await make(resource);
    } catch (error) {
      throw error instanceof z.ZodError ? cannotRun(resource, stack.templateFile, error) : error;
    }
  }
}
