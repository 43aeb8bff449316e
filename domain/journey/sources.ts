import type { Name } from '../catalogue/provenance.ts';
import { assumptions } from './judged-sources.ts';

/** An article: what it is about, and the points of its clauses (`'abc'`, `''` for none); no clauses, no list. */
interface Article extends Name {
  readonly clauses: readonly string[];
}

interface Act extends Name {
  /** `YYYY-MM-DD`. */
  readonly inForceSince: string;
  readonly articles: Readonly<Record<number, Article>>;
}

/**
 * The acts that the law of the journey is read from, and those of their articles that it may cite. Read in the State's
 * codification of the law on the post; the Civil Code in its own text.
 */
export const acts = {
  QĐ45: {
    vi: 'Quyết định 45/2016/QĐ-TTg',
    en: 'Decision 45/2016/QĐ-TTg',
    inForceSince: '2016-12-16',
    articles: {
      5: { vi: 'Ba hình thức qua bưu chính', en: 'The three forms by post', clauses: ['', '', ''] },
      6: { vi: 'Nhận hồ sơ của người dân', en: 'Taking the papers in', clauses: ['', '', '', '', '', ''] },
      7: { vi: 'Giao hồ sơ cho cơ quan', en: 'Handing the papers to the agency', clauses: ['', '', '', '', ''] },
      8: { vi: 'Giải quyết tại cơ quan', en: 'At the agency', clauses: ['', '', '', ''] },
      9: { vi: 'Trả kết quả', en: 'Bringing the result back', clauses: ['abcd', '', '', ''] },
      10: { vi: 'Người dân nhận hồ sơ, kết quả', en: 'Who receives papers and result', clauses: ['', '', ''] },
      11: { vi: 'Nộp phí, lệ phí', en: 'Paying the State’s fees', clauses: ['ab', '', ''] },
      12: { vi: 'Chất lượng, giá cước', en: 'Quality and postage', clauses: ['', '', '', ''] },
      13: { vi: 'Trách nhiệm của cơ quan', en: 'Duties of the agency', clauses: ['', '', '', '', '', '', '', ''] },
      14: { vi: 'Mất, thất lạc, hư hỏng', en: 'Lost, mislaid, damaged', clauses: ['', '', '', ''] },
      15: { vi: 'Trách nhiệm của bưu chính', en: 'Duties of the post', clauses: ['', '', '', '', '', ''] },
      16: { vi: 'Trách nhiệm của nhân viên', en: 'Duties of postal staff', clauses: ['', '', 'abc', '', 'abcdđ'] },
    },
  },
  TT17: {
    vi: 'Thông tư 17/2017/TT-BTTTT',
    en: 'Circular 17/2017/TT-BTTTT',
    inForceSince: '2017-08-15',
    articles: {
      4: { vi: 'Các dịch vụ', en: 'The services', clauses: ['', '', ''] },
      5: { vi: 'Quy trình dịch vụ', en: 'How the service goes', clauses: ['abcdđeghi', 'abcdđeh', ''] },
      7: { vi: 'Thời gian toàn trình', en: 'Safety and time of the way', clauses: ['', 'abcdđeg'] },
      8: { vi: 'Khiếu nại, bồi thường', en: 'Complaints and compensation', clauses: ['ab', ''] },
      9: { vi: 'Phiếu gửi hồ sơ', en: 'The slip', clauses: ['', 'abdđeghik'] },
      11: { vi: 'An ninh, an toàn', en: 'Safety of the papers', clauses: ['', '', 'ab'] },
      12: { vi: 'Cung cấp thông tin', en: 'Telling people', clauses: ['ab', 'ab'] },
    },
  },
  LuậtBC: {
    vi: 'Luật Bưu chính 49/2010/QH12',
    en: 'Law on Post 49/2010/QH12',
    inForceSince: '2011-01-01',
    articles: {
      16: { vi: 'Quyền định đoạt, rút lại, chuyển tiếp', en: 'Withdrawing and forwarding', clauses: ['', '', ''] },
      17: {
        vi: 'Không phát được, chuyển hoàn',
        en: 'What cannot be delivered, and its return',
        clauses: ['abcdđ', '', '', 'abcdđ', ''],
      },
      38: { vi: 'Khiếu nại', en: 'Complaints', clauses: ['', 'ab', 'ab', '', ''] },
      41: { vi: 'Bồi thường thiệt hại', en: 'Compensation', clauses: ['', '', '', 'abcdđe'] },
    },
  },
  NĐ47: {
    vi: 'Nghị định 47/2011/NĐ-CP',
    en: 'Decree 47/2011/NĐ-CP',
    inForceSince: '2011-08-15',
    articles: {
      24: { vi: 'Nguyên tắc bồi thường', en: 'Principles of compensation', clauses: ['', '', 'ab'] },
      25: { vi: 'Mức giới hạn bồi thường', en: 'Limits of compensation', clauses: ['abc', '', ''] },
      26: { vi: 'Thời hạn bồi thường', en: 'Term of compensation', clauses: ['', ''] },
    },
  },
  BLDS: {
    vi: 'Bộ luật Dân sự 91/2015/QH13',
    en: 'Civil Code 91/2015/QH13',
    inForceSince: '2017-01-01',
    articles: {
      147: { vi: 'Thời điểm bắt đầu thời hạn', en: 'When a term begins', clauses: ['', '', ''] },
      148: { vi: 'Kết thúc thời hạn', en: 'When a term ends', clauses: ['', '', '', '', '', ''] },
    },
  },
} as const satisfies Record<string, Act>;

export type ActName = keyof typeof acts;

/** Act, article, and, where it has them, clause and point: `QĐ45 7(3)`, `TT17 5(2)h`, `BLDS 148`. */
export type Citation = `${ActName} ${number}` | `${ActName} ${number}(${number})${string}`;

/** What no act says, by the name of the assumption that is made instead: for the province or the post to confirm. */
export type Judged = `judged: ${keyof typeof assumptions}`;

/** Why a line of the law stands: at least one source. */
export type Sources = readonly [Citation | Judged, ...(Citation | Judged)[]];

/** The assumption that a source names; undefined for a citation. */
export function assumptionIn(source: Citation | Judged): Name | undefined {
  return Object.entries(assumptions).find(([name]) => source === `judged: ${name}`)?.[1];
}

export interface Cited {
  readonly act: ActName;
  readonly article: number;
  readonly clause?: number;
  readonly point?: string;
}

function isActName(name: string): name is ActName {
  return Object.hasOwn(acts, name);
}

/** @returns what a citation names; undefined when there is no such act, article, clause or point in the list */
export function citedIn(citation: string): Cited | undefined {
  const {
    act = '',
    article = '',
    clause,
    point,
  } = /^(?<act>\S+) (?<article>\d+)(?:\((?<clause>\d+)\)(?<point>[a-zđ]?))?$/u.exec(citation)?.groups ?? {};
  if (!isActName(act)) return undefined;
  const articles: Act['articles'] = acts[act].articles;
  const found = articles[Number(article)];
  if (found === undefined) return undefined;
  const cited: Cited = { act, article: Number(article) };
  if (clause === undefined) return cited;
  const points = found.clauses[Number(clause) - 1];
  if (points === undefined || (point !== undefined && !points.includes(point))) return undefined;
  const exact = { ...cited, clause: Number(clause) };
  return point === undefined || point === '' ? exact : { ...exact, point };
}

/** Whether a line rests on no act at all. */
export function isJudged(why: Sources): boolean {
  return why.every((source) => assumptionIn(source) !== undefined);
}
