import type { RefusalName } from '../domain/journey/refusals.ts';
import { keptForMs, mostOfAUnit } from '../domain/feeds/subscription.ts';
import { bagBody, batchBody, notesADay, usualBody } from '../domain/limits.ts';
import { mostAnnouncements, mostScanBytes, mostScans } from '../domain/scans.ts';
import { mebibytes } from './scan-view.ts';

const keptDays = keptForMs / 86_400_000;

/** What can go wrong before the law is asked. */
export const borderFaults = [
  'MalformedJson',
  'DuplicateKey',
  'BrokenUtf8',
  'UnsupportedMediaType',
  'BodyTooLarge',
  'InvalidRequest',
  'NoUnit',
  'StillInFlight',
  'NoSuchRoute',
  'NoSuchMethod',
  'NotReached',
  'DossierUnreadable',
  'Unexpected',
] as const;
export type BorderFault = (typeof borderFaults)[number];

/** What the gateway says before any function is asked, in words of its own; the client gives it the same shape. */
export const gatewayFaults = ['BadRequest', 'Unauthorized', 'Forbidden', 'TooLarge', 'Unavailable'] as const;
export type GatewayFault = (typeof gatewayFaults)[number];

interface ProblemWords {
  readonly status: number;
  /** The same request may succeed later, with nothing changed. */
  readonly retryable?: true;
  readonly title: string;
  readonly titleVi: string;
  /** What to do. */
  readonly detail: string;
  readonly detailVi: string;
}

