import { BadRequestException, SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import type { Messenger } from '../../domain/ports/messenger.ts';
import { nameless, notTaken } from './nameless.ts';

/** One client for a function's lifetime. It asks once: a message whose answer was lost would be sent twice. */
export function sesClient(): SESv2Client {
  return new SESv2Client({ maxAttempts: 1 });
}

/**
 * E-mail in plain text through SES.
 * @param from an address of a verified identity, with a name before it in ASCII: `Post <post@example.vn>`; undefined
 *   where nobody has one, and every e-mail is refused
 */
export function emailMessenger(client: SESv2Client, from: string | undefined): Messenger {
  const content = (Data: string) => ({ Data, Charset: 'UTF-8' });
  return {
    async send(to, { subject = '', text }) {
      if (from === undefined) return { outcome: 'refused', why: 'no sender' };
      try {
        const { MessageId = '' } = await client.send(
          new SendEmailCommand({
            FromEmailAddress: from,
            Destination: { ToAddresses: [to] },
            Content: { Simple: { Subject: content(subject), Body: { Text: content(text) } } },
          }),
        );
        return { outcome: 'sent', messageId: MessageId };
      } catch (error) {
        const told = nameless(to, error);
        if (error instanceof BadRequestException && told instanceof Error)
          return { outcome: 'refused', why: told.message };
        return notTaken(told);
      }
    },
  };
}
