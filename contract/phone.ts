import { parsePhoneNumberFromString } from 'libphonenumber-js/core';
import * as z from 'zod';
import { dash, inHalfWidth, invisible } from '../domain/codes/parsed.ts';
import { successorOf } from '../domain/codes/phone-plan.ts';
import { fault } from './fault.ts';
import vietnam from './phone-metadata.json' with { type: 'json' };

/** What people and phone books put between and around digits; anything else is no number. */
const typed = /^[\d+().\-/\s]+$/;

/**
 * A Vietnamese telephone number that a postman can call, mobile or landline, as people type it; stored in one form,
 * `0912345678`. The plan is libphonenumber's for Vietnam.
 */
export const Phone = z
  .string()
  .max(60)
  .transform((text, context) => {
    // Marks of direction come along from phone books, wide digits from Asian keyboards.
    const tidy = inHalfWidth(text)
      .replaceAll(invisible, '')
      .replaceAll(dash, '-')
      .replaceAll(/\s/g, ' ')
      .replace(/^tel:/i, '')
      .trim();
    if (!typed.test(tidy) || !/^[^+]*\+?[^+]*$/.test(tidy)) return fault(context, text, words.shape);
    const number = parsePhoneNumberFromString(tidy, 'VN', vietnam);
    if (number === undefined) return fault(context, text, /^\D*(\+|00)/.test(tidy) ? words.foreign : words.shape);
    const national = `0${number.nationalNumber}`;
    const kind = number.isValid() ? number.getType() : undefined;
    if (kind === 'MOBILE' || kind === 'FIXED_LINE') return national;
    if (kind !== undefined) return fault(context, text, words.service);
    const successor = successorOf(national);
    const rings = parsePhoneNumberFromString(successor ?? '', 'VN', vietnam)?.isValid();
    return fault(context, text, successor !== undefined && rings ? words.abolished(successor) : words.shape);
  })
  .meta({ examples: ['0900000001'] });

const words = {
  shape: {
    en: 'is not a Vietnamese telephone number; write it like 0912345678 or 0209 387 0123',
    vi: 'không phải số điện thoại Việt Nam; hãy nhập như 0912345678 hoặc 0209 387 0123',
  },
  foreign: {
    en: 'is a foreign number; give a Vietnamese one that the post can call',
    vi: 'là số nước ngoài; hãy cho một số Việt Nam để bưu điện gọi được',
  },
  service: {
    en: 'is a service number; give a mobile or landline number of the person',
    vi: 'là số dịch vụ; hãy cho số di động hoặc số cố định của người liên hệ',
  },
  abolished: (successor: string) => ({
    en: `is a number of the old plan, which no longer rings; it became ${successor}: check it with the person and send that`,
    vi: `là số theo đầu số cũ, không còn gọi được; nay là ${successor}: hãy hỏi lại và gửi số mới`,
  }),
};
