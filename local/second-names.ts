import { placeFacts, places } from '../domain/journey/places.ts';

/** The Vietnamese names of the journey's states, for the pages of the console; of no other machine's. */
export function vietnameseNames(states: ReadonlySet<string>): ReadonlyMap<string, string> {
  if (!places.every((place) => states.has(place))) return new Map();
  return new Map([
    ...Object.entries(placeFacts).map(([place, { vi }]): [string, string] => [place, vi]),
    ...Object.entries(stations),
  ]);
}

/** The states of the journey that are no places. */
const stations = {
  Resume: 'Tìm chỗ đi tiếp',
  RecordOverdue: 'Ghi nhận quá hạn',
  LookAgain: 'Chờ rồi hỏi lại sổ',
  Superseded: 'Đã có lượt mới',
  UnknownPlace: 'Không rõ chỗ',
};
