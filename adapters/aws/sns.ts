import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import { commandOf, refusedAs, Service, ServiceException, type Command, type Said, type Settings } from './service.ts';

/** Stands in for `@aws-sdk/client-sns` in the bundles (ADR 0029). It speaks the query protocol: forms in, XML out. */
export class SNSClient extends Service {
  constructor(settings: Settings = {}) {
    super({ host: 'sns', variable: 'SNS' }, settings);
  }

  protected override say({ operation, input }: Command): Said {
    const fields = { Action: operation, Version: '2010-03-31', ...fieldsOf(Input.parse(input)) };
    return {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    };
  }

  protected override hear(text: string): unknown {
    return { MessageId: textOf(text, 'MessageId') };
  }

  protected override refusal(text: string, { statusCode = 0 }: IncomingMessage): ServiceException {
    return new ServiceException(textOf(text, 'Code') ?? 'UnknownError', textOf(text, 'Message') ?? '', statusCode);
  }
}

export const PublishCommand = commandOf('Publish');
export const InvalidParameterException = refusedAs('InvalidParameter');

const Input = z.strictObject({
  PhoneNumber: z.string(),
  Message: z.string(),
  MessageAttributes: z
    .record(z.string(), z.strictObject({ DataType: z.string(), StringValue: z.string() }))
    .default({}),
});

/** A map is spread over fields that count it. */
function fieldsOf({ MessageAttributes, ...plain }: z.infer<typeof Input>): Record<string, string> {
  const fields: Record<string, string> = { ...plain };
  for (const [index, [name, { DataType, StringValue }]] of Object.entries(MessageAttributes).entries()) {
    const entry = `MessageAttributes.entry.${index + 1}`;
    fields[`${entry}.Name`] = name;
    fields[`${entry}.Value.DataType`] = DataType;
    fields[`${entry}.Value.StringValue`] = StringValue;
  }
  return fields;
}

const entities = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['amp', '&'],
]);

function textOf(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`)
    .exec(xml)?.[1]
    ?.replaceAll(/&(\w+);/g, (whole, entity: string) => entities.get(entity) ?? whole);
}
