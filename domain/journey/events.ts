import type { Place } from './places.ts';

/**
 * What an event is: something that happened to paper or money; what somebody with the right to it decided, or asked
 * for; a note that moves nothing; or what a clock says by itself. What happened cannot be refused for being late or
 * odd, what is asked for can.
 */
export const eventKinds = ['physical-fact', 'decision', 'request', 'remark', 'clock'] as const;
export type EventKind = (typeof eventKinds)[number];

interface EventFacts {
  readonly vi: string;
  readonly en: string;
  readonly kind: EventKind;
}

/** Past facts that the book keeps. What a line of `rules` names moves the paper; what `remarks` names wakes nobody. */
export const eventFacts = {
  DossierRegistered: { vi: 'Hồ sơ được đăng ký', en: 'Dossier registered', kind: 'request' },
  PickupAgreed: { vi: 'Đã hẹn giờ thu gom', en: 'Pickup agreed by phone', kind: 'decision' },
  PickupFailed: { vi: 'Thu gom không thành công', en: 'Pickup failed', kind: 'physical-fact' },
  Collected: {
    vi: 'Bưu điện đã kiểm đếm, niêm phong và nhận hồ sơ',
    en: 'Counted, sealed and collected by the post',
    kind: 'physical-fact',
  },
  LodgedAtAgency: {
    vi: 'Công dân đã nộp trực tiếp tại cơ quan',
    en: 'Lodged at the agency in person',
    kind: 'physical-fact',
  },
  Cancelled: { vi: 'Hủy', en: 'Cancelled', kind: 'request' },
  RegistrationLapsed: { vi: 'Đăng ký hết hiệu lực', en: 'Registration lapsed', kind: 'clock' },
  Dispatched: { vi: 'Hồ sơ đã rời bưu cục', en: 'Dispatched to the agency', kind: 'physical-fact' },
  Withdrawn: { vi: 'Công dân rút hồ sơ', en: 'Withdrawn by the citizen', kind: 'request' },
  HandedToAgency: { vi: 'Cơ quan đã nhận đủ hồ sơ và lệ phí', en: 'Handed to the agency', kind: 'physical-fact' },
  HandoverDisputed: { vi: 'Giao nhận có sai lệch', en: 'Hand-over disputed', kind: 'decision' },
  DisputeSettled: { vi: 'Đã giải quyết sai lệch', en: 'Dispute settled', kind: 'decision' },
  ResultAnnounced: { vi: 'Cơ quan thông báo có kết quả', en: 'Result announced', kind: 'decision' },
  SupplementRequested: { vi: 'Cơ quan yêu cầu bổ sung', en: 'Supplement requested', kind: 'decision' },
  SupplementReceived: { vi: 'Cơ quan đã nhận giấy tờ bổ sung', en: 'Supplement received', kind: 'physical-fact' },
  SupplementLapsed: { vi: 'Hết hạn bổ sung', en: 'Supplement lapsed', kind: 'clock' },
  Refused: { vi: 'Cơ quan từ chối tiếp nhận', en: 'Refused by the agency', kind: 'decision' },
  Stopped: { vi: 'Cơ quan dừng giải quyết', en: 'Stopped by the agency', kind: 'decision' },
  DueDateMoved: { vi: 'Cơ quan xin lỗi và hẹn lại ngày trả', en: 'Due date moved with an apology', kind: 'decision' },
  ResultCollected: { vi: 'Bưu điện đã nhận kết quả', en: 'Result collected by the post', kind: 'physical-fact' },
  OutForDelivery: { vi: 'Bưu tá đang đi phát', en: 'Out for delivery', kind: 'physical-fact' },
  Redirected: { vi: 'Chuyển tiếp đến bưu cục khác', en: 'Redirected to another post office', kind: 'request' },
  Delivered: { vi: 'Đã phát tận tay', en: 'Delivered', kind: 'physical-fact' },
  DeliveryFailed: { vi: 'Phát không thành công', en: 'Delivery failed', kind: 'physical-fact' },
  HeldForCollection: { vi: 'Lưu giữ chờ người nhận đến lấy', en: 'Held for collection', kind: 'physical-fact' },
  HoldExpired: { vi: 'Hết hạn lưu giữ', en: 'Hold expired', kind: 'clock' },
  ReturnedToAgency: { vi: 'Đã hoàn lại cơ quan', en: 'Returned to the agency', kind: 'physical-fact' },
  ReturnedToCitizen: { vi: 'Đã trả lại công dân', en: 'Returned to the citizen', kind: 'physical-fact' },
  ReportedMissing: { vi: 'Báo thất lạc', en: 'Reported missing', kind: 'physical-fact' },
  Found: { vi: 'Đã tìm thấy', en: 'Found', kind: 'physical-fact' },
  DeclaredLost: { vi: 'Xác nhận mất', en: 'Declared lost', kind: 'decision' },
  ResultHandedOut: {
    vi: 'Cơ quan đã trả kết quả cho công dân',
    en: 'Result handed out at the agency',
    kind: 'physical-fact',
  },
  ReturnWayChanged: { vi: 'Đổi cách nhận kết quả', en: 'Way of receiving the result changed', kind: 'request' },
  ReturnCollected: {
    vi: 'Bưu điện nhận lại hồ sơ từ cơ quan',
    en: 'Papers collected at the agency to be carried back',
    kind: 'physical-fact',
  },
  TakenBack: { vi: 'Công dân nhận lại hồ sơ tại cơ quan', en: 'Taken back at the agency', kind: 'physical-fact' },
  Recalled: { vi: 'Cơ quan rút lại kết quả', en: 'Result recalled by the agency', kind: 'request' },
  HandoverFailed: { vi: 'Không giao được cho cơ quan', en: 'Nobody there at the agency', kind: 'physical-fact' },
  HandoverOffered: { vi: 'Bưu điện đề nghị bàn giao', en: 'Hand-over offered by the post', kind: 'remark' },
  ReturnFailed: { vi: 'Chưa trả lại được', en: 'Return failed', kind: 'physical-fact' },
  Invited: { vi: 'Đã mời đến nhận', en: 'Invited to come and fetch it', kind: 'physical-fact' },
  BecameOwnerless: { vi: 'Không có người nhận', en: 'Became ownerless', kind: 'clock' },
  SupplementSent: { vi: 'Gửi giấy tờ bổ sung qua bưu điện', en: 'Supplement sent by post', kind: 'physical-fact' },
  DutyRequested: { vi: 'Yêu cầu nghĩa vụ tài chính', en: 'Financial duty requested', kind: 'decision' },
  DutyPaid: { vi: 'Đã thực hiện nghĩa vụ tài chính', en: 'Financial duty paid', kind: 'physical-fact' },
  ChargesConfirmed: { vi: 'Đã xác nhận mức lệ phí', en: 'Charges confirmed', kind: 'decision' },
  CitizenTold: { vi: 'Đã báo cho công dân', en: 'Citizen told', kind: 'physical-fact' },
  AppointmentSlipSent: { vi: 'Gửi giấy hẹn cho công dân', en: 'Appointment slip sent', kind: 'physical-fact' },
  AppointmentSlipDelivered: { vi: 'Đã phát giấy hẹn', en: 'Appointment slip delivered', kind: 'physical-fact' },
  HandedBack: {
    vi: 'Đã nộp lại lệ phí, giấy tờ thu hồi cho cơ quan',
    en: 'Fee and papers taken back handed to the agency',
    kind: 'physical-fact',
  },
  RestDelivered: { vi: 'Đã phát nốt phần còn thiếu', en: 'The rest delivered', kind: 'physical-fact' },
  DamagedAndRepacked: {
    vi: 'Bị suy suyển, đã kiểm kê và đóng gói lại',
    en: 'Damaged, listed and packed anew',
    kind: 'physical-fact',
  },
  DeliveryCancelled: { vi: 'Hủy ghi nhận đã phát', en: 'Delivery cancelled', kind: 'decision' },
  ComplaintMade: { vi: 'Khiếu nại', en: 'Complaint made', kind: 'request' },
  ComplaintAnswered: { vi: 'Đã trả lời khiếu nại', en: 'Complaint answered', kind: 'decision' },
  LiabilityAgreed: { vi: 'Đã lập văn bản bồi thường', en: 'Liability put in writing', kind: 'decision' },
  CompensationPaid: { vi: 'Đã bồi thường', en: 'Compensation paid', kind: 'physical-fact' },
  StatusReported: {
    vi: 'Hệ thống một cửa báo trạng thái khác',
    en: 'Another status said by the one-stop system',
    kind: 'decision',
  },
  UnitSucceeded: { vi: 'Đơn vị khác tiếp quản', en: 'Another unit takes over', kind: 'decision' },
  DatesMoved: { vi: 'Thời hạn được tính lại', en: 'Dates moved', kind: 'decision' },
  ProofSupplied: { vi: 'Bổ sung bằng chứng', en: 'Proof supplied', kind: 'physical-fact' },
  MatterSettled: { vi: 'Đã xử lý việc tồn đọng', en: 'Matter settled', kind: 'decision' },
  ContactCorrected: { vi: 'Đã sửa thông tin liên hệ', en: 'Contact corrected', kind: 'remark' },
  TrackingCodeReplaced: { vi: 'Đã đổi mã tra cứu', en: 'Tracking code replaced', kind: 'decision' },
  Scanned: { vi: 'Quét tại bưu cục', en: 'Scanned at a post office', kind: 'remark' },
  DeadlinePassed: { vi: 'Quá hạn', en: 'Deadline passed', kind: 'clock' },
} as const satisfies Record<string, EventFacts>;

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
  'confirmed-by-both',
  'recorded-in-error',
  'force-majeure',
  'calendar-decided',
] as const;
export type Reason = (typeof reasons)[number];

