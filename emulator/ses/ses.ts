import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { jsonFailure, type JsonService } from '../aws-endpoint/json-protocol.ts';
import type { Clock } from '../clock/clock.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { addressIn, faultOf, identityOf } from './addresses.ts';

export interface SesOptions {
  readonly outbox: Pick<Outbox, 'add'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly region: string;
}

export interface Ses extends JsonService {
  /**
   * Takes an identity of the template, which is verified at once: nobody could follow the link, or set the record.
   * @param properties of `AWS::SES::EmailIdentity`
   * @throws ZodError for what is neither an address nor a domain
   */
  readonly ensureIdentity: (properties: unknown) => void;
}

/** https://docs.aws.amazon.com/ses/latest/dg/quotas.html */
const mostRecipients = 50;
const mostBytes = 40 * 1024 * 1024;

/** Without a character set, SES takes ASCII. */
const Content = z
  .strictObject({
    Data: z.string(),
    Charset: z
      .string()
      .regex(/^(?:utf-8|us-ascii)$/i, 'the local SES knows UTF-8 and US-ASCII')
      .default('US-ASCII'),
  })
  .refine(
    ({ Data, Charset }) => Charset.toUpperCase() === 'UTF-8' || /^\p{ASCII}*$/u.test(Data),
    'letters outside of ASCII need the Charset UTF-8',
  );
const Addresses = z.array(z.string()).default([]);
const SendEmail = z.strictObject({
  FromEmailAddress: z.string('SES needs a FromEmailAddress'),
  Destination: z.strictObject({ ToAddresses: Addresses, CcAddresses: Addresses, BccAddresses: Addresses }),
  ReplyToAddresses: Addresses,
  /** They count in metrics, which this machine has not. */
  EmailTags: z.unknown().optional(),
  ConfigurationSetName: z.string().optional(),
  Content: z.strictObject(
    {
      Simple: z.strictObject({
        Subject: Content.refine(({ Data }) => !/[\r\n]/.test(Data), 'a subject is one line'),
        Body: z
          .strictObject({ Text: Content.optional(), Html: Content.optional() })
          .refine(({ Text, Html }) => Text !== undefined || Html !== undefined, 'SES needs a Text or an Html'),
      }),
    },
    'the local SES sends Simple content only',
  ),
});

/** As much of SES's version 2 as sends messages: SendEmail with simple content, to anybody. */
export function startSes({ outbox, clock, region }: SesOptions): Ses {
  const identities = new Set<string>();
  return {
    ensureIdentity(properties) {
      const { EmailIdentity } = z
        .object({ EmailIdentity: z.string().refine(isIdentity, 'an identity is an address or a domain') })
        .parse(properties);
      identities.add(EmailIdentity);
    },
    async handle(operation, body) {
      if (operation !== 'SendEmail')
        return jsonFailure(
          501,
          'UnknownOperationException',
          'The local SES knows SendEmail alone, POST /v2/email/outbound-emails.',
        );
      const read = SendEmail.safeParse(body);
      if (!read.success) return bad(z.prettifyError(read.error));
      const {
        FromEmailAddress: from,
        Destination,
        ReplyToAddresses,
        ConfigurationSetName,
        Content: content,
      } = read.data;
      const recipients = Object.values(Destination).flat();
      if (recipients.length === 0) return bad('No recipients were given');
      if (recipients.length > mostRecipients) return bad(`Recipient count exceeds ${mostRecipients}.`);
      for (const address of [from, ...recipients, ...ReplyToAddresses]) {
        const fault = faultOf(address);
        if (fault !== undefined) return bad(fault);
      }
      if (ConfigurationSetName !== undefined)
        return jsonFailure(404, 'NotFoundException', `Configuration set <${ConfigurationSetName}> does not exist.`);
      if (identityOf(from, identities) === undefined) return notVerified(from, region);
      const { Subject, Body } = content.Simple;
      // In base64, as it travels.
      const bytes = [Subject, Body.Text, Body.Html].reduce(
        (sum, part) => sum + Math.ceil(Buffer.byteLength(part?.Data ?? '') / 3) * 4,
        0,
      );
      if (bytes > mostBytes) return bad(`Message length is more than ${mostBytes} bytes long: '${bytes}'.`);
      const messageId = `010e${clock.now().toString(16).split('.')[0]?.padStart(12, '0')}-${randomUUID()}-000000`;
      outbox.add({
        channel: 'email',
        messageId,
        to: recipients.join(', '),
        from,
        subject: Subject.Data,
        text: (Body.Text ?? Body.Html)?.Data ?? '',
      });
      return { status: 200, body: { MessageId: messageId } };
    },
  };
}

function isIdentity(text: string): boolean {
  return addressIn(text) === text && faultOf(text.includes('@') ? text : `any@${text}`) === undefined;
}

function bad(words: string) {
  return jsonFailure(400, 'BadRequestException', words);
}

/** https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html */
function notVerified(from: string, region: string) {
  return jsonFailure(
    400,
    'MessageRejected',
    `Email address is not verified. The following identities failed the check in region ${region.toUpperCase()}: ${from}`,
  );
}
