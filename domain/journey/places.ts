import type { Sources } from './sources.ts';

/**
 * Where the paper can be. A place's name is also the name of the state in `statemachines/dossier-journey.asl.json`:
 * ops read it there, and it cannot be renamed once dossiers wait in it.
 */

/** Who can hold the paper. */
export const holders = ['citizen', 'post', 'agency', 'nobody-knows'] as const;

/**
 * What the one-stop systems exchange: 1 newly registered, 2 accepted, 3 not accepted, 4 being dealt with, 5 papers to
 * be added, 6 a duty to be paid, 7 withdrawn by the citizen, 8 stopped, 9 decided, 10 result handed out.
 */
export const nationalStatuses = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
export type NationalStatus = (typeof nationalStatuses)[number];

interface PlaceFacts {
  readonly vi: string;
  readonly en: string;
  /** National status 1..10 that the one-stop systems exchange; why: `statusWhy`. */
  readonly nationalStatus: NationalStatus;
  /** Who holds the paper: at every instant exactly one. */
  readonly holder: (typeof holders)[number];
  /** Whose work it is: the office where the dossier came in, the agency, or the office that delivers. */
  readonly acts?: 'origin' | 'agency' | 'delivery';
  /** The journey is over here. */
  readonly end?: true;
}

export const placeFacts = {
  Registered: {
    vi: 'Đã đăng ký',
    en: 'Registered',
    nationalStatus: 1,
    holder: 'citizen',
    acts: 'origin',
  },
  PickupScheduled: {
    vi: 'Đã hẹn thu gom',
    en: 'Pickup scheduled',
    nationalStatus: 1,
    holder: 'citizen',
    acts: 'origin',
  },
  Collected: {
    vi: 'Đã tiếp nhận',
    en: 'Collected',
    nationalStatus: 1,
    holder: 'post',
    acts: 'origin',
  },
  InTransitToAgency: {
    vi: 'Đang chuyển đến cơ quan',
    en: 'In transit to the agency',
    nationalStatus: 1,
    holder: 'post',
    acts: 'origin',
  },
  HandoverDisputed: {
    vi: 'Giao nhận có sai lệch',
    en: 'Hand-over disputed',
    nationalStatus: 1,
    holder: 'post',
    acts: 'agency',
  },
  AtAgency: {
    vi: 'Tại cơ quan',
    en: 'At the agency',
    nationalStatus: 4,
    holder: 'agency',
    acts: 'agency',
  },
  SupplementRequested: {
    vi: 'Chờ bổ sung',
    en: 'Supplement requested',
    nationalStatus: 5,
    holder: 'agency',
    acts: 'agency',
  },
  ResultReady: {
    vi: 'Có kết quả',
    en: 'Result ready',
    nationalStatus: 9,
    holder: 'agency',
    acts: 'delivery',
  },
  ResultInTransit: {
    vi: 'Đang chuyển kết quả',
    en: 'Result in transit',
    nationalStatus: 9,
    holder: 'post',
    acts: 'delivery',
  },
  OutForDelivery: {
    vi: 'Đang phát',
    en: 'Out for delivery',
    nationalStatus: 9,
    holder: 'post',
    acts: 'delivery',
  },
  AwaitingRedelivery: {
    vi: 'Chờ phát lại',
    en: 'Awaiting redelivery',
    nationalStatus: 9,
    holder: 'post',
    acts: 'delivery',
  },
  HeldAtPostOffice: {
    vi: 'Lưu giữ tại bưu cục',
    en: 'Held at the post office',
    nationalStatus: 9,
    holder: 'post',
    acts: 'delivery',
  },
  ReturningToAgency: {
    vi: 'Đang chuyển hoàn cơ quan',
    en: 'Returning to the agency',
    nationalStatus: 9,
    holder: 'post',
    acts: 'delivery',
  },
  ReturningToCitizen: {
    vi: 'Đang trả lại hồ sơ',
    en: 'Returning to the citizen',
    nationalStatus: 8,
    holder: 'post',
    acts: 'origin',
  },
  DutyRequested: {
    vi: 'Chờ nghĩa vụ tài chính',
    en: 'Financial duty requested',
    nationalStatus: 6,
    holder: 'agency',
    acts: 'agency',
  },
  ResultAtAgency: {
    vi: 'Kết quả chờ nhận tại cơ quan',
    en: 'Result waiting at the agency',
    nationalStatus: 9,
    holder: 'agency',
    acts: 'agency',
  },
  HeldAtAgency: {
    vi: 'Hồ sơ chờ trả tại cơ quan',
    en: 'Papers waiting at the agency to be returned',
    nationalStatus: 8,
    holder: 'agency',
    acts: 'origin',
  },
  Unreturnable: {
    vi: 'Không hoàn trả được, lưu tại bưu cục',
    en: 'Unreturnable, kept at the post office',
    nationalStatus: 8,
    holder: 'post',
    acts: 'origin',
  },
  Missing: {
    vi: 'Thất lạc, đang truy tìm',
    en: 'Missing, being traced',
    nationalStatus: 4,
    holder: 'nobody-knows',
  },
  Delivered: { vi: 'Đã phát thành công', en: 'Delivered', nationalStatus: 10, holder: 'citizen', end: true },
  Completed: {
    vi: 'Đã trả kết quả tại cơ quan',
    en: 'Completed at the agency',
    nationalStatus: 10,
    holder: 'citizen',
    end: true,
  },
  ReturnedToAgency: {
    vi: 'Đã chuyển hoàn cơ quan',
    en: 'Returned to the agency',
    nationalStatus: 9,
    holder: 'agency',
    end: true,
  },
  ReturnedToCitizen: {
    vi: 'Đã trả lại hồ sơ',
    en: 'Returned to the citizen',
    nationalStatus: 8,
    holder: 'citizen',
    end: true,
  },
  Cancelled: { vi: 'Đã hủy', en: 'Cancelled', nationalStatus: 7, holder: 'citizen', end: true },
  Ownerless: { vi: 'Không có người nhận', en: 'Ownerless', nationalStatus: 8, holder: 'post', end: true },
  Lost: { vi: 'Đã xác nhận thất lạc', en: 'Lost', nationalStatus: 8, holder: 'nobody-knows', end: true },
} as const satisfies Record<string, PlaceFacts>;

/** Why a place or a line of the law has its national status: no act that we could read lists them. */
export const statusWhy: Sources = ['judged: status'];

export type Place = keyof typeof placeFacts;

function isPlace(name: string): name is Place {
  return Object.hasOwn(placeFacts, name);
}

/** Every place, in the order of the road. */
export const places: readonly Place[] = Object.keys(placeFacts).filter(isPlace);

/** What is known of a place. */
export function factsOf(place: Place): PlaceFacts {
  return placeFacts[place];
}

/** The journey is over here. */
export function isEnd(place: Place): boolean {
  return factsOf(place).end === true;
}
