import { Duration, Validations } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption, type IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Env as SendWebhooksEnv } from '../lambdas/send-webhooks/env.ts';
import type { Env as WakeWebhooksEnv } from '../lambdas/wake-webhooks/env.ts';
import type { FeedsTable } from './feeds-table.ts';
import { OperationFunction, type CodeOf } from './operation-function.ts';

export interface WebhooksProps {
  readonly code: CodeOf;
  readonly feeds: FeedsTable;
  readonly deadLetters: IQueue;
  /** Receivers on the machine itself may be called, without encryption. */
  readonly loopbackReceivers: boolean;
}

/**
 * What calls the receivers of subscribers (ADR 0040): a message of the queue has the lanes of one subscription looked
 * after by one call of the function, so that a receiver holds up nobody but itself.
 */
export class Webhooks extends Construct {
  readonly sendWebhooks: OperationFunction<SendWebhooksEnv>;
  readonly wakeWebhooks: OperationFunction<WakeWebhooksEnv>;
  /** Names the subscriptions whose lanes have something to send. */
  readonly wakes: Queue;

  constructor(scope: Construct, id: string, { code, feeds, deadLetters, loopbackReceivers }: WebhooksProps) {
    super(scope, id);
    this.wakes = new Queue(this, 'Wakes', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.hours(1),
      // Six times the function's own, as AWS advises: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
      visibilityTimeout: Duration.minutes(6),
    });
    const reason = 'A message says only that somebody should look: what is lost is made up for within a minute.';
    Validations.of(this.wakes).acknowledge(
      { id: 'AwsSolutions-SQS3', reason },
      { id: 'Serverless-SQSRedrivePolicy', reason },
    );
    const environment = { FEEDS_TABLE: feeds.tableName, WAKE_QUEUE_URL: this.wakes.queueUrl };

    this.sendWebhooks = new OperationFunction<SendWebhooksEnv>(this, 'SendWebhooks', {
      operation: 'send-webhooks',
      code,
      environment: { ...environment, ...(loopbackReceivers ? { LOOPBACK_RECEIVERS: 'on' as const } : {}) },
      memoryMegabytes: 512,
      // 25 s of beginning calls, ten for the last of them, and as much again for a throttled table.
      timeout: Duration.seconds(60),
      calledBy: 'the event source mapping waits for its answer, and the message comes again',
    });
    feeds.allowPublishing(this.sendWebhooks);
    this.allowWaking(this.sendWebhooks);
    this.sendWebhooks.addToRolePolicy(
      new PolicyStatement({
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        resources: [this.wakes.queueArn],
      }),
    );
    const calls = new EventSourceMapping(this, 'Calls', {
      target: this.sendWebhooks,
      eventSourceArn: this.wakes.queueArn,
      batchSize: 1,
      // A receiver that stalls takes one of these for ten seconds of every minute at first, and then ever more rarely.
      maxConcurrency: 50,
    });
    Validations.of(calls).acknowledge({ id: 'Serverless-LambdaEventSourceMappingDestination', reason });

    this.wakeWebhooks = new OperationFunction<WakeWebhooksEnv>(this, 'WakeWebhooks', {
      operation: 'wake-webhooks',
      code,
      environment,
      memoryMegabytes: 512,
      timeout: Duration.seconds(30),
      // Two rounds at once would wake the same.
      reservedConcurrency: 1,
      deadLetters,
    });
    feeds.allowReading(this.wakeWebhooks, 'dynamodb:Query');
    this.allowWaking(this.wakeWebhooks);
    new Rule(this, 'EveryMinute', {
      description: 'What is to be sent again, and what was not woken',
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(this.wakeWebhooks, { retryAttempts: 0, deadLetterQueue: deadLetters })],
    });
  }

  /** Lets `grantee` say that a subscription has something to send. */
  allowWaking(grantee: IGrantable): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.wakes.queueArn] }),
    );
  }
}
