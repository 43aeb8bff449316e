import * as z from 'zod';
import { showLocalTime } from '../domain/calendar/local-time.ts';
import type { Dossier, Party } from '../domain/journey/dossier.ts';
import { eventFacts, type Detail } from '../domain/journey/events.ts';
import { refusalNames, type Refusal, type RefusalName } from '../domain/journey/refusals.ts';
import type { Actor } from '../domain/journey/rules.ts';
import { ActionView, actionsView, PlaceView, placeView } from './dossier-view.ts';
import { itemCodeWords } from './fault.ts';
import { shown } from './wire.ts';

/** What can go wrong before the law is asked. */
const borderFaults = [
  'MalformedJson',
  'DuplicateKey',
  'BrokenUtf8',
  'UnsupportedMediaType',
  'BodyTooLarge',
  'InvalidRequest',
  'NoUnit',
  'NotReached',
  'DossierUnreadable',
  'Unexpected',
] as const;
export type BorderFault = (typeof borderFaults)[number];

const FieldFault = z
  .strictObject({
    pointer: z.string().meta({ description: 'JSON pointer into the request.', examples: ['/body/applicant/phone'] }),
    detail: z.string(),
    detailVi: z.string(),
  })
  .meta({ id: 'FieldFault' });

/** `application/problem+json` (RFC 9457): `code` is stable, the words may improve. */
export const Problem = z
  .strictObject({
    type: z.string(),
    status: z.int(),
    code: z.enum([...refusalNames, ...borderFaults]),
    retryable: z.boolean().meta({ description: 'The same request may succeed later, as it is.' }),
    title: z.string(),
    detail: z.string(),
    titleVi: z.string(),
    detailVi: z.string(),
    errors: z.array(FieldFault).readonly().exactOptional(),
    place: PlaceView.exactOptional(),
    version: z.int().exactOptional(),
    allowedActions: z.array(ActionView).readonly().exactOptional(),
    requestId: z.string().exactOptional(),
  })
  .meta({ id: 'Problem', description: 'Why the answer is no, in English and Vietnamese, and what to do.' });
export type Problem = z.infer<typeof Problem>;
export type ProblemCode = Problem['code'];

type Words = readonly [status: number, title: string, titleVi: string, detail: string, detailVi: string];

