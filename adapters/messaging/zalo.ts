import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { mobileNumber } from '../../domain/codes/mobile-number.ts';
import type { Messenger } from '../../domain/ports/messenger.ts';
import { nameless, notTaken } from './nameless.ts';

/**
 * The queue from which the province's integration platform takes what it sends by Zalo, with its own account there: at
 * least once and in no order. Whether somebody has Zalo, it learns later than we do.
 */
export function zaloMessenger(client: SQSClient, queueUrl: string): Messenger {
  return {
    async send(to, { text }) {
      const phone = mobileNumber(to);
      if (phone === undefined) return { outcome: 'refused', why: 'not a mobile number' };
      const MessageBody = JSON.stringify({ format: 'dossier-post/zalo/1', phone, text });
      try {
        const { MessageId = '' } = await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));
        return { outcome: 'sent', messageId: MessageId };
      } catch (error) {
        return notTaken(nameless(phone, error));
      }
    },
  };
}
