/** Past facts that the book keeps. What a line of `rules` names moves the paper; what `remarks` names wakes nobody. */
export const eventFacts = {
  DossierRegistered: { vi: 'Hồ sơ được đăng ký', en: 'Dossier registered' },
  PickupAgreed: { vi: 'Đã hẹn giờ thu gom', en: 'Pickup agreed by phone' },
  PickupFailed: { vi: 'Thu gom không thành công', en: 'Pickup failed' },
  Collected: { vi: 'Bưu điện đã kiểm đếm, niêm phong và nhận hồ sơ', en: 'Counted, sealed and collected by the post' },
  LodgedAtAgency: { vi: 'Công dân đã nộp trực tiếp tại cơ quan', en: 'Lodged at the agency in person' },
  Cancelled: { vi: 'Hủy', en: 'Cancelled' },
  RegistrationLapsed: { vi: 'Đăng ký hết hiệu lực', en: 'Registration lapsed' },
  Dispatched: { vi: 'Hồ sơ đã rời bưu cục', en: 'Dispatched to the agency' },
  Withdrawn: { vi: 'Công dân rút hồ sơ', en: 'Withdrawn by the citizen' },
  HandedToAgency: { vi: 'Cơ quan đã nhận đủ hồ sơ và lệ phí', en: 'Handed to the agency' },
  HandoverDisputed: { vi: 'Giao nhận có sai lệch', en: 'Hand-over disputed' },
  DisputeSettled: { vi: 'Đã giải quyết sai lệch', en: 'Dispute settled' },
  ResultAnnounced: { vi: 'Cơ quan thông báo có kết quả', en: 'Result announced' },
  SupplementRequested: { vi: 'Cơ quan yêu cầu bổ sung', en: 'Supplement requested' },
  SupplementReceived: { vi: 'Cơ quan đã nhận giấy tờ bổ sung', en: 'Supplement received' },
  SupplementLapsed: { vi: 'Hết hạn bổ sung', en: 'Supplement lapsed' },
  Refused: { vi: 'Cơ quan từ chối tiếp nhận', en: 'Refused by the agency' },
  Stopped: { vi: 'Cơ quan dừng giải quyết', en: 'Stopped by the agency' },
  DueDateMoved: { vi: 'Cơ quan xin lỗi và hẹn lại ngày trả', en: 'Due date moved with an apology' },
  ResultCollected: { vi: 'Bưu điện đã nhận kết quả', en: 'Result collected by the post' },
  OutForDelivery: { vi: 'Bưu tá đang đi phát', en: 'Out for delivery' },
  Redirected: { vi: 'Chuyển tiếp đến bưu cục khác', en: 'Redirected to another post office' },
  Delivered: { vi: 'Đã phát tận tay', en: 'Delivered' },
  DeliveryFailed: { vi: 'Phát không thành công', en: 'Delivery failed' },
  HeldForCollection: { vi: 'Lưu giữ chờ người nhận đến lấy', en: 'Held for collection' },
  HoldExpired: { vi: 'Hết hạn lưu giữ', en: 'Hold expired' },
  ReturnedToAgency: { vi: 'Đã hoàn lại cơ quan', en: 'Returned to the agency' },
  ReturnedToCitizen: { vi: 'Đã trả lại công dân', en: 'Returned to the citizen' },
  ReportedMissing: { vi: 'Báo thất lạc', en: 'Reported missing' },
  Found: { vi: 'Đã tìm thấy', en: 'Found' },
  DeclaredLost: { vi: 'Xác nhận mất', en: 'Declared lost' },
  Scanned: { vi: 'Quét tại bưu cục', en: 'Scanned at a post office' },
  DeadlinePassed: { vi: 'Quá hạn', en: 'Deadline passed' },
} as const satisfies Record<string, { vi: string; en: string }>;

export type EventType = keyof typeof eventFacts;

function isEventType(name: string): name is EventType {
  return Object.hasOwn(eventFacts, name);
}
/** Every event type of the law. */
export const eventTypes: readonly EventType[] = Object.keys(eventFacts).filter(isEventType);

/**
 * Why an attempt failed, a dossier was withdrawn, refused, disputed or reported missing. Codes, never free text: free
 * text would carry personal data.
 */
export const reasons = [
  'citizen-asked',
  'citizen-absent',
  'citizen-moved',
  'papers-not-ready',
  'address-unknown',
  'receiver-refused',
  'papers-incomplete',
  'wrong-competence',
  'not-eligible',
  'agency-needs-time',
  'seal-broken',
  'counts-differ',
  'fee-differs',
  'receiver-absent',
  'not-found-in-bag',
  'damaged',
  'weather-or-road',
] as const;
export type Reason = (typeof reasons)[number];

/** Who took the paper at the door, relative to the applicant (the name itself lives with the people's data). */
export const relationships = [
  'self',
  'spouse',
  'parent',
  'child',
  'sibling',
  'relative',
  'neighbour',
  'authorised',
  'colleague',
  'guard',
] as const;
export type Relationship = (typeof relationships)[number];

/** What becomes of an item that could not be delivered. */
export const solutions = ['redeliver', 'hold', 'return'] as const;
/** How a disputed hand-over ends. */
export const outcomes = ['accepted', 'returned'] as const;
/** What proves a hand-over. */
export const evidenceKinds = ['signature', 'photo'] as const;

/** What an event says beyond that it happened. Times are epoch milliseconds, money is đồng. */
export interface Details {
  readonly papers?: { readonly originals: number; readonly copies: number };
  readonly sealNumber?: string;
  readonly sealIntact?: boolean;
  readonly amountCollected?: number;
  readonly feeHandedOver?: number;
  /** UPU S10 item code of the leg that begins. */
  readonly itemCode?: string;
  readonly appointment?: { readonly from: number; readonly until: number };
  readonly resultDueAt?: number;
  /** The agency's own code of the dossier (mã số hồ sơ). */
  readonly officialCode?: string;
  readonly reason?: Reason;
  readonly solution?: (typeof solutions)[number];
  readonly nextAttemptAt?: number;
  readonly outcome?: (typeof outcomes)[number];
  readonly receiver?: { readonly relationship: Relationship };
  readonly evidence?: readonly { readonly kind: (typeof evidenceKinds)[number]; readonly sha256: string }[];
  /** A post office id: where it was scanned, or where it goes from now on. */
  readonly postOfficeId?: string;
}
export type Detail = keyof Details;

/** Every detail's name, in the order above. */
export const detailNames = [
  'papers',
  'sealNumber',
  'sealIntact',
  'amountCollected',
  'feeHandedOver',
  'itemCode',
  'appointment',
  'resultDueAt',
  'officialCode',
  'reason',
  'solution',
  'nextAttemptAt',
  'outcome',
  'receiver',
  'evidence',
  'postOfficeId',
] as const satisfies readonly Detail[];