/** Whose fault a trip in vain is, and so who bears what the next one costs (QĐ45 art. 12(4)). */
export const faultSides = ['citizen', 'post', 'agency', 'nobody'] as const;
export type FaultSide = (typeof faultSides)[number];

const faults: Readonly<Partial<Record<Reason, FaultSide>>> = {
  'citizen-absent': 'citizen',
  'citizen-moved': 'citizen',
  'papers-not-ready': 'citizen',
  'address-unknown': 'citizen',
  'receiver-refused': 'citizen',
  'not-found-in-bag': 'post',
  'damaged': 'post',
  'seal-broken': 'post',
  'recorded-in-error': 'post',
  'weather-or-road': 'nobody',
  'force-majeure': 'nobody',
};

/** Trips in vain: what comes after them is another trip. */
const inVain: readonly EventType[] = ['PickupFailed', 'HandoverFailed', 'DeliveryFailed', 'ReturnFailed'];

/**
 * Whose fault a trip in vain was, by the reason that was given; undefined for any other event, and where the reason
 * does not tell. Nobody there at the agency is the agency's, at the citizen's the citizen's.
 */
export function faultOf(type: EventType, to: Place, { reason }: Details): FaultSide | undefined {
  if (!inVain.includes(type) || reason === undefined) return undefined;
  const isAgency = type === 'HandoverFailed' || (type === 'ReturnFailed' && to === 'ReturningToAgency');
  if (reason === 'receiver-absent') return isAgency ? 'agency' : 'citizen';
  return faults[reason];
}

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
  'officer',
] as const;
export type Relationship = (typeof relationships)[number];

