import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { trackingDoor } from '../../adapters/dynamodb/doors/tracking.ts';
import { openEndpoint } from '../../adapters/http/endpoint.ts';
import { trackingLimits } from '../../adapters/limits.ts';
import { trackDossier as operation } from '../../contract/track-dossier.ts';
import { Env } from './env.ts';
import { trackDossier } from './track-dossier.ts';

const { BOOK_TABLE, LIMITS_TABLE } = Env.parse(process.env);
const client = documentClient();

export const handler = openEndpoint(
  operation,
  trackDossier({
    track: trackingDoor(client, BOOK_TABLE),
    ...trackingLimits(client, LIMITS_TABLE),
  }),
);
