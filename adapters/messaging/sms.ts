import { InvalidParameterException, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mobileNumber } from '../../domain/codes/mobile-number.ts';
import type { Messenger } from '../../domain/ports/messenger.ts';
import { nameless, notTaken } from './nameless.ts';

/** One client for a function's lifetime. It asks once: a text whose answer was lost would be sent and billed twice. */
export function snsClient(): SNSClient {
  return new SNSClient({ maxAttempts: 1 });
}

/**
 * Text messages through SNS.
 * @param senderId whom the telephone shows, at most eleven letters and digits, registered with Vietnam's carriers;
 *   undefined for whatever number the network has
 */
export function smsMessenger(client: SNSClient, senderId?: string): Messenger {
  const attributes = {
    'AWS.SNS.SMS.SMSType': 'Transactional',
    ...(senderId !== undefined && { 'AWS.SNS.SMS.SenderID': senderId }),
  };
  const MessageAttributes = Object.fromEntries(
    Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  );
  return {
    async send(to, { text }) {
      const PhoneNumber = mobileNumber(to);
      if (PhoneNumber === undefined) return { outcome: 'refused', why: 'not a mobile number' };
      try {
        const { MessageId = '' } = await client.send(
          new PublishCommand({ PhoneNumber, Message: text, MessageAttributes }),
        );
        return { outcome: 'sent', messageId: MessageId };
      } catch (error) {
        const told = nameless(PhoneNumber, error);
        if (error instanceof InvalidParameterException && told instanceof Error)
          return { outcome: 'refused', why: told.message };
        return notTaken(told);
      }
    },
  };
}
