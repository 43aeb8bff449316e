import * as z from 'zod';
import { frontDoors } from '../domain/journey/dossier.ts';
import { mobileNumber } from '../domain/codes/mobile-number.ts';
import { withoutSeparators } from '../domain/codes/parsed.ts';
import { DossierView } from './dossier-view.ts';
import { fault } from './fault.ts';
import { IdempotencyKey } from './headers.ts';
import type { Operation } from './operation.ts';
import { languages } from '../domain/telling/wish.ts';
import { Phone } from './phone.ts';
import { line } from './text.ts';
import { unitId } from './wire.ts';

/**
 * Citizen identity card (12 digits), the older card (9), or a passport: a letter and 7 digits, or 8 in those with a
 * chip.
 */
const identityNumber = z
  .string()
  .max(60)
  .transform((text, context) => {
    const number = withoutSeparators(text);
    return /^(\d{9}|\d{12}|[A-Za-z]\d{7,8})$/.test(number)
      ? number.toUpperCase()
      : fault(context, text, {
          en: 'is no identity number: 12 digits, 9 on an old card, or a letter and 7 or 8 digits on a passport',
          vi: 'không phải số giấy tờ: 12 chữ số, 9 chữ số với CMND cũ, hoặc một chữ cái và 7 hoặc 8 chữ số với hộ chiếu',
        });
  });

/** Personal data: lives in the People table and nowhere else. */
export const Applicant = z
  .strictObject({
    fullName: line(120).meta({ examples: ['Nguyễn Thị Ví Dụ'] }),
    phone: Phone,
    address: line(300).meta({ examples: ['Tổ 1, phường Đức Xuân'] }),
    identityNumber: identityNumber.exactOptional().meta({ examples: ['999999999999'] }),
  })
  .meta({ id: 'Applicant', description: 'The person whose dossier it is.' });
export type Applicant = z.infer<typeof Applicant>;

/** Somebody whom the applicant has authorised in writing (QĐ45 art. 10(2)); personal data as well. */
const Other = z
  .strictObject({ fullName: line(120).meta({ examples: ['Trần Văn Mẫu'] }), phone: Phone })
  .meta({ id: 'OtherPerson', description: 'Somebody with a written authority of the applicant.' });

/** The people of a dossier, as they are kept together. */
export interface Person extends Applicant {
  readonly submitter?: z.infer<typeof Other>;
  readonly receiver?: z.infer<typeof Other>;
  /** Where he asked to be told by e-mail. */
  readonly email?: string;
}

/** How the citizen asks to be told of the journey; nobody is written to who has not asked (TT17 art. 12(2)b). */
const Messages = z
  .discriminatedUnion('channel', [
    z.strictObject({ channel: z.enum(['sms', 'zalo']), language: z.enum(languages).default('vi') }),
    z.strictObject({
      channel: z.literal('email'),
      language: z.enum(languages).default('vi'),
      email: z
        .email()
        .max(254)
        .meta({ examples: ['vi.du@example.vn'] }),
    }),
  ])
  .meta({
    id: 'MessageWish',
    description:
      'How the citizen asks to be told: by SMS or Zalo to the applicant’s mobile number, or by e-mail. Paid with the postage, see `/v1/tariffs`.',
    examples: [{ channel: 'sms', language: 'vi' }],
  });

const landlineWords = {
  en: 'is no mobile number, and gets no messages; give a mobile number, or ask for e-mail',
  vi: 'không phải số di động nên không nhận được tin nhắn; hãy cho số di động, hoặc chọn thư điện tử',
};

const Registration = z
  .strictObject({
    frontDoor: z.enum(frontDoors),
    procedureCode: z
      .string()
      .regex(/^\d\.\d{6}$/)
      .meta({ description: 'The code of the national list of procedures.', examples: ['2.000488'] }),
    agencyId: unitId.meta({ examples: ['AG-PASC-BACKAN'] }),
    postOfficeId: unitId.optional().meta({
      description:
        'Where the paper is taken in; by default the office that serves the commune. A clerk registers for the clerk’s own office only.',
      examples: ['PO-BACKAN'],
    }),
    communeId: unitId.meta({ description: 'Where the citizen lives and the result goes.', examples: ['CM-01840'] }),
    returnByPost: z.boolean().default(true),
    exemption: z
      .string()
      .regex(/^[a-z0-9-]{2,40}$/)
      .optional()
      .meta({ description: 'A group with cheaper postage or a lower state fee.', examples: ['poor-household'] }),
    applicant: Applicant,
    submitter: Other.exactOptional().meta({ description: 'Who hands the papers in, where it is not the applicant.' }),
    receiver: Other.exactOptional().meta({ description: 'Who may receive the result in the applicant’s place.' }),
    messages: Messages.exactOptional(),
  })
  .refine(
    ({ applicant, messages }) =>
      messages === undefined || messages.channel === 'email' || mobileNumber(applicant.phone) !== undefined,
    { path: ['applicant', 'phone'], message: landlineWords.en, params: landlineWords },
  )
  .meta({ id: 'Registration' });

/** Opens a dossier at one of the three front doors. The same Idempotency-Key opens it once. */
export const registerDossier = {
  name: 'register-dossier',
  method: 'POST',
  path: '/v1/dossiers',
  doors: ['portal', 'clerk', 'officer'],
  summary: { en: 'Open a dossier', vi: 'Đăng ký hồ sơ' },
  request: z.strictObject({
    idempotencyKey: IdempotencyKey,
    body: Registration,
  }),
  statuses: [200, 201],
  answer: DossierView,
  refusals: [
    'IdempotencyKeyReused',
    'UnknownProcedure',
    'UnknownAgency',
    'UnknownPostOffice',
    'UnknownCommune',
    'UnknownExemption',
    'NotCarriedByPost',
    'NotYourFrontDoor',
    'NotYourUnit',
  ],
} as const satisfies Operation;
