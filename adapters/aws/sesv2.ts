import { commandOf, jsonRefusal, refusedAs, Service, type Settings, type Speech } from './service.ts';

/** Operations with addresses of their own, as far as SES's SendEmail needs it: all of its input is the body. */
const restJson: Speech = {
  say: ({ input }) => ({
    path: '/v2/email/outbound-emails',
    contentType: 'application/json',
    body: JSON.stringify(input),
  }),
  hear: (text): unknown => JSON.parse(text),
  refusal: jsonRefusal,
};

/** Stands in for `@aws-sdk/client-sesv2` in the bundles (ADR 0029). */
export class SESv2Client extends Service {
  constructor(settings: Settings = {}) {
    super({ host: 'email', signedFor: 'ses', variable: 'SESV2', speech: restJson }, settings);
  }
}

export const SendEmailCommand = commandOf('SendEmail');
export const BadRequestException = refusedAs('BadRequestException');
