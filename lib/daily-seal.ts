import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { sealMinutes } from '../domain/seal.ts';
import type { Env as SealDaysEnv } from '../lambdas/seal-days/env.ts';
import type { BookTable } from './book-table.ts';
import { OperationFunction, type CodeOf } from './operation-function.ts';
import type { SealsBucket } from './seals-bucket.ts';

export interface DailySealProps {
  readonly code: CodeOf;
  readonly book: BookTable;
  readonly seals: SealsBucket;
  readonly deadLetters: IQueue;
}

/** What seals, every night, what arrived on the day before. */
export class DailySeal extends Construct {
  readonly sealDays: OperationFunction<SealDaysEnv>;

  constructor(scope: Construct, id: string, { code, book, seals, deadLetters }: DailySealProps) {
    super(scope, id);
    this.sealDays = new OperationFunction<SealDaysEnv>(this, 'SealDays', {
      operation: 'seal-days',
      code,
      environment: { BOOK_TABLE: book.tableName, SEALS_BUCKET: seals.bucketName },
      memoryMegabytes: 1024,
      // A day of 20,000 arrivals takes two seconds; a year without a seal is made up for in two nights.
      timeout: Duration.minutes(5),
      // Two at once would bring each other's seals.
      reservedConcurrency: 1,
      deadLetters,
    });
    book.grantIndex(this.sealDays, 'arrivals', 'dynamodb:Query');
    seals.allowSealing(this.sealDays);

    new Rule(this, 'EveryNight', {
      description: 'The seal of the day before',
      // In UTC: so long after midnight in Vietnam, which knows no summer time.
      schedule: Schedule.cron({ hour: '17', minute: String(sealMinutes) }),
      targets: [new LambdaFunction(this.sealDays, { deadLetterQueue: deadLetters })],
    });
  }
}
