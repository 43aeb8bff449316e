import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { forPeople } from '../../contract/tracked-for-people.ts';
import { trackingDoor } from '../../adapters/dynamodb/doors/tracking.ts';
import { byRoute, openEndpoint } from '../../adapters/http/endpoint.ts';
import { trackingLimits } from '../../adapters/limits.ts';
import { showTracking } from '../../contract/show-tracking.ts';
import { trackDossier as byCode } from '../../contract/track-dossier.ts';
import { trackTypedCode } from '../../contract/track-typed-code.ts';
import { trackingStart } from '../../contract/tracking-page.ts';
import { Env } from './env.ts';
import { trackDossier } from './track-dossier.ts';

const { BOOK_TABLE, LIMITS_TABLE } = Env.parse(process.env);
const client = documentClient();
const track = trackDossier({
  track: trackingDoor(client, BOOK_TABLE),
  ...trackingLimits(client, LIMITS_TABLE),
});

export const handler = byRoute([
  [showTracking, openEndpoint(showTracking, async () => ({ status: 200, body: trackingStart() }))],
  [
    byCode,
    openEndpoint(byCode, async ({ path }, address) => track(path.trackingCode, address), {
      renderings: forPeople(({ path }) => path.trackingCode),
    }),
  ],
  [
    trackTypedCode,
    openEndpoint(trackTypedCode, async ({ body }, address) => track(body.trackingCode, address), {
      renderings: forPeople(({ body }) => body.trackingCode),
    }),
  ],
]);
