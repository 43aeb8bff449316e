import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { trackingDoor } from '../../adapters/dynamodb/doors/tracking.ts';
import { openEndpoint } from '../../adapters/http/endpoint.ts';
import { trackDossier as operation } from '../../contract/track-dossier.ts';
import { Env } from './env.ts';
import { trackDossier } from './track-dossier.ts';

const { BOOK_TABLE } = Env.parse(process.env);

export const handler = openEndpoint(operation, trackDossier(trackingDoor(documentClient(), BOOK_TABLE)));