const words: Record<RefusalName | BorderFault, Words> = {
  NoSuchStep: [
    409,
    'No such step from here',
    'Không có bước này',
    'The dossier is not at a place from which this event can follow. Read allowedActions.',
    'Hồ sơ đang ở nơi không thể có sự kiện này. Xem allowedActions.',
  ],
  NotYourStep: [
    403,
    'Not your step',
    'Không thuộc quyền của bạn',
    'Somebody else reports this event; errors says who.',
    'Sự kiện này do đơn vị khác ghi nhận.',
  ],
  ProofMissing: [
    422,
    'Proof missing',
    'Thiếu bằng chứng',
    'The event must say more; each missing part is named in errors.',
    'Sự kiện phải kèm thêm thông tin; xem errors.',
  ],
  ProofMismatch: [
    422,
    'Proof does not match',
    'Số liệu không khớp',
    'What was said differs from what the book knows; report a dispute if it is true.',
    'Thông tin khác với sổ; nếu đúng thực tế hãy báo sai lệch.',
  ],
  UnneededDetails: [
    422,
    'More than needed',
    'Thừa thông tin',
    'The event says more than it needs; leave out what errors names.',
    'Sự kiện chứa thông tin không cần; hãy bỏ các mục nêu trong errors.',
  ],
  ItemCodeRefused: [
    422,
    'Item code refused',
    'Số hiệu bưu gửi không dùng được',
    'The item code is no domestic UPU S10 code, or another item has it; errors says which.',
    'Số hiệu không đúng chuẩn UPU S10 trong nước, hoặc đã có bưu gửi khác dùng; xem errors.',
  ],
  DateRefused: [
    422,
    'Date refused',
    'Ngày không hợp lệ',
    'The date is in the past or too far away.',
    'Ngày đã qua hoặc quá xa.',
  ],
  TooLate: [
    422,
    'Too late',
    'Đã hết thời hạn',
    'This could be done until the time in errors; what is wrong now is settled in another way, by the post office.',
    'Việc này chỉ làm được đến thời điểm nêu trong errors; bây giờ hãy liên hệ bưu cục để giải quyết cách khác.',
  ],
  UnknownBag: [
    404,
    'No such bag',
    'Không có túi này',
    'No bag of this code is known, or nothing in it is yours to know of. Say in items what is in it.',
    'Không có túi mang mã này, hoặc trong túi không có hồ sơ nào thuộc quyền của bạn. Hãy liệt kê trong items.',
  ],
  UnknownMatter: [
    422,
    'Nothing open about it',
    'Không có việc tồn đọng',
    'The event that details.concerns names has nothing open that this report would settle.',
    'Sự kiện nêu trong details.concerns không có việc tồn đọng nào mà báo cáo này giải quyết.',
  ],
  SamePerson: [
    403,
    'Another person settles it',
    'Cần người khác xác nhận',
    'Whoever reported an event does not settle alone what is open about it; a colleague does.',
    'Người đã báo sự kiện không được tự mình giải quyết; cần đồng nghiệp xác nhận.',
  ],
  TooManyNotes: [
    429,
    'Too many notes today',
    'Quá nhiều ghi chú trong ngày',
    'Scans and other notes of one dossier are limited to 200 a day; nothing else is refused for it. Send it again tomorrow, or leave it out.',
    'Mỗi hồ sơ chỉ nhận tối đa 200 lượt quét và ghi chú một ngày; việc khác vẫn được nhận. Hãy gửi lại ngày mai hoặc bỏ qua.',
  ],
  Overtaken: [
    409,
    'Overtaken',
    'Đã có thay đổi trước',
    'Somebody else wrote first; read the dossier again and decide anew.',
    'Người khác vừa ghi trước; hãy đọc lại hồ sơ rồi quyết định.',
  ],
  EventIdReused: [
    409,
    'Event id reused',
    'Mã sự kiện đã dùng',
    'This eventId came before with other content; send a new one.',
    'eventId này đã được gửi với nội dung khác; hãy dùng mã mới.',
  ],
  IdempotencyKeyReused: [
    422,
    'Idempotency-Key reused',
    'Idempotency-Key đã dùng',
    'This key came before with another registration; send a new one.',
    'Khóa này đã dùng cho một đăng ký khác; hãy dùng khóa mới.',
  ],
  UnknownDossier: [
    404,
    'Unknown dossier',
    'Không tìm thấy hồ sơ',
    'There is no such dossier for you.',
    'Không có hồ sơ này trong phạm vi của bạn.',
  ],
  UnknownProcedure: [
    422,
    'Unknown procedure',
    'Không có thủ tục này',
    'The procedure code is not in the list.',
    'Mã thủ tục không có trong danh mục.',
  ],
  UnknownAgency: [
    422,
    'Unknown agency',
    'Không có cơ quan này',
    'The agency does not settle this procedure, or is not known.',
    'Cơ quan không tồn tại hoặc không giải quyết thủ tục này.',
  ],
  UnknownPostOffice: [
    422,
    'Unknown post office',
    'Không có bưu cục này',
    'The post office is not known.',
    'Bưu cục không có trong danh mục.',
  ],
  UnknownCommune: [
    422,
    'Unknown commune',
    'Không có xã, phường này',
    'The commune is not known.',
    'Xã, phường không có trong danh mục.',
  ],
  UnknownExemption: [
    422,
    'Unknown exemption',
    'Không có diện miễn giảm này',
    'The group has neither cheaper postage nor a lower fee for this procedure.',
    'Diện này không được miễn, giảm cước hay lệ phí của thủ tục.',
  ],
  NotCarriedByPost: [
    422,
    'Not carried by post',
    'Không nhận qua bưu chính',
    'The list does not let this procedure be sent or received by post.',
    'Thủ tục không thuộc danh mục gửi hoặc nhận qua bưu chính.',
  ],
  NotYourFrontDoor: [
    403,
    'Not your front door',
    'Không được mở theo cách này',
    'Your role does not open dossiers at this front door.',
    'Vai trò của bạn không tiếp nhận theo hình thức này.',
  ],
  NotYourUnit: [
    403,
    'Not your unit',
    'Không phải đơn vị của bạn',
    'You register for your own unit only.',
    'Bạn chỉ được đăng ký cho đơn vị mình.',
  ],
  UnknownScan: [
    404,
    'Unknown scan',
    'Không có bản quét này',
    'No upload was asked for under this id.',
    'Chưa có yêu cầu tải lên với mã này.',
  ],
  ScanRefused: [
    422,
    'Scan refused',
    'Bản quét không được nhận',
    'The uploaded file is not what was announced; ask for a new upload.',
    'Tệp tải lên không đúng như đã khai; hãy yêu cầu tải lên lại.',
  ],
  ScanNotReadable: [
    409,
    'Scan not readable',
    'Chưa xem được bản quét',
    'The scan has not been verified.',
    'Bản quét chưa được kiểm tra.',
  ],
  MalformedJson: [
    400,
    'Malformed JSON',
    'JSON sai cú pháp',
    'The body is not valid JSON.',
    'Nội dung không phải JSON hợp lệ.',
  ],
  DuplicateKey: [
    400,
    'One key twice',
    'Trùng khóa JSON',
    'The body names a key of one object twice; errors says which. Send it once.',
    'Nội dung có một khóa lặp lại trong cùng đối tượng; xem errors. Hãy chỉ gửi một lần.',
  ],
  BrokenUtf8: [
    400,
    'Broken UTF-8',
    'UTF-8 bị hỏng',
    'The body is not valid UTF-8 text.',
    'Nội dung không phải văn bản UTF-8 hợp lệ.',
  ],
  UnsupportedMediaType: [
    415,
    'Unsupported media type',
    'Kiểu nội dung không hỗ trợ',
    'Send application/json.',
    'Hãy gửi application/json.',
  ],
  BodyTooLarge: [
    413,
    'Body too large',
    'Nội dung quá lớn',
    'The body may have 64 KiB at most, a batch of events 1 MiB; scans go to the upload link.',
    'Nội dung tối đa 64 KiB, lô sự kiện 1 MiB; bản quét tải lên theo đường dẫn riêng.',
  ],
  InvalidRequest: [
    400,
    'Invalid request',
    'Yêu cầu không hợp lệ',
    'Each fault is named in errors by its place in the request.',
    'Từng lỗi được nêu trong errors theo vị trí.',
  ],
  NoUnit: [
    403,
    'No unit',
    'Chưa gắn đơn vị',
    'Your token names no role with a unit; ask your administrator for a group like clerk:PO-….',
    'Tài khoản chưa thuộc nhóm đơn vị nào; hãy liên hệ quản trị.',
  ],
  NotReached: [
    503,
    'Not reached in time',
    'Chưa xử lý kịp',
    'The time of the batch was over before this item was looked at; send it again.',
    'Lô sự kiện đã hết thời gian trước khi đến mục này; hãy gửi lại mục này.',
  ],
  DossierUnreadable: [
    503,
    'Dossier cannot be read',
    'Chưa đọc được hồ sơ',
    'What is stored of this dossier cannot be read; we have been told. Nothing is lost: keep your report and send it again later.',
    'Dữ liệu của hồ sơ này chưa đọc được, bộ phận kỹ thuật đã được báo. Không mất gì: hãy giữ thông tin và gửi lại sau.',
  ],
  Unexpected: [
    500,
    'Unexpected',
    'Lỗi ngoài dự kiến',
    'Something went wrong on our side; try again, and name the request id if it stays.',
    'Hệ thống gặp lỗi; hãy thử lại, nếu còn lỗi hãy báo kèm mã yêu cầu.',
  ],
};

