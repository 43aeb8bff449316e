import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import {
  commandOf,
  parsed,
  refusedAs,
  Service,
  ServiceException,
  type Command,
  type Said,
  type Settings,
} from './service.ts';

/** Stands in for `@aws-sdk/client-sesv2` in the bundles (ADR 0029). Its operations have addresses of their own. */
export class SESv2Client extends Service {
  constructor(settings: Settings = {}) {
    super({ host: 'email', signedFor: 'ses', variable: 'SESV2' }, settings);
  }

  protected override say({ input }: Command): Said {
    return {
      path: '/v2/email/outbound-emails',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    };
  }

  protected override refusal(text: string, { statusCode = 0, headers }: IncomingMessage): ServiceException {
    const { message } = Refused.parse(parsed(text));
    const type = String(headers['x-amzn-errortype'] ?? 'UnknownError');
    return new ServiceException(type.replace(/:.*$/, ''), message, statusCode);
  }
}

const Refused = z.object({ message: z.string().default('') });

export const SendEmailCommand = commandOf('SendEmail');
export const BadRequestException = refusedAs('BadRequestException');
