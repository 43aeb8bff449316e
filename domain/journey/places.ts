/**
 * Where the paper can be. A place's name is also the name of the state in `statemachines/dossier-journey.asl.json`:
 * ops read it there, and it cannot be renamed once dossiers wait in it.
 */

/**
 * How long the paper may stay before somebody is told. `then` is what running out means: a reminder, or an event that
 * moves the dossier.
 */
export interface Clock {
  readonly length:
    | { readonly workingDays: number }
    | { readonly days: number }
    | { readonly hours: number }
    /**
     * A date agreed on the way there (appointment, the agency's due date, the next attempt); `orWorkingDays` where none
     * was said.
     */
    | { readonly agreed: 'appointment' | 'resultDueAt' | 'nextAttemptAt'; readonly orWorkingDays: number }
    /**
     * The post keeps an item 15 days in town and 30 days in remote communes, counted from the first notice (source S23,
     * generic mail: judged).
     */
    | { readonly hold: { readonly town: 15; readonly remote: 30 } };
  readonly then: 'DeadlinePassed' | 'RegistrationLapsed' | 'SupplementLapsed' | 'HoldExpired';
}

/** Who can hold the paper. */
export const holders = ['citizen', 'post', 'agency', 'nobody-knows'] as const;

interface PlaceFacts {
  readonly vi: string;
  readonly en: string;
  /** National status 1..10 that the one-stop systems exchange (domain dossier, section 4.3). */
  readonly nationalStatus: 1 | 2 | 3 | 4 | 5 | 7 | 8 | 9 | 10;
  /** Who holds the paper: at every instant exactly one. */
  readonly holder: (typeof holders)[number];
  /** A place without a clock is an end. */
  readonly clock?: Clock;
}

export const placeFacts = {
  Registered: {
    vi: 'Đã đăng ký',
    en: 'Registered',
    nationalStatus: 1,
    holder: 'citizen',
    clock: { length: { days: 7 }, then: 'RegistrationLapsed' },
  },
  PickupScheduled: {
    vi: 'Đã hẹn thu gom',
    en: 'Pickup scheduled',
    nationalStatus: 1,
    holder: 'citizen',
    clock: { length: { agreed: 'appointment', orWorkingDays: 2 }, then: 'DeadlinePassed' },
  },
  Collected: {
    vi: 'Đã tiếp nhận',
    en: 'Collected',
    nationalStatus: 1,
    holder: 'post',
    clock: { length: { workingDays: 1 }, then: 'DeadlinePassed' },
  },
  InTransitToAgency: {
    vi: 'Đang chuyển đến cơ quan',
    en: 'In transit to the agency',
    nationalStatus: 1,
    holder: 'post',
    clock: { length: { workingDays: 2 }, then: 'DeadlinePassed' },
  },
  HandoverDisputed: {
    vi: 'Giao nhận có sai lệch',
    en: 'Hand-over disputed',
    nationalStatus: 1,
    holder: 'post',
    clock: { length: { hours: 8 }, then: 'DeadlinePassed' },
  },
  AtAgency: {
    vi: 'Tại cơ quan',
    en: 'At the agency',
    nationalStatus: 4,
    holder: 'agency',
    clock: { length: { agreed: 'resultDueAt', orWorkingDays: 15 }, then: 'DeadlinePassed' },
  },
  SupplementRequested: {
    vi: 'Chờ bổ sung',
    en: 'Supplement requested',
    nationalStatus: 5,
    holder: 'agency',
    clock: { length: { days: 30 }, then: 'SupplementLapsed' },
  },
  ResultReady: {
    vi: 'Có kết quả',
    en: 'Result ready',
    nationalStatus: 9,
    holder: 'agency',
    clock: { length: { workingDays: 1 }, then: 'DeadlinePassed' },
  },
  ResultInTransit: {
    vi: 'Đang chuyển kết quả',
    en: 'Result in transit',
    nationalStatus: 9,
    holder: 'post',
    clock: { length: { workingDays: 2 }, then: 'DeadlinePassed' },
  },
  OutForDelivery: {
    vi: 'Đang phát',
    en: 'Out for delivery',
    nationalStatus: 9,
    holder: 'post',
    clock: { length: { hours: 10 }, then: 'DeadlinePassed' },
  },
  AwaitingRedelivery: {
    vi: 'Chờ phát lại',
    en: 'Awaiting redelivery',
    nationalStatus: 9,
    holder: 'post',
    clock: { length: { agreed: 'nextAttemptAt', orWorkingDays: 1 }, then: 'DeadlinePassed' },
  },
  HeldAtPostOffice: {
    vi: 'Lưu giữ tại bưu cục',
    en: 'Held at the post office',
    nationalStatus: 9,
    holder: 'post',
    clock: { length: { hold: { town: 15, remote: 30 } }, then: 'HoldExpired' },
  },
  ReturningToAgency: {
    vi: 'Đang chuyển hoàn cơ quan',
    en: 'Returning to the agency',
    nationalStatus: 9,
    holder: 'post',
    clock: { length: { workingDays: 3 }, then: 'DeadlinePassed' },
  },
  ReturningToCitizen: {
    vi: 'Đang trả lại hồ sơ',
    en: 'Returning to the citizen',
    nationalStatus: 8,
    holder: 'post',
    clock: { length: { workingDays: 3 }, then: 'DeadlinePassed' },
  },
  Missing: {
    vi: 'Thất lạc, đang truy tìm',
    en: 'Missing, being traced',
    nationalStatus: 4,
    holder: 'nobody-knows',
    clock: { length: { days: 30 }, then: 'DeadlinePassed' },
  },
  Delivered: { vi: 'Đã phát thành công', en: 'Delivered', nationalStatus: 10, holder: 'citizen' },
  Completed: { vi: 'Đã trả kết quả tại cơ quan', en: 'Completed at the agency', nationalStatus: 10, holder: 'citizen' },
  ReturnedToAgency: { vi: 'Đã chuyển hoàn cơ quan', en: 'Returned to the agency', nationalStatus: 9, holder: 'agency' },
  ReturnedToCitizen: { vi: 'Đã trả lại hồ sơ', en: 'Returned to the citizen', nationalStatus: 8, holder: 'citizen' },
  Cancelled: { vi: 'Đã hủy', en: 'Cancelled', nationalStatus: 7, holder: 'citizen' },
  Lost: { vi: 'Đã xác nhận thất lạc', en: 'Lost', nationalStatus: 8, holder: 'nobody-knows' },
} as const satisfies Record<string, PlaceFacts>;

export type Place = keyof typeof placeFacts;

function isPlace(name: string): name is Place {
  return Object.hasOwn(placeFacts, name);
}

/** Every place, in the order of the road. */
export const places: readonly Place[] = Object.keys(placeFacts).filter(isPlace);

/** What is known of a place, with its clock where it has one. */
export function factsOf(place: Place): PlaceFacts {
  return placeFacts[place];
}

/** The journey is over here. */
export function isEnd(place: Place): boolean {
  return factsOf(place).clock === undefined;
}
