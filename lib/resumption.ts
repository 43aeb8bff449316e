import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Env as ResumeExecutionEnv } from '../lambdas/resume-execution/env.ts';
import type { BookTable } from './book-table.ts';
import { OperationFunction, type CodeOf } from './operation-function.ts';

export interface ResumptionProps {
  readonly code: CodeOf;
  readonly book: BookTable;
  readonly stateMachine: StateMachine;
  readonly deadLetters: IQueue;
}

/** What replaces an execution that failed, timed out or was stopped (ADR 0018). */
export class Resumption extends Construct {
  readonly resumeExecution: OperationFunction<ResumeExecutionEnv>;

  constructor(scope: Construct, id: string, { code, book, stateMachine, deadLetters }: ResumptionProps) {
    super(scope, id);
    this.resumeExecution = new OperationFunction<ResumeExecutionEnv>(this, 'ResumeExecution', {
      operation: 'resume-execution',
      code,
      environment: { BOOK_TABLE: book.tableName },
      memoryMegabytes: 512,
      timeout: Duration.seconds(15),
      // A wrong definition fails a province's executions all at once; couriers must not keep them waiting.
      reservedConcurrency: 5,
      deadLetters,
    });
    book.grant(this.resumeExecution, 'dynamodb:GetItem', 'dynamodb:UpdateItem');

    new Rule(this, 'ExecutionOver', {
      description: 'An execution of the journey failed, timed out or was stopped',
      // https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: { stateMachineArn: [stateMachine.stateMachineArn], status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
      },
      // EventBridge tries for a day to reach the function; what it gives up on lies in the queue and names a dossier.
      targets: [new LambdaFunction(this.resumeExecution, { deadLetterQueue: deadLetters })],
    });
  }
}
