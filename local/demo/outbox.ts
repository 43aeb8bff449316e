import * as z from 'zod';
import { showTrackingCode } from '../../domain/codes/tracking-code.ts';

const Outbox = z.object({
  messages: z.array(z.object({ channel: z.enum(['sms', 'email']), text: z.string(), at: z.iso.datetime() })),
});
export type Told = z.infer<typeof Outbox>['messages'][number];

/** What went out to people about a dossier, in the order of time, as the local cloud's outbox has it. */
export async function toldAbout(awsUrl: string, trackingCode: string): Promise<readonly Told[]> {
  const { messages } = Outbox.parse(await (await fetch(`${awsUrl}/_local/outbox?as=json`)).json());
  return messages.filter(({ text }) => text.includes(showTrackingCode(trackingCode))).toReversed();
}
