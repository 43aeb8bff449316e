import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { guardedTrackingDoor } from '../../adapters/dynamodb/doors/tracking.ts';
import { openEndpoint } from '../../adapters/http/endpoint.ts';
import { digitTries, trackingLimits } from '../../adapters/limits.ts';
import { trackInDetail as operation } from '../../contract/track-in-detail.ts';
import { forPeople } from '../../contract/tracked-for-people.ts';
import { Env } from './env.ts';
import { trackInDetail } from './track-in-detail.ts';

const { BOOK_TABLE, LIMITS_TABLE, PEOPLE_TABLE } = Env.parse(process.env);
const client = documentClient();

export const handler = openEndpoint(
  operation,
  trackInDetail({
    track: guardedTrackingDoor(client, { book: BOOK_TABLE, people: PEOPLE_TABLE }),
    ...trackingLimits(client, LIMITS_TABLE),
    tries: digitTries(client, LIMITS_TABLE),
  }),
  { renderings: forPeople(({ body }) => body.trackingCode) },
);
