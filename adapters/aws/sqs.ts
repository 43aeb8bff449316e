import { commandOf, Service, type Settings } from './service.ts';

/** Stands in for `@aws-sdk/client-sqs` in the bundles (ADR 0029). */
export class SQSClient extends Service {
  constructor(settings: Settings = {}) {
    super({ host: 'sqs', target: 'AmazonSQS', variable: 'SQS' }, settings);
  }
}

export const SendMessageCommand = commandOf('SendMessage');
export const ListQueuesCommand = commandOf('ListQueues');
export const ReceiveMessageCommand = commandOf('ReceiveMessage');
export const DeleteMessageCommand = commandOf('DeleteMessage');
