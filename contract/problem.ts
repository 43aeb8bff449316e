import * as z from 'zod';
import { showLocalTime } from '../domain/calendar/local-time.ts';
import type { Dossier, Party } from '../domain/journey/dossier.ts';
import { eventFacts, type Detail } from '../domain/journey/events.ts';
import { refusalNames, type Refusal } from '../domain/journey/refusals.ts';
import type { ListName } from '../domain/people/lists.ts';
import type { Actor } from '../domain/journey/rules.ts';
import { ActionView, actionsView, Instant, PlaceView, placeView } from './dossier-view.ts';
import { itemCodeWords } from './fault.ts';
import { borderFaults, gatewayFaults, problemWords, type BorderFault } from './problem-words.ts';
import { scanFaultWords } from './scan-view.ts';
import { shown } from './wire.ts';

const FieldFault = z
  .strictObject({
    pointer: z.string().meta({
      description: 'JSON pointer into the request: its path, query, header or body.',
      examples: ['/body/applicant/phone'],
    }),
    detail: z.string(),
    detailVi: z.string(),
    expected: z.string().exactOptional().meta({ description: 'The form that is expected.' }),
    example: z.unknown().exactOptional().meta({ description: 'A value that would do.' }),
  })
  .meta({ id: 'FieldFault' });
type FieldFault = z.infer<typeof FieldFault>;

/** `application/problem+json` (RFC 9457): `code` is stable, the words may improve. */
export const Problem = z
  .strictObject({
    type: z.string().meta({
      description: 'The page about it, below the address of the API.',
      examples: ['/docs/problems/NoSuchStep'],
    }),
    status: z.int(),
    code: z.enum([...refusalNames, ...borderFaults, ...gatewayFaults]),
    retryable: z.boolean().meta({ description: 'The same request may succeed later, as it is.' }),
    title: z.string(),
    detail: z.string(),
    titleVi: z.string(),
    detailVi: z.string(),
    errors: z.array(FieldFault).readonly().exactOptional(),
    place: PlaceView.exactOptional().meta({ description: 'Of a refused step: where the dossier is.' }),
    since: Instant.exactOptional().meta({ description: 'Since when it is there.' }),
    version: z.int().exactOptional(),
    allowedActions: z.array(ActionView).readonly().exactOptional(),
    retryAfter: z
      .int()
      .exactOptional()
      .meta({ description: 'Seconds until another try makes sense; the header Retry-After says the same.' }),
    requestId: z
      .string()
      .exactOptional()
      .meta({ description: 'To be named to us; the header apigw-requestid says it too.' }),
  })
  .meta({ id: 'Problem', description: 'Why the answer is no, in English and Vietnamese, and what to do.' });
export type Problem = z.infer<typeof Problem>;
export type ProblemCode = Problem['code'];

/** A border fault as a problem; `errors` name the fields. */
export function borderProblem(fault: BorderFault, errors?: Problem['errors']): Problem {
  return { ...plainProblem(fault), ...(errors ? { errors } : {}) };
}

/** What the gateway answers by itself, in the shape of all problems. @param status what it was answered with */
export function gatewayProblem(status: number): Problem {
  return { ...plainProblem(gatewayCodes.get(status) ?? (status >= 500 ? 'Unavailable' : 'BadRequest')), status };
}

const gatewayCodes: ReadonlyMap<number, ProblemCode> = new Map<number, ProblemCode>([
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [413, 'TooLarge'],
  [429, 'TooManyRequests'],
]);

/** A refusal as a problem; where the caller may see the dossier, with its place and what the caller may do next. */
export function refusalProblem(refusal: Refusal, seen?: { readonly dossier: Dossier; readonly party: Party }): Problem {
  return {
    ...plainProblem(refusal.name),
    ...withErrors(refusal),
    ...('retryAfter' in refusal ? { retryAfter: refusal.retryAfter } : {}),
    ...(seen
      ? {
          place: placeView(seen.dossier.place),
          since: shown(seen.dossier.since),
          version: seen.dossier.version,
          allowedActions: actionsView(seen.dossier, seen.party),
        }
      : {}),
  };
}

