import type { Marked, Name, Provenance } from './provenance.ts';
import type { Validity } from './validity.ts';

/** Which kind of agency decides a procedure. */
export type Competence =
  'commune' | 'commune-police' | 'justice' | 'police' | 'construction' | 'land-office' | 'social-insurance';

/** How long the agency may take: answered the same day when received by 15:00, or so many working days. */
type ProcessingTime = { readonly kind: 'same-day' } | { readonly kind: 'working-days'; readonly days: number };

/**
 * What the province's list lets the post do. The two flags are independent: many procedures need presence at the start
 * only.
 */
interface PostalUse {
  /** The paper may be handed in through the post. */
  readonly send: boolean;
  /** The result may be brought by the post. */
  readonly receive: boolean;
}

/** The decision that lists what may and what may not go by post, and since when (QĐ45 art. 13). */
export const postalList = {
  decision: 'Quyết định số 955/QĐ-UBND ngày 23/6/2021 của UBND tỉnh Bắc Kạn',
  since: '2021-06-23',
  source:
    'cchc.backan.gov.vn gives the decision and its figures (631 procedures do, 783 do not); its tables were not read, so each entry has a mark of its own',
  standing: 'secondary',
} as const satisfies Provenance & Record<string, string>;

/** A state fee lower than the ordinary one, for a group of people, in đồng. */
export interface ReducedFee {
  readonly group: string;
  readonly name: Name;
  readonly amount: number;
}

interface RequiredPaper {
  readonly name: Name;
  readonly form: 'original' | 'copy';
}

/** One administrative procedure (thủ tục hành chính), named by its root code in the national database. */
export interface Procedure extends Provenance, Validity {
  readonly code: string;
  readonly name: Name;
  readonly competence: Competence;
  /** Phí, lệ phí in đồng; 0 is free, `null` is not known to us. */
  readonly stateFee: Marked<number | null>;
  readonly reducedFees: readonly ReducedFee[];
  readonly processing: Marked<ProcessingTime | null>;
  readonly postalUse: Marked<PostalUse>;
  /** Old originals the postman takes back against the result, e.g. the old driving licence. */
  readonly surrenders: Marked<readonly Name[]>;
  /** `null`: the published list of papers was not read. */
  readonly papers: Marked<readonly RequiredPaper[] | null>;
}

function marked(standing: Provenance['standing'], source: string): Provenance {
  return { source, standing };
}
const catalogues = marked('seen-in-code', 'Codes and names in public procedure catalogues');
const unsureName = marked('unverified', 'Code in public procedure catalogues; the name is from memory');
const ourJudgement = marked(
  'judged',
  'Our reading; the decisions 591/QĐ-UBND and 955/QĐ-UBND list procedures, their tables were not read',
);
const notRead = marked('unverified', 'Not read anywhere; ask the agency');
const citizenKiosk = marked('secondary', 'Public note on a citizen kiosk');
const haiPhong = marked('secondary', 'Procedure catalogue of Hải Phòng');
const feeOfCriminalRecord = marked('secondary', 'Thông tư 244/2016/TT-BTC, as of 2024 (lawnet.vn)');
const oldLicence = marked('secondary', 'Public note on the exchange of driving licences');

const unknownFee: Marked<null> = { value: null, ...notRead };
const unknownTime: Marked<null> = { value: null, ...notRead };
const unknownPapers: Marked<null> = { value: null, ...notRead };
const nothingSurrendered: Marked<readonly Name[]> = { value: [], ...ourJudgement };
const sameDay: Marked<ProcessingTime> = {
  value: { kind: 'same-day' },
  ...marked('secondary', 'Public study of the Hanoi one-stop system: same day, after 15:00 the next working day'),
};
function workingDays(days: number, from: Provenance): Marked<ProcessingTime> {
  return { value: { kind: 'working-days', days }, ...from };
}
function free(from: Provenance): Marked<number> {
  return { value: 0, ...from };
}

const bothWays: Marked<PostalUse> = { value: { send: true, receive: true }, ...ourJudgement };
const resultOnly: Marked<PostalUse> = { value: { send: false, receive: true }, ...ourJudgement };
const notByPost: Marked<PostalUse> = {
  value: { send: false, receive: false },
  ...marked('unverified', 'The signature is put down before the officer; from memory'),
};

/** What we do not know of most procedures, said once. */
const plain = {
  stateFee: unknownFee,
  reducedFees: [],
  processing: unknownTime,
  surrenders: nothingSurrendered,
  papers: unknownPapers,
  validFrom: postalList.since,
  validTo: null,
} as const;