/** A border fault as a problem; `errors` name the fields. */
export function borderProblem(fault: BorderFault, errors?: Problem['errors']): Problem {
  return { ...problemWords(fault), ...(errors ? { errors } : {}) };
}

/** A refusal as a problem; where the caller may see the dossier, with its place and what the caller may do next. */
export function refusalProblem(refusal: Refusal, seen?: { readonly dossier: Dossier; readonly party: Party }): Problem {
  return {
    ...problemWords(refusal.name),
    ...withErrors(refusal),
    ...(seen
      ? {
          place: placeView(seen.dossier.place),
          version: seen.dossier.version,
          allowedActions: actionsView(seen.dossier, seen.party),
        }
      : {}),
  };
}

/** What another try may get through, with nothing changed. */
const retryables: readonly ProblemCode[] = [
  'Overtaken',
  'TooManyNotes',
  'ScanNotReadable',
  'NotReached',
  'DossierUnreadable',
  'Unexpected',
];

/** A problem as it is said before anything is known of the request. */
export function problemWords(code: ProblemCode): Problem {
  const [status, title, titleVi, detail, detailVi] = words[code];
  const retryable = retryables.includes(code);
  return { type: `urn:dossier-post:problem:${code}`, status, code, retryable, title, titleVi, detail, detailVi };
}

