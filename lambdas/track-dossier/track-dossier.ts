import type { Refused } from '../../contract/operation.ts';
import type { Tracked } from '../../contract/track-dossier.ts';
import { trackedView } from '../../contract/tracked-view.ts';
import { following, type Following } from '../../domain/people/following.ts';
import type { Tracked as Found } from '../../domain/people/tracking.ts';

/** What an address is answered about a code as it was typed. */
export type TrackTyped = (
  typed: string,
  address: string,
) => Promise<{ readonly status: 200; readonly body: Tracked } | Refused>;

/** Shows the stages to whoever holds the code on the slip: no names, no procedure, no addresses. */
export function trackDossier(ports: Following<Found>): TrackTyped {
  const follow = following(ports);
  return async (typed, address) => {
    const found = await follow(typed, address);
    return found.ok ? { status: 200, body: trackedView(found.value) } : { refusal: found.refusal };
  };
}
