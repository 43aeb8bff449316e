import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { jsonFailure, type JsonService } from '../aws-endpoint/json-protocol.ts';
import type { Outbox } from '../outbox/outbox.ts';

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html: of one call, whatever it is cut into. */
const mostLetters = 1600;

/** What a call may say beside the attributes, which are spread over many fields. */
const Publish = z.strictObject({
  Action: z.string(),
  Version: z.string().optional(),
  PhoneNumber: z.string().optional(),
  TopicArn: z.undefined('the local SNS has no topics, and sends to phone numbers only').optional(),
  TargetArn: z.undefined('the local SNS has no devices, and sends to phone numbers only').optional(),
  Message: z.string().default(''),
  /** Of no meaning to a telephone. */
  Subject: z.string().optional(),
});

/** Of what says how a text message goes out; https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html */
const attributeForms = new Map([
  ['AWS.SNS.SMS.SMSType', /^(?:Transactional|Promotional)$/],
  ['AWS.SNS.SMS.SenderID', /^(?=.*[A-Za-z])[A-Za-z\d-]{1,11}$/],
]);

/** As much of SNS as sends text messages: Publish to a phone number, with the fields of its form as the body. */
export function startSns(outbox: Pick<Outbox, 'add'>): JsonService {
  return {
    async handle(action, body) {
      if (action !== 'Publish')
        return jsonFailure(
          400,
          'InvalidAction',
          `The local SNS does not know the action ${action}, only Publish to a phone number.`,
        );
      const fields = z.record(z.string(), z.string()).parse(body);
      const isOfAttributes = ([name]: readonly [string, string]) => name.startsWith('MessageAttributes.');
      const read = Publish.safeParse(
        Object.fromEntries(Object.entries(fields).filter((field) => !isOfAttributes(field))),
      );
      if (!read.success) return invalid(z.prettifyError(read.error));
      const { PhoneNumber, Message } = read.data;
      if (PhoneNumber === undefined) return invalid('TopicArn or TargetArn Reason: no value for required parameter');
      if (Message === '') return invalid('Empty message');
      if (!/^\+[1-9]\d{6,14}$/.test(PhoneNumber))
        return invalid(`PhoneNumber Reason: ${PhoneNumber} is not valid to publish to`);
      if (Array.from(Message).length > mostLetters) return invalid('Message too long');
      const attributes = attributesIn(fields);
      for (const [name, { type, value }] of attributes) {
        if (type === '')
          return jsonFailure(
            400,
            'ParameterValueInvalid',
            `The message attribute '${name}' must contain non-empty message attribute type.`,
          );
        if (attributeForms.get(name)?.test(value) === false)
          return invalid(`MessageAttributes Reason: ${value} is no value of ${name}`);
      }
      const messageId = randomUUID();
      outbox.add({
        channel: 'sms',
        messageId,
        to: PhoneNumber,
        from: attributes.get('AWS.SNS.SMS.SenderID')?.value ?? '',
        subject: '',
        text: Message,
      });
      return { status: 200, body: { MessageId: messageId } };
    },
  };
}

function invalid(words: string) {
  return jsonFailure(400, 'InvalidParameter', `Invalid parameter: ${words}`);
}

interface Attribute {
  readonly type: string;
  readonly value: string;
}

/** `MessageAttributes.entry.1.Name`, and its value beside it. */
function attributesIn(fields: Readonly<Record<string, string>>): ReadonlyMap<string, Attribute> {
  return new Map(
    Object.entries(fields).flatMap(([field, name]) => {
      const entry = /^(MessageAttributes\.entry\.\d+)\.Name$/.exec(field)?.[1];
      if (entry === undefined) return [];
      const type = fields[`${entry}.Value.DataType`] ?? '';
      return [[name, { type, value: fields[`${entry}.Value.StringValue`] ?? '' }]] as const;
    }),
  );
}