function withErrors(refusal: Refusal): Pick<Problem, 'errors'> {
  const errors = errorsOf(refusal);
  return errors.length === 0 ? {} : { errors };
}

function at(pointer: string, detail: string, detailVi: string): { pointer: string; detail: string; detailVi: string } {
  return { pointer, detail, detailVi };
}

function errorsOf(refusal: Refusal): { pointer: string; detail: string; detailVi: string }[] {
  switch (refusal.name) {
    case 'ProofMissing':
      return refusal.missing.map((detail) =>
        at(`/body/details/${detail}`, 'is needed for this step', 'cần có cho bước này'),
      );
    case 'UnneededDetails':
      return refusal.unneeded.map((detail) =>
        at(`/body/details/${detail}`, 'is not part of this step', 'không thuộc bước này'),
      );
    case 'ProofMismatch':
      return [
        at(
          `/body/details/${refusal.field}`,
          `expected ${refusal.expected}, said ${refusal.said}${unitOf(refusal.field)[0]}`,
          `phải là ${refusal.expected}, nhận được ${refusal.said}${unitOf(refusal.field)[1]}`,
        ),
      ];
    case 'ItemCodeRefused':
      return [at('/body/details/itemCode', labelWords[refusal.why].en, labelWords[refusal.why].vi)];
    case 'DateRefused':
      return [at(`/body/details/${refusal.field}`, dateWords[refusal.why][0], dateWords[refusal.why][1])];
    case 'TooLate':
      return [at('/body/occurredAt', `until ${shown(refusal.until)}`, `đến ${showLocalTime(refusal.until)}`)];
    case 'NotYourStep':
      return [
        at(
          '/body/type',
          `reported by ${refusal.by.join(', ')}`,
          `do ${refusal.by.map((actor) => actorWords[actor]).join(', ')} ghi nhận`,
        ),
      ];
    case 'NoSuchStep':
      return [
        at(
          '/body/type',
          `${refusal.on} cannot follow from ${refusal.place}`,
          `không thể có sự kiện “${eventFacts[refusal.on].vi}” khi hồ sơ ở trạng thái “${placeView(refusal.place).vi}”`,
        ),
      ];
    case 'UnknownMatter':
      return [at('/body/details/concerns', refusal.eventId, refusal.eventId)];
    case 'UnknownProcedure':
    case 'NotCarriedByPost':
      return [at('/body/procedureCode', refusal.code, refusal.code)];
    case 'UnknownAgency':
      return [at('/body/agencyId', refusal.agencyId, refusal.agencyId)];
    case 'UnknownPostOffice':
      return [
        at(
          refusal.field === undefined ? '/body/postOfficeId' : `/body/details/${refusal.field}`,
          refusal.postOfficeId,
          refusal.postOfficeId,
        ),
      ];
    case 'UnknownCommune':
      return [at('/body/communeId', refusal.communeId, refusal.communeId)];
    case 'UnknownExemption':
      return [at('/body/exemption', refusal.group, refusal.group)];
    case 'ScanRefused':
      return [at('/path/scanId', scanWords[refusal.why][0], scanWords[refusal.why][1])];
    default:
      return [];
  }
}