/** What becomes of an item that could not be delivered. */
export const solutions = ['redeliver', 'hold', 'return'] as const;
/** How a disputed hand-over ends. */
export const outcomes = ['accepted', 'returned'] as const;
/** What proves a hand-over. */
export const evidenceKinds = ['signature', 'photo', 'slip', 'record', 'proof-of-payment'] as const;

/** How the citizen gets the result. */
export const returnWays = ['post', 'agency'] as const;
/** How somebody was told or invited. */
export const channels = ['phone', 'sms', 'email', 'zalo', 'letter', 'in-person', 'portal'] as const;
/** What somebody was told. */
export const tidings = ['due-date', 'result-ready', 'supplement', 'refusal', 'damage', 'loss', 'correction'] as const;
/** What a receiver shows of who he is (TT17 art. 5(2)d). */
export const identityPapers = ['citizen-card', 'identity-card', 'passport'] as const;
/** What a complaint is about; how long it may be made depends on it (Law on Post art. 38(2)). */
export const complaints = ['loss', 'delay', 'damage', 'price'] as const;
/** Who pays for a side leg. */
export const payers = ['citizen', 'agency', 'post'] as const;
/** What whoever signs finds of a document on the list. */
export const documentStates = ['accepted', 'missing', 'damaged', 'refused'] as const;

