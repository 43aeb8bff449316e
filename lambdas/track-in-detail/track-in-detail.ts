import type { OpenUseCase } from '../../contract/operation.ts';
import type { TrackedDetails, trackInDetail as operation } from '../../contract/track-in-detail.ts';
import { trackedView } from '../../contract/tracked-view.ts';
import { shown } from '../../contract/wire.ts';
import { showLocalDay, showLocalTime } from '../../domain/calendar/local-time.ts';
import { findAgency } from '../../domain/catalogue/agencies.ts';
import { findPostOffice } from '../../domain/catalogue/post-offices.ts';
import type { Name } from '../../domain/catalogue/provenance.ts';
import type { Leg } from '../../domain/journey/dossier.ts';
import { wrongDigitsUnits } from '../../domain/limits.ts';
import { following, type Following } from '../../domain/people/following.ts';
import type { Guarded, TrackedDetails as Found } from '../../domain/people/tracking.ts';
import type { Try } from '../../domain/tries.ts';

export interface TrackInDetailPorts extends Following<Guarded> {
  readonly tries: (trackingCode: string) => Promise<Try>;
}

/**
 * Shows the details to whoever holds the code and knows how the registered telephone number ends. Wrong digits are
 * answered alike whether or not a number is stored, and few of them are heard at all.
 */
export function trackInDetail(ports: TrackInDetailPorts): OpenUseCase<typeof operation> {
  const follow = following(ports);
  return async ({ body: { trackingCode, lastDigits } }, address) => {
    const found = await follow(trackingCode, address);
    if (!found.ok) return { refusal: found.refusal };
    const { tracked, details, endsTheNumber } = found.value;
    const { retryAfter, giveBack } = await ports.tries(tracked.trackingCode);
    if (retryAfter !== undefined) return { refusal: { name: 'TooManyRequests', retryAfter } };
    if (!endsTheNumber(lastDigits)) {
      await ports.addresses.spend(address, wrongDigitsUnits);
      return { refusal: { name: 'WrongDigits' } };
    }
    await giveBack();
    return { status: 200, body: { ...trackedView(tracked), details: detailsView(details) } };
  };
}

const itemWords: Readonly<Record<Leg['kind'], Name>> = {
  'inbound': { vi: 'Hồ sơ gửi đến cơ quan', en: 'The papers, to the agency' },
  'result': { vi: 'Kết quả', en: 'The result' },
  'return': { vi: 'Hồ sơ trả lại', en: 'The papers, on their way back' },
  'supplement': { vi: 'Giấy tờ bổ sung', en: 'Papers that were added' },
  'appointment-slip': { vi: 'Giấy hẹn', en: 'The appointment slip' },
};

function detailsView(details: Found): TrackedDetails {
  const { legs, postOfficeId, agencyId, deliveryPostOfficeId, returnByPost, resultDueAt } = details;
  const { paid, owed, stateFeeUnknown } = details;
  return {
    items: legs.map(({ kind, itemCode, from }) => ({
      ...itemWords[kind],
      itemCode,
      from: shown(from),
      fromLocal: showLocalTime(from),
    })),
    postOffice: findPostOffice(postOfficeId)?.name ?? nameless(postOfficeId),
    agency: findAgency(agencyId)?.name ?? nameless(agencyId),
    ...(returnByPost
      ? { deliveryPostOffice: findPostOffice(deliveryPostOfficeId)?.name ?? nameless(deliveryPostOfficeId) }
      : {}),
    ...(resultDueAt === undefined
      ? {}
      : { resultDueAt: shown(resultDueAt), resultDueLocal: showLocalDay(resultDueAt) }),
    paid,
    owed,
    stateFeeUnknown,
  };
}

/** A unit that the catalogue has forgotten. */
function nameless(id: string): Name {
  return { vi: id, en: id };
}
