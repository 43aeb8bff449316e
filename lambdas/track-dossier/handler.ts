import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { dynamoTracking } from '../../adapters/dynamodb/tracking.ts';
import { openEndpoint } from '../../adapters/http/endpoint.ts';
import { trackDossier as operation } from '../../contract/track-dossier.ts';
import { Env } from './env.ts';
import { trackDossier } from './track-dossier.ts';

const { BOOK_TABLE } = Env.parse(process.env);

export const handler = openEndpoint(operation, trackDossier(dynamoTracking(documentClient(), BOOK_TABLE)));