const applicationForm: RequiredPaper = { name: { vi: 'Tờ khai theo mẫu', en: 'Application form' }, form: 'original' };
const oldDrivingLicence: Name = { vi: 'Giấy phép lái xe cũ', en: 'Old driving licence' };

export const procedures: readonly Procedure[] = [
  {
    ...plain,
    code: '2.000908',
    name: { vi: 'Cấp bản sao từ sổ gốc', en: 'Copy from an original register' },
    competence: 'commune',
    stateFee: free(marked('secondary', 'Public study of the Hanoi one-stop system')),
    processing: sameDay,
    postalUse: {
      value: { send: true, receive: true },
      ...marked('secondary', 'Public study of the Hanoi one-stop system: directly, by post or online'),
    },
    papers: { value: [applicationForm], ...ourJudgement },
    ...catalogues,
  },
  {
    ...plain,
    code: '2.000635',
    name: { vi: 'Cấp bản sao trích lục hộ tịch', en: 'Copy of a civil status extract' },
    competence: 'commune',
    processing: sameDay,
    postalUse: bothWays,
    papers: { value: [applicationForm], ...ourJudgement },
    ...catalogues,
  },
  {
    ...plain,
    code: '1.001193',
    name: { vi: 'Đăng ký khai sinh', en: 'Birth registration' },
    competence: 'commune',
    stateFee: free(marked('secondary', 'Free when registered in time (public text)')),
    postalUse: resultOnly,
    papers: {
      value: [
        applicationForm,
        { name: { vi: 'Giấy chứng sinh', en: 'Birth notification of the hospital' }, form: 'original' },
      ],
      ...ourJudgement,
    },
    ...catalogues,
  },
  {
    ...plain,
    code: '1.000656',
    name: { vi: 'Đăng ký khai tử', en: 'Death registration' },
    competence: 'commune',
    postalUse: resultOnly,
    ...catalogues,
  },
  {
    ...plain,
    code: '1.000894',
    name: { vi: 'Đăng ký kết hôn', en: 'Marriage registration' },
    competence: 'commune',
    postalUse: { value: { send: false, receive: true }, ...marked('unverified', 'Both must appear; from memory') },
    ...catalogues,
  },
  {
    ...plain,
    code: '1.004873',
    name: { vi: 'Cấp Giấy xác nhận tình trạng hôn nhân', en: 'Certificate of marital status' },
    competence: 'commune',
    postalUse: bothWays,
    ...catalogues,
  },
  {
    ...plain,
    code: '1.004884',
    name: { vi: 'Đăng ký lại khai sinh', en: 'Renewed birth registration' },
    competence: 'commune',
    postalUse: bothWays,
    ...catalogues,
  },
  {
    ...plain,
    code: '2.000815',
    name: { vi: 'Chứng thực bản sao từ bản chính', en: 'Certified copy of an original' },
    competence: 'commune',
    postalUse: {
      value: { send: false, receive: true },
      ...marked('unverified', 'The original is shown at the counter; from memory'),
    },
    ...catalogues,
  },
  {
    ...plain,
    code: '2.000884',
    name: { vi: 'Chứng thực chữ ký', en: 'Certified signature' },
    competence: 'commune',
    postalUse: notByPost,
    ...catalogues,
  },
  {
    ...plain,
    code: '2.001263',
    name: { vi: 'Đăng ký việc nuôi con nuôi trong nước', en: 'Domestic adoption' },
    competence: 'commune',
    stateFee: { value: 400_000, ...citizenKiosk },
    reducedFees: [
      { group: 'exempt', name: { vi: 'Đối tượng được miễn lệ phí', en: 'Groups exempt from the fee' }, amount: 0 },
    ],
    postalUse: bothWays,
    ...catalogues,
  },
  {
    ...plain,
    code: '1.004222',
    name: { vi: 'Đăng ký thường trú', en: 'Registration of permanent residence' },
    competence: 'commune-police',
    processing: workingDays(7, marked('secondary', 'Public text on residence registration: 07 working days')),
    postalUse: resultOnly,
    ...catalogues,
  },
  {
    ...plain,
    code: '2.000488',
    name: {
      vi: 'Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam',
      en: 'Criminal record certificate for Vietnamese citizens',
    },
    // Moved from the department of justice to the police in 2025; from memory, so the field is marked with the name.
    competence: 'police',
    stateFee: { value: 200_000, ...feeOfCriminalRecord },
    reducedFees: [
      {
        group: 'reduced',
        name: {
          vi: 'Sinh viên, người có công, thân nhân liệt sĩ',
          en: "Students, persons of merit, martyrs' relatives",
        },
        amount: 100_000,
      },
      {
        group: 'exempt',
        name: {
          vi: 'Trẻ em, người cao tuổi, người khuyết tật, hộ nghèo',
          en: 'Children, the elderly, disabled persons, poor households',
        },
        amount: 0,
      },
    ],
    postalUse: bothWays,
    papers: {
      value: [applicationForm, { name: { vi: 'Bản sao thẻ căn cước', en: 'Copy of the identity card' }, form: 'copy' }],
      ...ourJudgement,
    },
    ...unsureName,
  },
  {
    ...plain,
    code: '1.002809',
    name: { vi: 'Đổi giấy phép lái xe', en: 'Exchange of a driving licence' },
    competence: 'police',
    stateFee: { value: 115_000, ...oldLicence },
    postalUse: bothWays,
    surrenders: { value: [oldDrivingLicence], ...oldLicence },
    ...unsureName,
  },
  {
    ...plain,
    code: '2.000720',
    name: {
      vi: 'Đăng ký thay đổi nội dung đăng ký hộ kinh doanh',
      en: 'Change in the registration of a household business',
    },
    competence: 'commune',
    postalUse: bothWays,
    ...catalogues,
  },
  {
    ...plain,
    code: '2.000575',
    name: {
      vi: 'Cấp lại Giấy chứng nhận đăng ký hộ kinh doanh',
      en: 'Replacement of a household business certificate',
    },
    competence: 'commune',
    postalUse: bothWays,
    ...catalogues,
  },
  {
    ...plain,
    code: '1.013227',
    name: { vi: 'Gia hạn giấy phép xây dựng nhà ở riêng lẻ', en: 'Extension of a building permit for a private house' },
    competence: 'commune',
    postalUse: bothWays,
    ...unsureName,
  },
  {
    ...plain,
    code: '1.012753',
    name: { vi: 'Đăng ký đất đai lần đầu', en: 'First registration of land' },
    competence: 'land-office',
    postalUse: bothWays,
    ...catalogues,
  },
  {
    ...plain,
    code: '1.001699',
    name: {
      vi: 'Xác định, xác định lại mức độ khuyết tật và cấp Giấy xác nhận khuyết tật',
      en: 'Assessment of the degree of disability',
    },
    competence: 'commune',
    stateFee: free(haiPhong),
    processing: workingDays(30, haiPhong),
    postalUse: resultOnly,
    ...catalogues,
  },
  {
    ...plain,
    code: '1.001776',
    name: { vi: 'Thực hiện trợ cấp xã hội hằng tháng', en: 'Monthly social allowance' },
    competence: 'commune',
    stateFee: free(haiPhong),
    processing: workingDays(15, haiPhong),
    postalUse: bothWays,
    ...catalogues,
  },
  {
    ...plain,
    code: '1.010833',
    name: { vi: 'Cấp giấy xác nhận thân nhân của người có công', en: 'Certificate for relatives of persons of merit' },
    competence: 'commune',
    postalUse: bothWays,
    ...catalogues,
  },
  {
    ...plain,
    code: '1.001613',
    name: { vi: 'Hưởng bảo hiểm xã hội một lần', en: 'Lump-sum social insurance' },
    competence: 'social-insurance',
    postalUse: bothWays,
    ...catalogues,
  },
  {
    ...plain,
    code: '1.002759',
    name: { vi: 'Cấp lại sổ bảo hiểm xã hội', en: 'Replacement of a social insurance book' },
    competence: 'social-insurance',
    postalUse: bothWays,
    ...catalogues,
  },
];

/**
 * The procedure with this code. Provincial catalogues append the province to the root code (`1.002809.000.00.00.H56`,
 * newer
 * `2.002621.H56`): the suffix is not part of the procedure's name here.
 */
export function findProcedure(code: string): Procedure | undefined {
  const root = /^\d\.\d{6}(?=$|\.)/.exec(code.trim())?.[0];
  return procedures.find((procedure) => procedure.code === root);
}

/** The reduced fee of this group, or undefined when the procedure knows no such group. */
export function findReducedFee(procedure: Procedure, group: string): ReducedFee | undefined {
  return procedure.reducedFees.find((reduced) => reduced.group === group);
}
