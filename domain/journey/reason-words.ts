import type { Name } from '../catalogue/provenance.ts';
import type { Reason } from './events.ts';

/** Why something was done or not done, as people read it. */
export const reasonWords: Readonly<Record<Reason, Name>> = {
  'citizen-asked': { vi: 'Người dân yêu cầu', en: 'The citizen asked for it' },
  'citizen-absent': { vi: 'Người dân vắng mặt', en: 'The citizen was not there' },
  'citizen-moved': { vi: 'Người dân đã chuyển đi', en: 'The citizen has moved away' },
  'papers-not-ready': { vi: 'Giấy tờ chưa sẵn sàng', en: 'The papers were not ready' },
  'address-unknown': { vi: 'Không tìm thấy địa chỉ', en: 'The address is not to be found' },
  'receiver-refused': { vi: 'Người nhận từ chối', en: 'The receiver refused it' },
  'papers-incomplete': { vi: 'Thiếu giấy tờ', en: 'Papers are missing' },
  'wrong-competence': { vi: 'Không đúng thẩm quyền', en: 'Another agency is competent' },
  'not-eligible': { vi: 'Không đủ điều kiện', en: 'The conditions are not met' },
  'agency-needs-time': { vi: 'Cơ quan cần thêm thời gian', en: 'The agency needs more time' },
  'seal-broken': { vi: 'Niêm phong bị rách', en: 'The seal was broken' },
  'counts-differ': { vi: 'Số lượng giấy tờ không khớp', en: 'The papers do not count up' },
  'fee-differs': { vi: 'Số tiền không khớp', en: 'The money does not count up' },
  'receiver-absent': { vi: 'Không có người nhận', en: 'Nobody was there to receive it' },
  'not-found-in-bag': { vi: 'Không có trong túi', en: 'It was not in the bag' },
  'damaged': { vi: 'Bị hư hỏng', en: 'It was damaged' },
  'weather-or-road': { vi: 'Thời tiết hoặc đường sá', en: 'Weather or road' },
  'confirmed-by-both': { vi: 'Hai bên xác nhận', en: 'Both sides confirmed it' },
  'recorded-in-error': { vi: 'Ghi nhận nhầm', en: 'It was recorded in error' },
  'force-majeure': { vi: 'Bất khả kháng', en: 'Force majeure' },
  'calendar-decided': { vi: 'Lịch nghỉ mới được quyết định', en: 'The calendar was decided' },
};
