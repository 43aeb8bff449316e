import type { Name } from '../catalogue/provenance.ts';

/**
 * What no act says, and is assumed until the province or the post says otherwise; lines of the law name them, and only
 * its page prints them.
 */
export const assumptions = {
  lapse: {
    vi: 'Đăng ký mà không ai gửi giấy tờ thì sau bảy ngày coi như bỏ.',
    en: 'A registration for which nobody brings papers is given up after seven days.',
  },
  pickupByPhone: {
    vi: 'Bưu điện gọi điện hẹn giờ thu gom; văn bản chỉ nói nhận tại địa chỉ.',
    en: 'The post agrees the hour by phone; the acts only say that it collects at an address.',
  },
  threePickups: {
    vi: 'Ba lần thu gom không được thì hủy, như bưu điện vẫn làm.',
    en: 'After three failed pickups it is cancelled, as the post does in practice.',
  },
  cancelBefore: {
    vi: 'Trước khi bưu điện nhận giấy tờ, người dân bỏ lúc nào cũng được.',
    en: 'Until the post has the papers, the citizen may give up at any time.',
  },
  dispute: {
    vi: 'Hai bên không khớp thì bưu điện giữ hồ sơ đến khi thống nhất.',
    en: 'While the two sides do not agree, the post keeps the papers until they do.',
  },
  missing: {
    vi: 'Văn bản nói về mất và thất lạc, không nói cách truy tìm; báo mất là một sự kiện.',
    en: 'The acts speak of loss, not of tracing; that an item is missing is a fact of its own.',
  },
  atAgencyHanded: {
    vi: 'Kết quả nhận tại cơ quan coi là đã trả khi cơ quan báo có kết quả.',
    en: 'A result that is fetched at the agency counts as handed out when it is announced.',
  },
  carriedBack: {
    vi: 'Giấy tờ mà cơ quan không giải quyết được bưu điện mang trả người dân.',
    en: 'What the agency does not decide on is carried back to the citizen by the post.',
  },
  supplementLapse: {
    vi: 'Không bổ sung trong ba mươi ngày thì trả lại hồ sơ.',
    en: 'What is not completed within thirty days goes back to the citizen.',
  },
  threeDeliveries: {
    vi: 'Phát ba lần không được thì giữ tại bưu cục.',
    en: 'After three failed deliveries it is held at the post office.',
  },
  hold: {
    vi: 'Bản cũ: giữ tại bưu cục 15 ngày, xã vùng xa 30 ngày, không theo hai lần mời.',
    en: 'In earlier editions it was held 15 days, 30 in remote communes, whatever the invitations.',
  },
  outAgain: {
    vi: 'Bưu tá đi phát khi nào là việc của bưu điện.',
    en: 'When the courier goes out is the post’s own affair.',
  },
  settle: {
    vi: 'Người mở việc không tự đóng một mình: kiểm soát nội bộ.',
    en: 'Whoever opened a matter does not close it alone: internal control.',
  },
  newCode: {
    vi: 'Phiếu bị mất hoặc bị chụp thì bưu cục, kiểm soát viên hoặc cổng đã đăng ký đổi mã tra cứu; mã cũ hết giá trị ngay.',
    en: 'When a slip is lost or was photographed, a post office of the route, a supervisor or the portal that registered replaces the tracking code; the old one ends at once.',
  },
  supervise: {
    vi: 'Kiểm soát viên của một bưu cục hoặc cơ quan xem như người của đơn vị mình và là người thứ hai đóng việc tồn đọng; không thay họ giao nhận.',
    en: 'The supervisor of one post office or agency sees what its own people see and is the second person who settles a matter; he hands nothing over in their place.',
  },
  scan: {
    vi: 'Quét dọc đường là cách bưu điện định vị bưu gửi.',
    en: 'Scans on the way are how the post locates an item.',
  },
  contact: {
    vi: 'Số điện thoại ghi sai thì đơn vị đăng ký sửa.',
    en: 'A wrong telephone number is corrected by the unit that registered it.',
  },
  remind: {
    vi: 'Quá hạn thì nhắc người phải làm, không tự thay ai quyết định.',
    en: 'When a date has passed whoever has to act is reminded; nothing is decided for him.',
  },
  lateProof: {
    vi: 'Bằng chứng từ đường xa đến sau khi có sóng.',
    en: 'Proof from the road comes when there is signal.',
  },
  dueMoved: {
    vi: 'Cơ quan xin lỗi và hẹn lại ngày trả, theo mẫu phiếu xin lỗi.',
    en: 'The agency apologises and names a new date, as the form of apology has it.',
  },
  pickupTwoDays: {
    vi: 'Chưa hẹn được thì sau hai ngày làm việc có người nhắc.',
    en: 'Where no hour was agreed, somebody is reminded after two working days.',
  },
  sameDayOut: {
    vi: 'Hồ sơ rời bưu cục trong một ngày làm việc.',
    en: 'Papers leave the post office within one working day.',
  },
  disputeHours: {
    vi: 'Sai lệch giải quyết trong tám giờ.',
    en: 'A dispute is settled within eight hours.',
  },
  agencyTerm: {
    vi: 'Thủ tục chưa biết thời hạn thì nhắc sau mười lăm ngày làm việc.',
    en: 'Where the procedure’s term is not known, somebody is reminded after fifteen working days.',
  },
  fetchResult: {
    vi: 'Bưu điện đến lấy kết quả trong một ngày làm việc.',
    en: 'The post fetches a result within one working day.',
  },
  roundHours: {
    vi: 'Một chuyến phát dài nhất mười giờ.',
    en: 'A courier’s round takes ten hours at most.',
  },
  nextTry: {
    vi: 'Chưa hẹn lại thì phát lại sau một ngày làm việc.',
    en: 'Where no date was agreed, the next attempt is after one working day.',
  },
  returnDays: { vi: 'Chuyển hoàn trong ba ngày làm việc.', en: 'A return takes three working days.' },
  trace: { vi: 'Truy tìm ba mươi ngày rồi hỏi lại.', en: 'Tracing is asked about after thirty days.' },
  status: {
    vi: 'Trạng thái do các hệ thống một cửa trao đổi; mã lấy từ hệ thống đang chạy, chưa thấy văn bản.',
    en: 'The status that one-stop systems exchange; its numbers are seen in systems that run, in no act.',
  },
  checkMoney: {
    vi: 'Số tiền khác với bảng giá thì ghi nhận kèm tranh chấp.',
    en: 'Money that differs from the quote is recorded with a dispute.',
  },
  sealChecked: {
    vi: 'Niêm phong kiểm khi giao: văn bản buộc niêm phong, không nói lúc kiểm.',
    en: 'The seal is looked at when handed over: the acts demand it, not the look.',
  },
  itemOnce: {
    vi: 'Một mã bưu gửi chỉ ở trên một bưu gửi, theo chuẩn S10.',
    en: 'One item code is on one item, as the S10 standard has it.',
  },
  datesAhead: { vi: 'Ngày hẹn ở phía trước.', en: 'A date that is agreed lies ahead.' },
  absentAgency: {
    vi: 'Đến nơi mà không có người tiếp nhận thì giao lại lần sau.',
    en: 'Where nobody is there to receive, the post comes again.',
  },
  offered: {
    vi: 'Người giao nói mình giao gì, người nhận xác nhận: hai người, hai lần ghi.',
    en: 'Whoever hands over says what, whoever receives confirms: two people, two records.',
  },
  handedOut: {
    vi: 'Kết quả nhận tại cơ quan chỉ là đã trả khi cơ quan nói đã giao tận tay.',
    en: 'A result fetched at the agency is handed out only when the agency says so.',
  },
  changedMind: {
    vi: 'Cách nhận kết quả đổi được đến khi kết quả rời cơ quan.',
    en: 'How the result comes may be changed until it leaves the agency.',
  },
  takenBack: {
    vi: 'Hồ sơ chờ trả, người dân đến cơ quan nhận lại cũng được.',
    en: 'Papers that wait to be returned may also be fetched at the agency.',
  },
  duty: {
    vi: 'Cơ quan yêu cầu nghĩa vụ tài chính thì thời hạn của cơ quan đứng lại đến khi nộp.',
    en: 'While a financial duty is asked for, the agency’s term stands still until it is paid.',
  },
  dutyDays: {
    vi: 'Nghĩa vụ tài chính chưa nộp thì sau mười ngày làm việc có người nhắc.',
    en: 'Where a duty is not paid, somebody is reminded after ten working days.',
  },
  confirmed: {
    vi: 'Lệ phí chưa biết thì hỏi cơ quan và người dân đồng ý trước khi thu.',
    en: 'A fee that is not known is asked of the agency and agreed before it is taken.',
  },
  cancelDelivery: {
    vi: 'Ghi nhầm đã phát thì hủy được trong một ngày.',
    en: 'A delivery recorded by mistake may be cancelled within a day.',
  },
  succession: {
    vi: 'Đơn vị bị giải thể thì đơn vị kế thừa làm tiếp mọi việc của nó.',
    en: 'The successor of a unit that is abolished takes on all that was the unit’s.',
  },
  datesMoved: {
    vi: 'Đường bị tắc vì bão lũ thì thời hạn lùi bằng số ngày làm việc bị tắc; lịch nghỉ đổi thì tính lại.',
    en: 'Where storm or flood shut the way, terms move by as many working days; a changed calendar has them counted anew.',
  },
  inviteSoon: {
    vi: 'Lưu giữ thì mời trong một ngày làm việc; sau lần mời thứ hai, người nhận có thêm hai ngày làm việc.',
    en: 'What is held is invited for within one working day; after the second invitation the receiver has two more.',
  },
  fetchReturn: {
    vi: 'Bưu điện đến lấy hồ sơ trả lại trong hai ngày làm việc.',
    en: 'The post fetches papers to be returned within two working days.',
  },
  waitingResult: {
    vi: 'Kết quả chờ tại cơ quan thì sau ba mươi ngày có người nhắc.',
    en: 'A result that waits at the agency is asked about after thirty days.',
  },
  firstAttempt: {
    vi: 'Phát tại nhà: lần phát đầu tiên, dù không gặp người nhận, kết thúc thời gian toàn trình.',
    en: 'Of a delivery at home the first attempt ends the time of the way, though nobody is in.',
  },
  returnLeg: {
    vi: 'Hồ sơ trả lại đi nhanh như kết quả.',
    en: 'Papers that are returned travel as fast as results.',
  },
  handBack: {
    vi: 'Lệ phí và giấy tờ thu ở cửa nộp lại cơ quan trong ba ngày làm việc.',
    en: 'Fee and papers taken at the door are with the agency within three working days.',
  },
  rest: {
    vi: 'Phần còn thiếu được phát nốt trong hai ngày làm việc.',
    en: 'What was missing is delivered within two working days.',
  },
  tellDamage: {
    vi: 'Hư hỏng thì báo người gửi trong một ngày làm việc.',
    en: 'The sender is told of damage within one working day.',
  },
  remedy: {
    vi: 'Mất thì bưu điện cùng người dân bắt đầu xin cấp lại trong năm ngày làm việc.',
    en: 'Of what is lost the post begins with the citizen to have it issued anew within five working days.',
  },
  receiptShown: {
    vi: 'Người gửi đưa phiếu gửi; cổng đã đăng ký thì đăng ký là chứng từ.',
    en: 'The sender shows the slip; for the portal that registered it, the registration is the proof.',
  },
  listedOnly: {
    vi: 'Danh mục chỉ gồm giấy tờ cơ quan đã công bố; thủ tục chưa đọc được danh mục thì ghi theo số thứ tự.',
    en: 'A list holds nothing beyond what the agency has published; where we have not read that, lines go by number.',
  },
  complaintDay: {
    vi: 'Khiếu nại hư hỏng, giá cước tính từ ngày phát; chưa phát thì chưa bắt đầu.',
    en: 'For damage and price the month runs from delivery; before it nothing has begun.',
  },
  unitKnown: {
    vi: 'Đơn vị kế thừa phải có trong danh mục, cùng loại.',
    en: 'A successor is on the list, and of the same kind.',
  },
  registrar: {
    vi: 'Cổng đã đăng ký hồ sơ thì thay mặt người dân.',
    en: 'The portal that registered a dossier speaks for the citizen.',
  },
  knownOffice: { vi: 'Chỉ nhận bưu cục có trong danh mục.', en: 'Only post offices of the list are taken.' },
} as const satisfies Record<string, Name>;