/** Every reason for which the answer is no, one entry each: what is answered, and what its page says. */
export const problemWords: Readonly<Record<RefusalName | BorderFault | GatewayFault, ProblemWords>> = {
  NoSuchStep: {
    status: 409,
    title: 'No such step from here',
    titleVi: 'Không có bước này',
    detail: 'The dossier is not at a place from which this event can follow. Read allowedActions.',
    detailVi: 'Hồ sơ đang ở nơi không thể có sự kiện này. Xem allowedActions.',
  },
  NotYourStep: {
    status: 403,
    title: 'Not your step',
    titleVi: 'Không thuộc quyền của bạn',
    detail: 'Somebody else reports this event; errors says who.',
    detailVi: 'Sự kiện này do đơn vị khác ghi nhận.',
  },
  ProofMissing: {
    status: 422,
    title: 'Proof missing',
    titleVi: 'Thiếu bằng chứng',
    detail: 'The event must say more; each missing part is named in errors.',
    detailVi: 'Sự kiện phải kèm thêm thông tin; xem errors.',
  },
  ProofMismatch: {
    status: 422,
    title: 'Proof does not match',
    titleVi: 'Số liệu không khớp',
    detail: 'What was said differs from what the book knows; report a dispute if it is true.',
    detailVi: 'Thông tin khác với sổ; nếu đúng thực tế hãy báo sai lệch.',
  },
  UnneededDetails: {
    status: 422,
    title: 'More than needed',
    titleVi: 'Thừa thông tin',
    detail: 'The event says more than it needs; leave out what errors names.',
    detailVi: 'Sự kiện chứa thông tin không cần; hãy bỏ các mục nêu trong errors.',
  },
  ItemCodeRefused: {
    status: 422,
    title: 'Item code refused',
    titleVi: 'Số hiệu bưu gửi không dùng được',
    detail: 'The item code is no domestic UPU S10 code, or another item has it; errors says which.',
    detailVi: 'Số hiệu không đúng chuẩn UPU S10 trong nước, hoặc đã có bưu gửi khác dùng; xem errors.',
  },
  DateRefused: {
    status: 422,
    title: 'Date refused',
    titleVi: 'Ngày không hợp lệ',
    detail: 'The date is in the past or too far away.',
    detailVi: 'Ngày đã qua hoặc quá xa.',
  },
  TooLate: {
    status: 422,
    title: 'Too late',
    titleVi: 'Đã hết thời hạn',
    detail:
      'This could be done until the time in errors; what is wrong now is settled in another way, by the post office.',
    detailVi:
      'Việc này chỉ làm được đến thời điểm nêu trong errors; bây giờ hãy liên hệ bưu cục để giải quyết cách khác.',
  },
  UnknownBag: {
    status: 404,
    title: 'No such bag',
    titleVi: 'Không có túi này',
    detail: 'No bag of this code is known, or nothing in it is yours to know of. Say in items what is in it.',
    detailVi:
      'Không có túi mang mã này, hoặc trong túi không có hồ sơ nào thuộc quyền của bạn. Hãy liệt kê trong items.',
  },
  NoSuchPaper: {
    status: 409,
    title: 'Nothing to print yet',
    titleVi: 'Chưa có giấy này',
    detail:
      'The dossier has not come to where this paper is made out: a slip needs papers that were taken in, a label an item on its way, an apology a date that was missed. Read the dossier to see where it is.',
    detailVi:
      'Hồ sơ chưa đến bước lập giấy này: phiếu gửi cần giấy tờ đã được nhận, nhãn cần bưu gửi đang đi, phiếu xin lỗi cần ngày hẹn đã quá. Hãy xem hồ sơ đang ở đâu.',
  },
  UnknownMatter: {
    status: 422,
    title: 'Nothing open about it',
    titleVi: 'Không có việc tồn đọng',
    detail: 'The event that details.concerns names has nothing open that this report would settle.',
    detailVi: 'Sự kiện nêu trong details.concerns không có việc tồn đọng nào mà báo cáo này giải quyết.',
  },
  SamePerson: {
    status: 403,
    title: 'Another person settles it',
    titleVi: 'Cần người khác xác nhận',
    detail: 'Whoever reported an event does not settle alone what is open about it; a colleague does.',
    detailVi: 'Người đã báo sự kiện không được tự mình giải quyết; cần đồng nghiệp xác nhận.',
  },
  TooManyNotes: {
    status: 429,
    retryable: true,
    title: 'Too many notes today',
    titleVi: 'Quá nhiều ghi chú trong ngày',
    detail: `Scans and other notes of one dossier are limited to ${notesADay} a day; nothing else is refused for it. Send it again tomorrow, or leave it out.`,
    detailVi: `Mỗi hồ sơ chỉ nhận tối đa ${notesADay} lượt quét và ghi chú một ngày; việc khác vẫn được nhận. Hãy gửi lại ngày mai hoặc bỏ qua.`,
  },
  TooManyRequests: {
    status: 429,
    retryable: true,
    title: 'Too many requests',
    titleVi: 'Quá nhiều yêu cầu',
    detail: 'You have asked more than one caller may in this time. Wait as many seconds as Retry-After says.',
    detailVi: 'Bạn đã gửi quá số yêu cầu cho phép. Hãy chờ số giây nêu trong Retry-After rồi thử lại.',
  },
  Overtaken: {
    status: 409,
    retryable: true,
    title: 'Overtaken',
    titleVi: 'Đã có thay đổi trước',
    detail: 'So many write to this dossier at once that this did not get through; send it again.',
    detailVi: 'Quá nhiều người cùng ghi vào hồ sơ này nên chưa ghi được; hãy gửi lại.',
  },
  VersionMoved: {
    status: 412,
    title: 'Another version',
    titleVi: 'Hồ sơ đã có thay đổi',
    detail:
      'The dossier has another version than the one you named; version says which. Read it again and decide anew.',
    detailVi: 'Hồ sơ đã sang phiên bản khác (xem version); hãy đọc lại hồ sơ rồi quyết định.',
  },
  EventIdReused: {
    status: 409,
    title: 'Event id reused',
    titleVi: 'Mã sự kiện đã dùng',
    detail: 'This eventId came before with other content; send a new one.',
    detailVi: 'eventId này đã được gửi với nội dung khác; hãy dùng mã mới.',
  },
  IdempotencyKeyReused: {
    status: 422,
    title: 'Idempotency-Key reused',
    titleVi: 'Idempotency-Key đã dùng',
    detail: 'This key came before with another registration; send a new one.',
    detailVi: 'Khóa này đã dùng cho một đăng ký khác; hãy dùng khóa mới.',
  },
  WrongDigits: {
    status: 403,
    title: 'Wrong digits',
    titleVi: 'Sai số điện thoại',
    detail:
      'The registered telephone number does not end with these four digits. After five mistakes ask at the post office.',
    detailVi: 'Điện thoại đã đăng ký không có bốn số cuối này. Sai năm lần thì mời hỏi tại bưu cục.',
  },
  UnknownDossier: {
    status: 404,
    title: 'Unknown dossier',
    titleVi: 'Không tìm thấy hồ sơ',
    detail: 'There is no such dossier for you.',
    detailVi: 'Không có hồ sơ này trong phạm vi của bạn.',
  },
  UnknownProcedure: {
    status: 422,
    title: 'Unknown procedure',
    titleVi: 'Không có thủ tục này',
    detail: 'The procedure code is not in the list.',
    detailVi: 'Mã thủ tục không có trong danh mục.',
  },
  UnknownAgency: {
    status: 422,
    title: 'Unknown agency',
    titleVi: 'Không có cơ quan này',
    detail: 'The agency does not settle this procedure, or is not known.',
    detailVi: 'Cơ quan không tồn tại hoặc không giải quyết thủ tục này.',
  },
  UnknownPostOffice: {
    status: 422,
    title: 'Unknown post office',
    titleVi: 'Không có bưu cục này',
    detail: 'The post office is not known.',
    detailVi: 'Bưu cục không có trong danh mục.',
  },
  UnknownCommune: {
    status: 422,
    title: 'Unknown commune',
    titleVi: 'Không có xã, phường này',
    detail: 'The commune is not known.',
    detailVi: 'Xã, phường không có trong danh mục.',
  },
  UnknownExemption: {
    status: 422,
    title: 'Unknown exemption',
    titleVi: 'Không có diện miễn giảm này',
    detail: 'The group has neither cheaper postage nor a lower fee for this procedure.',
    detailVi: 'Diện này không được miễn, giảm cước hay lệ phí của thủ tục.',
  },
  NotCarriedByPost: {
    status: 422,
    title: 'Not carried by post',
    titleVi: 'Không nhận qua bưu chính',
    detail: 'The list does not let this procedure be sent or received by post.',
    detailVi: 'Thủ tục không thuộc danh mục gửi hoặc nhận qua bưu chính.',
  },
  NotYourFrontDoor: {
    status: 403,
    title: 'Not your front door',
    titleVi: 'Không được mở theo cách này',
    detail: 'Your role does not open dossiers at this front door.',
    detailVi: 'Vai trò của bạn không tiếp nhận theo hình thức này.',
  },
  NotYourUnit: {
    status: 403,
    title: 'Not your unit',
    titleVi: 'Không phải đơn vị của bạn',
    detail: 'You register for your own unit only.',
    detailVi: 'Bạn chỉ được đăng ký cho đơn vị mình.',
  },
  UnknownScan: {
    status: 404,
    title: 'Unknown scan',
    titleVi: 'Không có bản quét này',
    detail: 'No upload was asked for under this id; the list of the dossier’s scans has all ids.',
    detailVi: 'Chưa có yêu cầu tải lên với mã này; danh sách bản quét của hồ sơ có đủ các mã.',
  },
  TooManyScans: {
    status: 409,
    title: 'No room for more scans',
    titleVi: 'Hồ sơ đã đủ bản quét',
    detail: `A dossier holds ${mostScans} scans and ${mebibytes(mostScanBytes)} MiB of them, refused ones aside, and ${mostAnnouncements} announcements in all. Confirm what was uploaded, join pages into one PDF, or leave it out.`,
    detailVi: `Mỗi hồ sơ chỉ chứa tối đa ${mostScans} bản quét, tổng dung lượng ${mebibytes(mostScanBytes)} MiB (không kể bản bị từ chối), và ${mostAnnouncements} lần khai báo. Hãy xác nhận các tệp đã tải lên, gộp trang vào một PDF, hoặc bỏ bớt.`,
  },
  ScanRefused: {
    status: 422,
    title: 'Scan refused',
    titleVi: 'Bản quét không được nhận',
    detail: 'The file is not taken; errors says why and what to do.',
    detailVi: 'Tệp không được nhận; errors nêu lý do và cách xử lý.',
  },
  ScanNotReady: {
    status: 409,
    retryable: true,
    title: 'Not checked for viruses yet',
    titleVi: 'Đang chờ kiểm tra mã độc',
    detail: 'The file is there and is being checked for viruses, which takes some seconds. Confirm it again then.',
    detailVi: 'Tệp đã tải lên và đang được kiểm tra mã độc, mất vài giây. Hãy xác nhận lại sau ít giây.',
  },
  ScanNotReadable: {
    status: 409,
    retryable: true,
    title: 'Scan not readable',
    titleVi: 'Chưa xem được bản quét',
    detail: 'The scan has not been verified.',
    detailVi: 'Bản quét chưa được kiểm tra.',
  },
  NotYourList: {
    status: 403,
    title: 'Not your list',
    titleVi: 'Không phải danh sách của bạn',
    detail: 'Your role does not have this list; errors names those that it has.',
    detailVi: 'Vai trò của bạn không có danh sách này; xem errors để biết các danh sách được xem.',
  },
  CursorRefused: {
    status: 400,
    title: 'Cursor of another list',
    titleVi: 'Con trỏ của danh sách khác',
    detail: 'The cursor was given for another list, or by nobody. Ask again without it.',
    detailVi: 'Con trỏ thuộc danh sách khác hoặc không hợp lệ. Hãy hỏi lại không kèm cursor.',
  },
  UnknownSubscription: {
    status: 404,
    title: 'No such subscription',
    titleVi: 'Không có đăng ký này',
    detail: 'No subscription of your unit has this id, or it has ended. List your subscriptions.',
    detailVi: 'Đơn vị của bạn không có đăng ký mang mã này, hoặc đã hủy. Hãy xem danh sách đăng ký.',
  },
  TooManySubscriptions: {
    status: 409,
    title: 'Too many subscriptions',
    titleVi: 'Quá nhiều đăng ký',
    detail: `A unit has ${mostOfAUnit} subscriptions at most. Change one, or end one that nobody reads.`,
    detailVi: `Mỗi đơn vị có tối đa ${mostOfAUnit} đăng ký. Hãy sửa hoặc hủy một đăng ký không còn dùng.`,
  },
  FeedFellBehind: {
    status: 410,
    title: 'Fallen behind what is kept',
    titleVi: 'Đã quá thời hạn lưu',
    detail: `What came after this cursor was kept for ${keptDays} days and is gone. Ask without \`after\` for the oldest that is kept, and read anew the dossiers that are open.`,
    detailVi: `Các sự kiện sau con trỏ này chỉ được lưu ${keptDays} ngày và đã hết hạn. Hãy hỏi không kèm \`after\` để đọc từ sự kiện cũ nhất còn lưu, và đọc lại các hồ sơ đang mở.`,
  },
  AddressRefused: {
    status: 422,
    title: 'Address refused',
    titleVi: 'Địa chỉ không được chấp nhận',
    detail: 'A webhook is called over HTTPS at an address of the public internet, without a name and password in it.',
    detailVi: 'Webhook chỉ được gọi qua HTTPS tới địa chỉ công khai trên Internet, không kèm tên và mật khẩu.',
  },
  NoWebhook: {
    status: 409,
    title: 'No webhook',
    titleVi: 'Chưa có webhook',
    detail: 'The subscription has no address to be called at. Give it one with PATCH (url), or read its events.',
    detailVi: 'Đăng ký này chưa có địa chỉ để gọi. Hãy đặt bằng PATCH (url), hoặc đọc sự kiện qua API.',
  },
  UnknownDelivery: {
    status: 404,
    title: 'No such event',
    titleVi: 'Không có sự kiện này',
    detail: `Nothing stands at this place of the lane, or it is older than the ${keptDays} days for which events are kept.`,
    detailVi: `Không có sự kiện ở vị trí này, hoặc đã quá ${keptDays} ngày lưu giữ.`,
  },
  MalformedJson: {
    status: 400,
    title: 'Malformed JSON',
    titleVi: 'JSON sai cú pháp',
    detail: 'The body is not valid JSON.',
    detailVi: 'Nội dung không phải JSON hợp lệ.',
  },
  DuplicateKey: {
    status: 400,
    title: 'One key twice',
    titleVi: 'Trùng khóa JSON',
    detail: 'The body names a key of one object twice; errors says which. Send it once.',
    detailVi: 'Nội dung có một khóa lặp lại trong cùng đối tượng; xem errors. Hãy chỉ gửi một lần.',
  },
  BrokenUtf8: {
    status: 400,
    title: 'Broken UTF-8',
    titleVi: 'UTF-8 bị hỏng',
    detail: 'The body is not valid UTF-8 text.',
    detailVi: 'Nội dung không phải văn bản UTF-8 hợp lệ.',
  },
  UnsupportedMediaType: {
    status: 415,
    title: 'Unsupported media type',
    titleVi: 'Kiểu nội dung không hỗ trợ',
    detail: 'Send application/json.',
    detailVi: 'Hãy gửi application/json.',
  },
  BodyTooLarge: {
    status: 413,
    title: 'Body too large',
    titleVi: 'Nội dung quá lớn',
    detail: `The body may have ${usualBody / 1024} KiB at most, a bag ${bagBody / 1024} KiB, a batch of events ${mebibytes(batchBody)} MiB; scans go to the upload link.`,
    detailVi: `Nội dung tối đa ${usualBody / 1024} KiB, túi ${bagBody / 1024} KiB, lô sự kiện ${mebibytes(batchBody)} MiB; bản quét tải lên theo đường dẫn riêng.`,
  },
  InvalidRequest: {
    status: 400,
    title: 'Invalid request',
    titleVi: 'Yêu cầu không hợp lệ',
    detail: 'Each fault is named in errors by its place in the request.',
    detailVi: 'Từng lỗi được nêu trong errors theo vị trí.',
  },
  NoUnit: {
    status: 403,
    title: 'No unit',
    titleVi: 'Chưa gắn đơn vị',
    detail: 'Your token names no role with a unit; ask your administrator for a group like clerk:PO-….',
    detailVi: 'Tài khoản chưa thuộc nhóm đơn vị nào; hãy liên hệ quản trị.',
  },
  StillInFlight: {
    status: 409,
    retryable: true,
    title: 'Still in flight',
    titleVi: 'Yêu cầu trước còn đang xử lý',
    detail: 'The same request under this Idempotency-Key is still being worked on; send it again after Retry-After.',
    detailVi: 'Yêu cầu cùng Idempotency-Key này còn đang được xử lý; hãy gửi lại sau thời gian Retry-After.',
  },
  NoSuchRoute: {
    status: 404,
    title: 'No such address',
    titleVi: 'Không có địa chỉ này',
    detail: 'Nothing is served at this path; /docs names everything that is.',
    detailVi: 'Không có gì ở đường dẫn này; xem danh mục tại /docs.',
  },
  NoSuchMethod: {
    status: 405,
    title: 'Not by this method',
    titleVi: 'Không dùng phương thức này',
    detail: 'This path is served by other methods; the header Allow names them.',
    detailVi: 'Đường dẫn này dùng phương thức khác; xem tiêu đề Allow.',
  },
  BadRequest: {
    status: 400,
    title: 'Not understood',
    titleVi: 'Không hiểu yêu cầu',
    detail:
      'The gateway could not read the request: its path, or headers of more than 10 KB. Mend it; no function was asked.',
    detailVi: 'Cổng không đọc được yêu cầu: đường dẫn sai, hoặc tiêu đề quá 10 KB. Hãy sửa rồi gửi lại.',
  },
  Unauthorized: {
    status: 401,
    title: 'No valid token',
    titleVi: 'Thiếu mã truy cập hợp lệ',
    detail: 'There is no token, or it has expired or is not ours; www-authenticate says which. Ask for a new one.',
    detailVi: 'Thiếu mã truy cập, mã đã hết hạn hoặc không phải của hệ thống (xem www-authenticate). Hãy xin mã mới.',
  },
  Forbidden: {
    status: 403,
    title: 'Not with this token',
    titleVi: 'Mã truy cập không đủ quyền',
    detail: 'The token has none of the scopes of this operation; www-authenticate names them.',
    detailVi: 'Mã truy cập không có phạm vi cần thiết; xem www-authenticate.',
  },
  TooLarge: {
    status: 413,
    title: 'Too large for the gateway',
    titleVi: 'Quá lớn đối với cổng',
    detail: 'No request may have more than 10 MB; scans go to the upload link.',
    detailVi: 'Yêu cầu không được quá 10 MB; bản quét tải lên theo đường dẫn riêng.',
  },
  Unavailable: {
    status: 503,
    retryable: true,
    title: 'Unavailable for a moment',
    titleVi: 'Tạm thời chưa phục vụ được',
    detail:
      'No function answered in time; what was asked may have been done. Send it again under the same key or event id.',
    detailVi: 'Hệ thống chưa trả lời kịp; yêu cầu có thể đã được ghi. Hãy gửi lại với cùng khóa hoặc mã sự kiện.',
  },
  NotReached: {
    status: 503,
    retryable: true,
    title: 'Not reached in time',
    titleVi: 'Chưa xử lý kịp',
    detail: 'The time of the batch was over before this item was looked at; send it again.',
    detailVi: 'Lô sự kiện đã hết thời gian trước khi đến mục này; hãy gửi lại mục này.',
  },
  DossierUnreadable: {
    status: 503,
    retryable: true,
    title: 'Dossier cannot be read',
    titleVi: 'Chưa đọc được hồ sơ',
    detail:
      'What is stored of this dossier cannot be read; we have been told. Nothing is lost: keep your report and send it again later.',
    detailVi:
      'Dữ liệu của hồ sơ này chưa đọc được, bộ phận kỹ thuật đã được báo. Không mất gì: hãy giữ thông tin và gửi lại sau.',
  },
  Unexpected: {
    status: 500,
    retryable: true,
    title: 'Unexpected',
    titleVi: 'Lỗi ngoài dự kiến',
    detail: 'Something went wrong on our side; try again, and name the request id if it stays.',
    detailVi: 'Hệ thống gặp lỗi; hãy thử lại, nếu còn lỗi hãy báo kèm mã yêu cầu.',
  },
};
