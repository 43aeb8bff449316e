import { createHash } from 'node:crypto';
import type { Mapping } from './mapping.ts';
import type { StreamRecord } from './stream-reader.ts';

/** One record as Lambda hands it to a function, with the number by which the stream itself knows it. */
export interface LambdaRecord {
  readonly event: { readonly dynamodb: { readonly SequenceNumber: string } } & Readonly<Record<string, unknown>>;
  /** As the stream writes it. */
  readonly sequenceNumber: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** AWS's shape: https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
export function lambdaRecord(
  { dynamodb, ...record }: StreamRecord,
  { streamArn, region }: Pick<Mapping, 'streamArn' | 'region'>,
): LambdaRecord {
  return {
    event: {
      eventID: createHash('md5').update(`${streamArn} ${dynamodb.SequenceNumber}`).digest('hex'),
      ...record,
      eventSource: 'aws:dynamodb',
      awsRegion: region,
      dynamodb: { ...dynamodb, SequenceNumber: awsSequenceNumber(dynamodb.SequenceNumber) },
      eventSourceARN: streamArn,
    },
    sequenceNumber: dynamodb.SequenceNumber,
    createdAt: dynamodb.ApproximateCreationDateTime * 1000,
  };
}

/** AWS's numbers have at least 21 digits; whoever compares them as texts must not find 10 before 9. */
export function awsSequenceNumber(sequenceNumber: string): string {
  return sequenceNumber.padStart(21, '0');
}
