import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { Town } from './town.ts';

const Update = z.strictObject({
  format: z.literal('dossier-post/status/1'),
  dossierId: z.string(),
  officialCode: z.string().optional(),
  agencyId: z.string(),
  status: z.int(),
  at: z.iso.datetime(),
  version: z.int(),
});
type Update = z.infer<typeof Update>;

/** A small stand-in for an agency's one-stop system: it keeps the status of each dossier, as it has heard it. */
export interface OneStopSystem {
  /** Takes what waits for it; some of it twice and the newest first, if it is told to. */
  listen(fault?: 'twice-and-backwards'): Promise<void>;
  /** The statuses of a dossier, in the order in which it believed them. */
  historyOf(dossierId: string): readonly number[];
  readonly heard: readonly Update[];
  close(): void;
}

export function oneStopSystem(town: Town): OneStopSystem {
  const sqs = new SQSClient({ endpoint: town.awsUrl, region: 'ap-southeast-1', credentials: town.accessKey });
  const versions = new Map<string, number>();
  const histories = new Map<string, number[]>();
  const heard: Update[] = [];

  const believe = ({ dossierId, status, version }: Update): void => {
    if (version <= (versions.get(dossierId) ?? 0)) return;
    versions.set(dossierId, version);
    const history = histories.get(dossierId) ?? [];
    if (history.at(-1) !== status) history.push(status);
    histories.set(dossierId, history);
  };

  return {
    heard,
    listen: async (fault) => {
      const updates: Update[] = [];
      for (;;) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl: town.statusUpdates, MaxNumberOfMessages: 10 }),
        );
        if (Messages.length === 0) break;
        for (const { Body = '', ReceiptHandle } of Messages) {
          updates.push(Update.parse(JSON.parse(Body)));
          await sqs.send(new DeleteMessageCommand({ QueueUrl: town.statusUpdates, ReceiptHandle }));
        }
      }
      heard.push(...updates);
      const order = fault === undefined ? updates : [...updates.toReversed(), ...updates];
      order.forEach(believe);
    },
    historyOf: (dossierId) => histories.get(dossierId) ?? [],
    close: () => sqs.destroy(),
  };
}