/** A problem as it is said before anything is known of the request. */
function plainProblem(code: ProblemCode): Problem {
  const { status, retryable = false, title, titleVi, detail, detailVi } = problemWords[code];
  return { type: `/docs/problems/${code}`, status, code, retryable, title, titleVi, detail, detailVi };
}

function withErrors(refusal: Refusal): Pick<Problem, 'errors'> {
  const errors = errorsOf(refusal);
  return errors.length === 0 ? {} : { errors };
}

function at(pointer: string, detail: string, detailVi: string): FieldFault {
  return { pointer, detail, detailVi };
}

/** What was sent is not repeated. */
function notListed(pointer: string): FieldFault {
  return at(pointer, 'is not in the list', 'không có trong danh mục');
}

function errorsOf(refusal: Refusal): FieldFault[] {
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
    case 'IdempotencyKeyReused':
      return [at('/header/idempotency-key', 'was used for another request', 'đã dùng cho yêu cầu khác')];
    case 'UnknownMatter':
      return [at('/body/details/concerns', 'has nothing open', 'không còn việc tồn đọng')];
    case 'UnknownProcedure':
    case 'NotCarriedByPost':
      return [notListed('/body/procedureCode')];
    case 'UnknownAgency':
      return [notListed('/body/agencyId')];
    case 'UnknownPostOffice':
      return [notListed(refusal.field === undefined ? '/body/postOfficeId' : `/body/details/${refusal.field}`)];
    case 'UnknownCommune':
      return [notListed('/body/communeId')];
    case 'UnknownExemption':
      return [notListed('/body/exemption')];
    case 'NotYourList':
      return refusal.lists.map((name) => at('/query', listWords[name][0], listWords[name][1]));
    case 'CursorRefused':
      return [at(`/query/${refusal.field ?? 'cursor'}`, 'ask again without it', 'hãy hỏi lại không kèm tham số này')];
    case 'AddressRefused':
      return [at('/body/url', 'is no public HTTPS address', 'không phải địa chỉ HTTPS công khai')];
    case 'UnknownScan':
      return refusal.field === undefined
        ? []
        : [
            at(
              `/body/${refusal.field}`,
              'no earlier scan of this dossier',
              'không phải bản quét trước đó của hồ sơ này',
            ),
          ];
    case 'ScanRefused': {
      const { en, vi } = scanFaultWords[refusal.why];
      return [at(refusal.field === undefined ? '/path/scanId' : `/body/${refusal.field}`, en, vi)];
    }
    default:
      return [];
  }
}

/** How each list is asked for. */
const listWords: Record<ListName, readonly [string, string]> = {
  waiting: ['what waits for your unit: place, overdue', 'việc đang chờ đơn vị: place, overdue'],
  unsettled: ['what your unit has to settle: matter, overdue', 'việc tồn đọng của đơn vị: matter, overdue'],
  lodgedInMonth: ['all of a month: lodged=2026-11', 'toàn bộ trong tháng: lodged=2026-11'],
  lodgedOnDay: ['all of a day: lodged=2026-11-29', 'toàn bộ trong ngày: lodged=2026-11-29'],
  bearing: ['by a code: trackingCode, itemCode, officialCode', 'theo mã: trackingCode, itemCode, officialCode'],
  findings: ['what ops have to look at: no parameter', 'việc cần vận hành xem xét: không tham số'],
};

/** Who reports an event, in Vietnamese. */
const actorWords: Record<Actor, string> = {
  portal: 'cổng dịch vụ công',
  clerk: 'giao dịch viên',
  courier: 'bưu tá',
  officer: 'cán bộ một cửa',
  supervisor: 'kiểm soát viên',
  clock: 'đồng hồ của hệ thống',
  messenger: 'hệ thống báo tin',
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
