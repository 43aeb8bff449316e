import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Env as SweepDueEnv } from '../lambdas/sweep-due/env.ts';
import type { BookTable } from './book-table.ts';
import { OperationFunction, type CodeOf } from './operation-function.ts';

export interface SweepProps {
  readonly code: CodeOf;
  readonly book: BookTable;
  readonly deadLetters: IQueue;
}

/** What finds, every five minutes, what should have happened and did not. */
export class Sweep extends Construct {
  readonly sweepDue: OperationFunction<SweepDueEnv>;

  constructor(scope: Construct, id: string, { code, book, deadLetters }: SweepProps) {
    super(scope, id);
    this.sweepDue = new OperationFunction<SweepDueEnv>(this, 'SweepDue', {
      operation: 'sweep-due',
      code,
      environment: { BOOK_TABLE: book.tableName },
      memoryMegabytes: 512,
      // 500 items at 50 ms each, and as much again for a throttled table.
      timeout: Duration.seconds(60),
      // Two sweeps at once would do each other's work.
      reservedConcurrency: 1,
      deadLetters,
    });
    book.grant(
      this.sweepDue,
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    );
    book.grantIndex(this.sweepDue, 'due', 'dynamodb:Query');
    book.grantIndex(this.sweepDue, 'desk', 'dynamodb:Query');

    new Rule(this, 'EveryFiveMinutes', {
      description: 'What is due and untold',
      schedule: Schedule.rate(Duration.minutes(5)),
      // A sweep that could not be started is no loss, the next one comes; but somebody should know.
      targets: [new LambdaFunction(this.sweepDue, { retryAttempts: 0, deadLetterQueue: deadLetters })],
    });
  }
}
