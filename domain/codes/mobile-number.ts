/**
 * A telephone number as networks want it, `+84912345678`.
 * @param phone as people's numbers are stored, `0912345678`, or with its country
 * @returns undefined for a landline and whatever else takes no text messages
 */
export function mobileNumber(phone: string): string | undefined {
  if (/^0[35789]\d{8}$/.test(phone)) return `+84${phone.slice(1)}`;
  return /^\+[1-9]\d{6,14}$/.test(phone) ? phone : undefined;
}
