import { Duration, Validations } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EmailIdentity, Identity } from 'aws-cdk-lib/aws-ses';
import { Queue, QueueEncryption, type IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Env as TellCitizensEnv } from '../lambdas/tell-citizens/env.ts';
import type { BookTable } from './book-table.ts';
import type { KeyedTable } from './keyed-table.ts';
import { OperationFunction, type CodeOf } from './operation-function.ts';
import type { Senders } from './senders.ts';

export interface TellingProps {
  readonly code: CodeOf;
  readonly book: BookTable;
  readonly people: KeyedTable;
  readonly deadLetters: IQueue;
  readonly from: Senders;
}

/** Tells people, once a minute, what they asked to be told (ADR 0043). */
export class Telling extends Construct {
  readonly tellCitizens: OperationFunction<TellCitizensEnv>;
  /** What the province's integration platform sends by Zalo. */
  readonly zalo: Queue;

  constructor(scope: Construct, id: string, { code, book, people, deadLetters, from }: TellingProps) {
    super(scope, id);
    this.zalo = new Queue(this, 'Zalo', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(4),
    });
    const reason = 'Whoever empties this queue is outside of the stack, and keeps its own dead letters.';
    Validations.of(this.zalo).acknowledge(
      { id: 'AwsSolutions-SQS3', reason },
      { id: 'Serverless-SQSRedrivePolicy', reason },
    );

    this.tellCitizens = new OperationFunction<TellCitizensEnv>(this, 'TellCitizens', {
      operation: 'tell-citizens',
      code,
      environment: {
        BOOK_TABLE: book.tableName,
        PEOPLE_TABLE: people.tableName,
        ZALO_QUEUE_URL: this.zalo.queueUrl,
        ...(from.email === undefined ? {} : { EMAIL_FROM: from.email }),
        ...(from.sms === undefined ? {} : { SMS_SENDER: from.sms }),
      },
      memoryMegabytes: 512,
      // 200 lines at 150 ms each, and as much again for a slow network.
      timeout: Duration.seconds(60),
      // Two rounds at once would do each other's work.
      reservedConcurrency: 1,
      deadLetters,
    });
    book.grant(
      this.tellCitizens,
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    );
    book.grantIndex(this.tellCitizens, 'due', 'dynamodb:Query');
    people.allowReading(this.tellCitizens, 'dynamodb:GetItem');
    this.tellCitizens.addToRolePolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.zalo.queueArn] }),
    );
    if (from.email !== undefined) {
      const { emailIdentityArn } = new EmailIdentity(this, 'Email', { identity: Identity.email(from.email) });
      this.tellCitizens.addToRolePolicy(
        new PolicyStatement({ actions: ['ses:SendEmail'], resources: [emailIdentityArn] }),
      );
    }
    // A telephone number has no ARN: https://docs.aws.amazon.com/sns/latest/dg/sns-using-identity-based-policies.html
    this.tellCitizens.addToRolePolicy(new PolicyStatement({ actions: ['sns:Publish'], resources: ['*'] }));
    Validations.of(this.tellCitizens.ownRole).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'sns:Publish to telephone numbers, which have no ARN.',
    });

    new Rule(this, 'EveryMinute', {
      description: 'What people are to be told',
      schedule: Schedule.rate(Duration.minutes(1)),
      // A round that could not be started is no loss, the next one comes; but somebody should know.
      targets: [new LambdaFunction(this.tellCitizens, { retryAttempts: 0, deadLetterQueue: deadLetters })],
    });
  }
}
