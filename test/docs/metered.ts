import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';

const capacity = z.object({ CapacityUnits: z.number().default(0) });
const answered = z.object({
  ConsumedCapacity: z.union([capacity.transform((one) => [one]), z.array(capacity)]).default([]),
});

/** Asks DynamoDB after every call what it cost in read and write units, and adds it up. */
export function metered(client: DynamoDBDocumentClient): { read: number; write: number } {
  const meter = { read: 0, write: 0 };
  client.middlewareStack.add(
    (send, { commandName = '' }) =>
      async (args) => {
        const result = await send({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
        const units = answered
          .parse(result.output)
          .ConsumedCapacity.reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
        meter[/^(Get|BatchGet|Query)/.test(commandName) ? 'read' : 'write'] += units;
        return result;
      },
    { step: 'initialize', priority: 'high' },
  );
  return meter;
}