/** A line of the slip's list of documents. */
export interface DocumentLine {
  /** Which of the procedure's published list, from 0; `result` is what the agency gives out. */
  readonly document: number | 'result';
  readonly form: 'original' | 'copy';
  readonly count: number;
  /** An original that comes back with the result. */
  readonly toReturn?: true;
  /** What was found where it was counted; absent for as it should be. */
  readonly state?: (typeof documentStates)[number];
  /** Why it was refused. */
  readonly reason?: Reason;
}

/** What of a person's contact can be corrected. */
export const contactFields = ['phone'] as const;

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
  /** What of the applicant's contact was corrected; the value itself lives with the people's data. */
  readonly contact?: { readonly field: (typeof contactFields)[number] };
  /** A post office id: where it was scanned, or where it goes from now on. */
  readonly postOfficeId?: string;
  /** The id of an earlier event that this one speaks of. */
  readonly concerns?: string;
  /** Line by line, where citizen or agency signs. */
  readonly documents?: readonly DocumentLine[];
  readonly returnBy?: (typeof returnWays)[number];
  /** The sender has shown that he sent it (Law on Post art. 16(2)). */
  readonly receiptShown?: boolean;
  readonly channel?: (typeof channels)[number];
  readonly told?: (typeof tidings)[number];
  /** The number of the receipt for the State's fee (biên lai; QĐ45 art. 6(6)). */
  readonly feeReceipt?: string;
  /** What the agency asks for, in đồng. */
  readonly amountDue?: number;
  readonly identityPaper?: (typeof identityPapers)[number];
  /** Whoever receives for another has shown the written authority. */
  readonly authorityShown?: boolean;
  /** Old papers that the receiver gave up for the agency. */
  readonly papersTakenBack?: { readonly originals: number; readonly copies: number };
  readonly payer?: (typeof payers)[number];
  readonly complaint?: (typeof complaints)[number];
  /** The status that a one-stop system has, where no step of the law stands for it. */
  readonly reportedStatus?: number;
  readonly succession?: { readonly unit: string; readonly successor: string };
  /** Until when the way was shut. */
  readonly shutUntil?: number;
}
export type Detail = keyof Details;

/** What proves an event or was counted at it: it may come after the event itself, and can then be told apart. */
export const proofs: readonly Detail[] = [
  'papers',
  'sealNumber',
  'sealIntact',
  'amountCollected',
  'feeHandedOver',
  'resultDueAt',
  'receiver',
  'evidence',
  'identityPaper',
  'receiptShown',
  'documents',
];

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
  'contact',
  'postOfficeId',
  'concerns',
  'documents',
  'returnBy',
  'receiptShown',
  'channel',
  'told',
  'feeReceipt',
  'amountDue',
  'identityPaper',
  'authorityShown',
  'papersTakenBack',
  'payer',
  'complaint',
  'reportedStatus',
  'succession',
  'shutUntil',
] as const satisfies readonly Detail[];