/** Who reports an event, in Vietnamese. */
const actorWords: Record<Actor, string> = {
  portal: 'cổng dịch vụ công',
  clerk: 'giao dịch viên',
  courier: 'bưu tá',
  officer: 'cán bộ một cửa',
  clock: 'đồng hồ của hệ thống',
  ops: 'người vận hành',
};

const money: readonly Detail[] = ['amountCollected', 'feeHandedOver', 'amountDue'];

/** What the figures of a mismatch count. */
function unitOf(field: Detail): readonly [string, string] {
  if (field === 'papers') return [' (originals + copies)', ' (bản chính + bản sao)'];
  return money.includes(field) ? [' (đồng)', ' (đồng)'] : ['', ''];
}

const labelWords = {
  ...itemCodeWords,
  'used-before': {
    en: 'already used for an earlier leg of this dossier',
    vi: 'đã dùng cho chặng trước của hồ sơ này',
  },
  'taken': {
    en: 'already on the item of another dossier: check the label, or take a new one',
    vi: 'đã dán cho bưu gửi của hồ sơ khác: hãy kiểm tra nhãn hoặc dùng nhãn mới',
  },
} as const;
const dateWords = {
  'in-the-past': ['must not lie before it was agreed', 'không được trước thời điểm hẹn'],
  'too-far': ['at most 300 days ahead', 'tối đa 300 ngày tới'],
  'ends-before-it-begins': ['must end after it begins', 'phải kết thúc sau khi bắt đầu'],
} as const;

const scanWords = {
  'not-uploaded': ['nothing was uploaded', 'chưa có tệp nào được tải lên'],
  'size-differs': ['the size is not the announced one', 'dung lượng khác với đã khai'],
  'checksum-differs': ['the SHA-256 is not the announced one', 'mã SHA-256 khác với đã khai'],
  'type-differs': [
    'the content is not of the announced type; PDF, JPEG and PNG are taken',
    'nội dung không đúng kiểu đã khai; chỉ nhận PDF, JPEG và PNG',
  ],
  'heic': [
    'a HEIC picture, which the agencies cannot open: on the phone choose Settings, Camera, Formats, Most Compatible, and photograph anew, or send it as JPEG',
    'ảnh HEIC, cơ quan không mở được: trên điện thoại vào Cài đặt, Camera, Định dạng, chọn Tương thích nhất rồi chụp lại, hoặc gửi dạng JPEG',
  ],
  'truncated': ['the file ends too early: upload it again', 'tệp bị cắt cụt: hãy tải lên lại'],
  'unreadable': [
    'no reader can open the file: scan or photograph the papers again',
    'không phần mềm nào mở được tệp: hãy quét hoặc chụp lại giấy tờ',
  ],
  'needs-password': [
    'the PDF opens with a password only: save it without one',
    'tệp PDF có mật khẩu mở: hãy lưu lại không có mật khẩu',
  ],
  'too-large': [
    'more pages or pixels than a scan has: at most 1,000 pages, 100 megapixels a picture',
    'quá nhiều trang hoặc điểm ảnh: tối đa 1.000 trang, mỗi ảnh 100 triệu điểm ảnh',
  ],
  'too-slow': [
    'takes too long to open: split it, or scan with fewer details',
    'mở quá lâu: hãy tách tệp hoặc quét với độ chi tiết thấp hơn',
  ],
} as const;
