import * as z from 'zod';

/** Whose messages people get. */
export interface Senders {
  /** Of e-mails; the owner of the address confirms it once, by the letter that SES sends. Without it none are sent. */
  readonly email?: string;
  /** Whom a telephone shows, where the carriers have registered the name. */
  readonly sms?: string;
}

const email = z.email();
/** https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html */
const sms = z
  .string()
  .regex(/^(?=.*[A-Za-z])[A-Za-z0-9]{1,11}$/, 'one to eleven letters and digits, a letter among them');

/**
 * Reads `emailFrom` and `smsSender` from CDK's context. The plain stack, which runs on this machine, sends from a
 * made-up address.
 * @param context looks a key up
 * @throws ZodError
 */
export function sendersFrom(context: (key: string) => unknown): Senders {
  const from = context('emailFrom') ?? (context('stage') === undefined ? 'bao-tin@dossier-post.example' : undefined);
  const sender = context('smsSender');
  return {
    ...(from === undefined ? {} : { email: email.parse(from) }),
    ...(sender === undefined ? {} : { sms: sms.parse(sender) }),
  };
}
